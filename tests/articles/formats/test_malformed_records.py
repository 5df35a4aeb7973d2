"""Files of records and tables that are damaged, or made to do damage: a problem that says where.

Those of JSON lists, Parquet and spaCy, which are cut and packed by hand, stand beside the tests of these.
"""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.base import Found, ParsedArticle, Problem
from tests.articles.formats.builders import make_zip, problems, read

MARA = {"id": 1, "start": 0, "end": 4, "label": "PER"}
DEEP = b"[" * 60 + b"]" * 60
TOO_DEEP: Any = orjson.loads(DEEP)


def line(**fields: Any) -> bytes:
    """The second of two lines of our own."""
    return b'{"text": "Good"}\n' + orjson.dumps({"text": "Mara 😀 won", **fields})


def layer(**fields: Any) -> bytes:
    return line(layers=[{"author": "user:ada", "spans": [MARA], **fields}])


def thread(**fields: Any) -> bytes:
    return line(threads=[{"start": 0, "end": 4, "comments": [{"text": "Sure?"}], **fields}])


def tokens(**fields: Any) -> bytes:
    return line(tokens={"bounds": [[0, 4], [5, 6]], "sentences": [0], **fields})


def task(*result: Any, **fields: Any) -> bytes:
    """The second task, on the third line of a list."""
    annotation = {"result": list(result), **fields}
    second = {"id": 2, "data": {"text": "Mara won"}, "annotations": [annotation]}
    return b'[{"data": {"text": "Good"}},\n\n' + orjson.dumps(second) + b"]"


def region(**value: Any) -> dict[str, Any]:
    return {"id": "a", "type": "labels", "value": {"start": 0, "end": 4, "labels": ["PER"], **value}}


def prodigy(**fields: Any) -> bytes:
    return orjson.dumps({"text": "Mara won", "answer": "accept", **fields})


def doccano(**fields: Any) -> bytes:
    return orjson.dumps({"text": "Mara won", "Comments": [], **fields})


def table(*rows: str, header: str = "external_id,article_text,start,end,label") -> bytes:
    return "\n".join((header, *rows)).encode()


CASES: list[tuple[str, bytes, int | None, str]] = [
    # --- our own lines: spans, layers, threads, tokens, offsets
    ("a.jsonl", line(spans=[{**MARA, "confidence": 1.5}]), 2, "from 0 to 1"),
    ("a.jsonl", line(spans=[{**MARA, "confidence": True}]), 2, "from 0 to 1"),
    ("a.jsonl", line(spans=[{**MARA, "label": "P" * 65}]), 2, "no label of 1 to 64"),
    ("a.jsonl", line(spans=[{**MARA, "attributes": {"x": TOO_DEEP}}]), 2, "nested"),
    ("a.jsonl", line(spans=[MARA, {**MARA, "id": "1"}]), 2, "Two spans have the same id"),
    ("a.jsonl", line(spans=[MARA], relations=[{"source": 1, "target": 1}]), 2, "type"),
    ("a.jsonl", line(spans=[MARA], relations=[{"type": "R" * 65, "source": 1, "target": 1}]), 2, "64"),
    (
        "a.jsonl",
        line(spans=[MARA], relations=[{"id": f"{0:032}", "type": "R", "source": 1, "target": 1}] * 2),
        2,
        "Two relations have the same id",
    ),
    ("a.jsonl", line(labels=["x" * 65]), 2, "64"),
    ("a.jsonl", line(labels=[""]), 2, "64"),
    ("a.jsonl", line(layers={}), 2, '"layers"'),
    ("a.jsonl", line(layers=[{"spans": []}]), 2, "author of a layer"),
    ("a.jsonl", layer(author="ada"), 2, "author of a layer"),
    ("a.jsonl", layer(author="user: "), 2, "author of a layer"),
    ("a.jsonl", layer(author=["gold"]), 2, '"author"'),
    ("a.jsonl", line(layers=[{"author": "gold"}] * 2), 2, "two layers of gold"),
    ("a.jsonl", layer(spans=[{**MARA, "end": 99}]), 2, "outside"),
    ("a.jsonl", layer(relations=[{"type": "R", "source": 1, "target": 2}]), 2, "source and target"),
    ("a.jsonl", layer(edits="all"), 2, '"edits"'),
    ("a.jsonl", line(threads=["Sure?"]), 2, '"threads"'),
    ("a.jsonl", thread(comments=[]), 2, "has comments"),
    ("a.jsonl", thread(comments=[{"text": " "}]), 2, "has a text"),
    ("a.jsonl", thread(comments=[{"text": "x" * 5001}]), 2, "5000"),
    ("a.jsonl", thread(comments=[{"text": "x", "created_at": "soon"}]), 2, '"created_at"'),
    ("a.jsonl", thread(end=None), 2, "start and end"),
    ("a.jsonl", thread(end=99), 2, "The thread 0-99 lies outside"),
    ("a.jsonl", tokens(bounds="all"), 2, "pairs"),
    ("a.jsonl", tokens(bounds=[[0, 4, 5]]), 2, "pairs"),
    ("a.jsonl", tokens(bounds=[[0, 99]]), 2, "The token 0-99 lies outside"),
    ("a.jsonl", tokens(bounds=[[0, 4], [3, 6]]), 2, "do not overlap"),
    ("a.jsonl", tokens(sentences=[1]), 2, "sentences"),
    ("a.jsonl", tokens(sentences=[0, 2]), 2, "sentences"),
    ("a.jsonl", tokens(sentences=[]), 2, "sentences"),
    ("a.jsonl", tokens(columns={"POS": ["X"]}), 2, "'POS'"),
    ("a.jsonl", tokens(columns={"POS": [1, 2]}), 2, "'POS'"),
    ("a.jsonl", tokens(layout=[]), 2, '"layout"'),
    ("a.jsonl", line(offsets="utf-32"), 2, "code-points, utf-16, bytes"),
    ("a.jsonl", line(offsets="utf-16", spans=[{**MARA, "end": 6}]), 2, "(utf-16) lies within a character"),
    ("a.jsonl", line(offsets="bytes", threads=[{"start": 6, "end": 9}]), 2, "(bytes) lies within"),
    ("a.jsonl", line(offsets="bytes", spans=[{**MARA, "end": 99}]), 2, "outside"),
    # --- doccano
    ("a.jsonl", doccano(label=[[0, 4]]), 1, "[start, end, label]"),
    ("a.jsonl", doccano(label=[[0, "4", "PER"]]), 1, "whole numbers"),
    ("a.jsonl", doccano(label=[True]), 1, '"label"'),
    ("a.jsonl", doccano(label=5), 1, '"label"'),
    ("a.jsonl", doccano(entities=[5]), 1, '"entities"'),
    ("a.jsonl", doccano(entities=[{"id": 1, "start_offset": 0, "end_offset": 9}]), 1, "no label"),
    ("a.jsonl", doccano(relations=[{"from_id": 1, "to_id": 1, "type": "R"}]), 1, "source and target"),
    ("a.jsonl", doccano(Comments={}), 1, '"Comments"'),
    ("a.jsonl", doccano(Comments=["x" * 5001]), 1, "5000"),
    ("a.jsonl", doccano(text=None), 1, '"text"'),
    ("a.json", b'[{"text": "Good", "label": []},\n{"text": "a", "label": [[0, 9, "X"]]}]', 2, "outside"),
    # --- Label Studio
    ("a.json", task(region(end=99)), 3, "outside"),
    ("a.json", task(region(text="Nora")), 3, "says 'Nora'"),
    ("a.json", task(region(start="/div[1]/text()[1]")), 3, "hypertext"),
    ("a.json", task(region(labels=[5])), 3, "no label"),
    ("a.json", task({"type": "labels"}), 3, '"value"'),
    (
        "a.json",
        task({"type": "relation", "from_id": "a", "to_id": "b", "labels": []}),
        3,
        "source and target",
    ),
    ("a.json", task(region(), {"type": "relation", "from_id": "a", "to_id": "a", "labels": [5]}), 3, "type"),
    ("a.json", task({**region(), "meta": {"text": [["x"]]}}), 3, '"text"'),
    ("a.json", task(author="ada"), 3, "author of a layer"),
    ("a.json", b'[{"data": {"text": 5}}]', 1, '"text"'),
    ("a.json", b'[{"data": {"a": "b", "c": "d"}}]', 1, '"text"'),
    ("a.json", b'[{"data": {"text": "a"}, "annotations": {}}]', 1, '"annotations"'),
    ("a.json", b'[{"data": {"text": "a"}, "predictions": [{"result": 5}]}]', 1, '"result"'),
    ("a.json", b'[{"data": {"text": "a"}, "annotations": [', 1, "not closed"),
    # --- Prodigy
    ("a.jsonl", prodigy(spans=[{"start": 0, "end": 4}]), 1, "no label"),
    ("a.jsonl", prodigy(spans=[{"start": 0, "end": 99, "label": "PER"}]), 1, "outside"),
    ("a.jsonl", prodigy(spans={}), 1, '"spans"'),
    ("a.jsonl", prodigy(tokens=[{"text": "Mara"}]), 1, "whole numbers"),
    ("a.jsonl", prodigy(tokens=[{"start": 0, "end": 4, "text": "Nora"}]), 1, "says 'Nora'"),
    ("a.jsonl", prodigy(tokens=[{"start": 5, "end": 8}, {"start": 0, "end": 4}]), 1, "reading order"),
    ("a.jsonl", prodigy(meta=[]), 1, '"meta"'),
    ("a.jsonl", prodigy(relations=[5]), 1, '"relations"'),
    # --- tables of spans and of texts
    ("a.csv", table("a,Mara,0,5,PER"), 2, "outside"),
    ("a.csv", table("a,Mara,0,4,PER", "a,,0,four,X", "b,Good,,,"), 3, "whole numbers"),
    ("a.csv", table("a,Mara,0,,PER"), 2, "whole numbers"),
    ("a.csv", table("a,Mara,0,4,"), 2, "no label"),
    ("a.csv", table("a,Mara,0,4,PER", "a,,1"), 3, "3 values for 5"),
    ("a.csv", table("a,,0,4,PER"), 2, '"article_text"'),
    ("a.csv", table("a,Mara,0,4,PER", 'b,"Nora'), 3, "not CSV"),
    ("a.csv", table("a,Mara,0,4,PER,[1]", header="id,article_text,start,end,label,attributes"), 2, "object"),
    ("a.csv", table("a,Mara,0,4,PER,{", header="id,article_text,start,end,label,attributes"), 2, "not JSON"),
    ("a.csv", table("a,Mara,0,4,PER,x", header="id,article_text,start,end,label,confidence"), 2, "number"),
    ("a.csv", table("a,Mara,0,4,PER,nan", header="id,article_text,start,end,label,confidence"), 2, "0 to 1"),
    ("a.csv", table("a,Mara,0,4,PER,7", header="id,article_text,start,end,label,fragments"), 2, "pairs"),
    ("a.csv", table("a,Mara,0,4,PER,ada", header="id,article_text,start,end,label,layer"), 2, "author"),
    (
        "a.csv",
        table('a,Mara,0,4,PER,"{""a"": ""\\u0000""}"', header="id,article_text,start,end,label,attributes"),
        2,
        "NUL",
    ),
    ("a.csv", table("a,0,4,PER", header="external_id,start,end,label"), None, "no texts"),
    ("a.csv", table("a,Mara,0,4,PER") + b"\nb,\xff,0,1,X", 3, "0xFF"),
    (
        "a.zip",
        make_zip(spans__csv=table("a,0,4,PER", header="external_id,start,end,label")),
        None,
        "no texts",
    ),
    (
        "a.zip",
        make_zip(b__txt=b"Nora", spans__csv=table("a,0,4,PER", header="external_id,start,end,label")),
        2,
        "no text of the article 'a'",
    ),
    (
        "a.zip",
        make_zip(
            a__txt=b"Mara", spans__csv=table("a,0,4,PER", "a,2,9,X", header="external_id,start,end,label")
        ),
        2,
        "outside",
    ),
    ("a.csv", b"text,published_on\nGood,2026-01-02\na,soon\n", 3, "date"),
    ("a.csv", b"text,title\nGood,T\n\n,T\n", 4, '"text"'),
]


@pytest.mark.parametrize(
    ("name", "content", "place", "reason"), CASES, ids=[str(number) for number in range(len(CASES))]
)
def test_malformed(name: str, content: bytes, place: int | None, reason: str) -> None:
    found = problems(read(name, content))
    assert found, "nothing was refused"
    assert (found[0][1], reason in found[0][2]) == (place, True), found
    assert len(found[0][2]) < 300


def test_what_is_well_formed_beside_it_is_read() -> None:
    for name, content in (("a.jsonl", thread(end=99)), ("a.json", task(region(end=99)))):
        texts = [one.text for one in read(name, content) if isinstance(one, ParsedArticle)]
        assert texts == ["Good"]


WORDS = [
    *("text", "spans", "start", "end", "label", "layers", "author", "gold", "threads", "comments", "tokens"),
    *("bounds", "offsets", "utf-16", "data", "annotations", "result", "value", "predictions", "entities"),
    *("Comments", "answer", "accept", "head", "child", "relations", "article_text", "external_id", "layer"),
]
PIECES = st.sampled_from(
    [f'"{word}"'.encode() for word in WORDS]
    + [f"{word},".encode() for word in ("text", "start", "end", "label", "article_text", "external_id")]
    + [b"{", b"}", b"[", b"]", b":", b",", b"\n", b"\t", b'"', b"'=", b"0", b"4", b"\xff", b"\0", b"\\u0000"]
)
FORMATS = ["jsonl", "doccano", "label-studio", "prodigy", "csv", "spans-table", "parquet", "spacy"]


@pytest.mark.parametrize("file_format", FORMATS)
@given(st.lists(PIECES | st.binary(max_size=4), max_size=20).map(b"".join))
def test_any_bytes_give_articles_or_problems(file_format: str, content: bytes) -> None:
    assert all(isinstance(one, ParsedArticle | Problem) for one in read("a", content, file_format))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=15,
)


@pytest.mark.parametrize("file_format", FORMATS[:4])
@given(st.dictionaries(st.sampled_from(WORDS), VALUES, max_size=8))
def test_any_record_gives_articles_or_problems(file_format: str, record: dict[str, Any]) -> None:
    content = orjson.dumps({"text": "Mara won", **record})
    found: list[Found] = read("a", content, file_format)
    assert len(found) == 1


CELLS = st.sampled_from(["Mara", "0", "4", "PER", "", "[]", "{}", '"', "gold", "'=1", "\r", "5.0", "nan"])
COLUMNS = (
    "external_id",
    "article_text",
    "start",
    "end",
    "label",
    "layer",
    "fragments",
    "confidence",
    "attributes",
)


@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=4))
def test_any_table_gives_articles_or_problems(rows: list[list[str]]) -> None:
    content = "\n".join(",".join(row) for row in [list(COLUMNS), *rows]).encode()
    assert all(isinstance(one, ParsedArticle | Problem) for one in read("a.csv", content))
