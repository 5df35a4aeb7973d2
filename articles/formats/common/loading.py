"""Python that reads what a format writes, in a few lines, for the card of a dataset."""

from __future__ import annotations

_JSON_LINES = """import json

with open("{file}", encoding="utf-8") as lines:
    articles = [json.loads(line) for line in lines]"""
_JSON = """import json

with open("{file}", encoding="utf-8") as file:
    tasks = json.load(file)"""
_COLUMNS = """with open("{file}", encoding="utf-8") as file:
    blocks = file.read().split("\\n\\n")
sentences = [[line.split() for line in block.splitlines() if line[0] != "#"] for block in blocks if block]
tagged = [[(row[{token}], row[-1]) for row in sentence] for sentence in sentences]"""
_TABLE = """import csv

with open("{file}", encoding="utf-8-sig", newline="") as file:
    spans = list(csv.DictReader(file, delimiter="{separator}"))"""
_PARQUET = """import pyarrow.parquet

articles = pyarrow.parquet.read_table("{file}").to_pylist()"""
_FILES = """from pathlib import Path

files = sorted(Path("{folder}").glob("*{ending}"))
contents = {{path.stem: path.read_text(encoding="utf-8") for path in files}}"""

_LOADING = {
    "jsonl": _JSON_LINES,
    "doccano": _JSON_LINES,
    "prodigy": _JSON_LINES,
    "label-studio": _JSON,
    "conll": _COLUMNS.replace("{token}", "0"),
    "conllu": _COLUMNS.replace("{token}", "1"),
    "spans-csv": _TABLE.replace("{separator}", ","),
    "spans-tsv": _TABLE.replace("{separator}", "\\t"),
    "spacy": """import spacy
from spacy.tokens import DocBin

vocab = spacy.blank("xx").vocab
articles = list(DocBin().from_disk("{file}").get_docs(vocab))""",
    "parquet": _PARQUET,
    "huggingface": _PARQUET,
    "brat": _FILES.replace("{ending}", ".ann"),
}


def loading(file_format: str, file: str) -> str:
    """Code that reads the file of that name; nothing for a format that takes more than a few lines."""
    folder = file.rpartition("/")[0]
    return _LOADING.get(file_format, "").format(file=file, folder=folder)
