"""Articles with gold to hold engines against: the demo's, and sets of English with names that are published.

The published sets lie in a folder that the environment names (see FOLDER); what is not there is passed over.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from annotator.ops.demo import DemoArticle, load_articles, read_article
from annotator.schemas.definition import Overlap
from annotator.schemas.ready import ready_templates
from articles.domain.measures.f_measure import Mention
from articles.engines.base import ArticleText

FOLDER = "ANNOTATOR_BENCH_DATA"
SEED = 13
WIRE = Path(__file__).parents[2] / "tests" / "articles" / "engines" / "wire"
STORIES = Path(__file__).parent / "stories"
_NEWSROOM = ready_templates()["newsroom"].definition
_NAMES = frozenset({"PER", "ORG", "LOC"})
_FLAT = Overlap(nested=False)
# What is written without a space before it, and after it.
_CLOSING = frozenset(""", . ; : ! ? ) ] } % 's 'm 're 've 'll 'd n't ’s ” ...""".split())
_OPENING = frozenset("( [ { $ £ € “".split())


@dataclass(frozen=True)
class Annotated:
    """One article and its gold, in code points."""

    article: ArticleText
    gold: frozenset[Mention]


@dataclass(frozen=True)
class DataSet:
    """`development` is what engines may be improved on, `reported` what is told of them: never the same articles."""

    name: str
    labels: frozenset[str]
    overlap: Overlap
    development: tuple[Annotated, ...]
    reported: tuple[Annotated, ...]


def news() -> DataSet:
    """Improved on the wire stories of the tests, reported on the demo."""
    return _in_newsroom("news", _read_stories(WIRE), [one for one in load_articles() if one.gold])


def stories() -> DataSet:
    """Short agency stories in English, Russian, German, French, Spanish and Kazakh."""
    halves = (_read_stories(STORIES / half) for half in ("development", "reported"))
    return _in_newsroom("agency stories", *halves)


def _read_stories(folder: Path) -> list[DemoArticle]:
    return [
        read_article(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))
    ]


def _in_newsroom(name: str, development: list[DemoArticle], reported: list[DemoArticle]) -> DataSet:
    halves = (tuple(map(_story, half)) for half in (development, reported))
    return DataSet(name, _NEWSROOM.active_names, _NEWSROOM.overlap, *halves)


def published() -> Iterator[DataSet | str]:
    """Each of the published sets, or a sentence why it is passed over. Halves are drawn with SEED."""
    folder = os.environ.get(FOLDER)
    if not folder:
        yield f"The published sets are passed over: {FOLDER} names no folder that holds them."
        return
    for name, files, labels in _PUBLISHED:
        paths = [Path(folder, name, file) for file in files]
        missing = [str(path) for path in paths if not path.is_file()]
        if missing:
            yield f"{name} is passed over: there is no {' and no '.join(missing)}."
        else:
            yield _halved(name, [one for path in paths for one in _read_columns(path, labels)])


_PUBLISHED = (
    ("wikigold", ("wikigold.conll.txt",), {name: name for name in _NAMES}),
    (
        "wnut17",
        ("wnut17train.conll", "emerging.dev.conll"),
        {"person": "PER", "corporation": "ORG", "group": "ORG", "location": "LOC"},
    ),
)


def _halved(name: str, articles: list[Annotated]) -> DataSet:
    random.Random(SEED).shuffle(articles)  # noqa: S311 - a sample, not a secret
    middle = len(articles) // 2
    return DataSet(name, _NAMES, _FLAT, tuple(articles[:middle]), tuple(articles[middle:]))


def _story(one: DemoArticle) -> Annotated:
    gold = frozenset((span.start, span.end, span.label, ()) for span in one.spans)
    return Annotated(ArticleText(0, one.text, one.language, {"published_on": one.published_on}), gold)


def _read_columns(path: Path, labels: dict[str, str]) -> Iterator[Annotated]:
    """Articles of a file of words and tags in two columns: those between -DOCSTART- lines, or else between
    empty ones."""
    lines = path.read_text(encoding="utf-8").splitlines()
    is_end = (lambda line: "-DOCSTART-" in line) if any("-DOCSTART-" in one for one in lines) else _is_empty
    for ends, group in groupby(lines, is_end):
        rows = [line.split() for line in group]
        if not ends and any(rows):
            yield _from_rows(rows, labels)


def _is_empty(line: str) -> bool:
    return not line.strip()


def _from_rows(rows: list[list[str]], labels: dict[str, str]) -> Annotated:
    text, gold, open_at, label = "", set[Mention](), 0, ""
    glue = True
    for row in rows:
        word, tag = (row[0], row[-1]) if row else ("\n", "O")
        start = len(text) if glue or word in _CLOSING or word == "\n" else len(text) + 1
        kind = labels.get(tag[2:], "") if tag != "O" else ""
        if label and (kind != label or tag.startswith("B-")):
            gold.add((open_at, len(text), label, ()))
            label = ""
        if kind and not label:
            open_at, label = start, kind
        text += " " * (start - len(text)) + word
        glue = word in _OPENING or word == "\n"
    if label:
        gold.add((open_at, len(text), label, ()))
    return Annotated(ArticleText(0, text, "en"), frozenset(gold))
