"""Gathers the sentences of code that knows no Django from its source, so that they can be translated.

A sentence is a text or an f-string of two words or more. What an f-string fills in becomes a gap with the
name of what fills it, as in `%(label)s`.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

# Where code is pure or its words are kept with what they are about, to be read by others than those who were
# there. Word lists, prompts and files for other programs say nothing to people.
SPEAKING = (
    "annotator/schemas/changes.py",
    "annotator/schemas/definition.py",
    "annotator/schemas/services",
    "articles/domain",
    "articles/engines",
    "articles/formats",
    "articles/queries/bulk_plans.py",
    "articles/queries/engines/connections.py",
    "articles/queries/engines/settings.py",
    "articles/queries/engines/cards.py",
    "articles/queries/schema_changes/surroundings.py",
    "articles/services",
)
SILENT: tuple[str, ...] = (
    "articles/domain/newswire/agencies.py",
    "articles/domain/dataset_card.py",
    "articles/domain/layers/edits.py",
    "articles/domain/layers/check.py",
    "articles/domain/newswire/header.py",
    "articles/domain/samples.py",
    "articles/engines/chat/prompts.py",
    "articles/engines/newswire",
)
# What files of other programs lack is said in the words of those programs.
SILENT += tuple(
    f"articles/formats/{name}"
    for name in (
        "brat", "common/flat", "common/json", "common/mapping", "common/offsets", "common/record",
        "common/spans", "common/standoff", "common/tag_schemes", "common/token", "conll", "conllu", "doccano",
        "gate", "huggingface", "label_studio", "parquet", "prodigy", "spacy", "tables", "tei", "uima",
        "web_annotation", "webanno",
    )
)  # fmt: skip
# What these say by gettext may be kept by a worker, in English.
KEEPING = ("articles/services", "articles/tasks")
TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext"}
LOGGING = {"debug", "info", "warning", "error", "exception", "getLogger", "compile"}
SENTENCE = re.compile(r"[A-Za-z]{2,}(’s)?,? (%\(\w+\)s |a |[“'\"])*[a-z]{2,}")
CODE = re.compile(r"\n|\\b|\(\?|[{}<>=|\\]{2}|\bSELECT\b|\bFROM\b|\bSET LOCAL\b|^[a-z_ ]+$")
GAP = re.compile(r"%\(\w+\)s")


def gather(root: Path) -> dict[str, set[str]]:
    """The sentences of the project in `root`, as msgids, by the layer that says them."""
    found = defaultdict[str, set[str]](set)
    for path in _files(root, SPEAKING):
        found[_layer_of(root, path)].update(sentences_of(path.read_text("utf-8")))
    for path in sorted((root / "articles/formats").rglob("*.py")):
        found[_layer_of(root, path)].update(dropped_of(path.read_text("utf-8")))
    for path in _files(root, KEEPING):
        kept = _translated(path.read_text("utf-8"))
        found[_layer_of(root, path)].update(text for text in kept if GAP.search(text))
    return found


def each_once(found: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """What several say is listed with the first of them, in the order of their names; who says nothing of
    their own is left out."""
    listed, taken = dict[str, set[str]](), {""}
    for speaker in sorted(found):
        if own := set(found[speaker]) - taken:
            listed[speaker] = own
            taken |= own
    return listed


def written(speaker: str, sentences: Iterable[str]) -> str:
    """A module that lists them, as gettext finds them."""
    lines = "".join(f"    _({json.dumps(one, ensure_ascii=False)}),\n" for one in sorted(sentences))
    return f'''"""What {speaker} say to people without Django. Made by `make messages`."""

from django.utils.translation import gettext_noop as _

SENTENCES = (
{lines})
'''


def _layer_of(root: Path, path: Path) -> str:
    """Such as `formats`: the folder of the app in which the module lies."""
    return path.relative_to(root).parts[1]


def sentences_of(source: str) -> Iterator[str]:
    """What a module may say to people."""
    tree = ast.parse(source)
    silent = set(_silent(tree))
    inside = {piece for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in ast.walk(node)}
    for node in ast.walk(tree):
        if node in silent or (isinstance(node, ast.Constant) and node in inside):
            continue
        text = _text_of(node)
        if SENTENCE.search(text) and not CODE.search(text):
            yield text


def dropped_of(source: str) -> Iterator[str]:
    """What a format calls that which it has no place for."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="drop"), args=[ast.Constant(value=str(what)), *_]):
                yield what
            case ast.Subscript(value=ast.Name(id="dropped"), slice=ast.Constant(value=str(what))):
                yield what


def _files(root: Path, names: tuple[str, ...]) -> Iterator[Path]:
    for name in names:
        place = root / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if not str(path.relative_to(root)).startswith(SILENT):
                yield path


def _silent(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, what is for a log or is a pattern, and what gettext finds by itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield node.value
            case ast.Call(func=ast.Attribute(attr=name)) if name in LOGGING:
                yield from ast.walk(node)
            case ast.Call(func=ast.Name(id=name)) if name in TRANSLATING:
                yield from node.args


def _text_of(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=pieces):
            return _with_gaps(pieces)
    return ""


def _with_gaps(pieces: list[ast.expr]) -> str:
    words: list[str] = []
    for piece in pieces:
        if isinstance(piece, ast.FormattedValue):
            name, taken = _name_of(piece.value), "".join(words)
            number = next(n for n in range(1, 99) if f"%({name}{n if n > 1 else ''})s" not in taken)
            words.append(f"%({name}{number if number > 1 else ''})s")
        elif isinstance(piece, ast.Constant):
            words.append(str(piece.value).replace("%", "%%"))
    return "".join(words)


def _name_of(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Call(func=ast.Name(id="len"), args=[inside]):
            return f"{_name_of(inside)}_count"
        case ast.Call(func=inside) | ast.Subscript(value=inside):
            return _name_of(inside)
    return "value"


def _translated(source: str) -> Iterator[str]:
    """What a module says by gettext."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text))]) if (
                name in TRANSLATING
            ):
                yield text
