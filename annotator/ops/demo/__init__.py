"""The demo's articles: invented news, written for this project, some with hand-made gold.

A file is a header of `key: value` lines, an empty line, and the text with its gold as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import cycle

from annotator.ops.demo.markup import MarkedSpan, MarkupError, parse_markup

LONG_READ_WORDS = 20_000

__all__ = ["DemoArticle", "MarkedSpan", "MarkupError", "load_articles", "parse_markup"]


@dataclass(frozen=True)
class DemoArticle:
    """One article. `spans` are hand-made gold when `gold` is true, and empty otherwise."""

    slug: str
    title: str
    text: str
    language: str
    published_on: date | None = None
    source: str = ""
    agency: str = ""
    byline: str = ""
    gold: bool = False
    spans: tuple[MarkedSpan, ...] = ()


def load_articles() -> list[DemoArticle]:
    """All articles in the order of their file names, and the long read last."""
    folder = files(__package__).joinpath("articles")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".txt"))
    articles = [read_article(name, folder.joinpath(name).read_bytes().decode()) for name in names]
    return [*articles, long_read(articles)]


def read_article(name: str, source: str) -> DemoArticle:
    """Read one file. Raises MarkupError naming it."""
    header, _, body = source.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    try:
        text, spans = parse_markup(body.rstrip("\n"))
    except MarkupError as error:
        raise MarkupError(f"{name}: {error}") from error
    return DemoArticle(
        slug=name.removesuffix(".txt"),
        title=fields["title"],
        text=text,
        language=fields["language"],
        published_on=date.fromisoformat(fields["published_on"]) if "published_on" in fields else None,
        source=fields.get("source", ""),
        agency=fields.get("agency", ""),
        byline=fields.get("byline", ""),
        gold=fields.get("gold") == "yes",
        spans=tuple(spans),
    )


def long_read(articles: list[DemoArticle]) -> DemoArticle:
    """Twenty thousand words: the English articles joined in turn under numbered headings."""
    text = "\n\n".join(_chapters([one for one in articles if one.language == "en"]))
    return DemoArticle(
        slug="long-read", title="The long read: a year in twenty thousand words", text=text, language="en"
    )


def _chapters(articles: list[DemoArticle]) -> Iterator[str]:
    words = 0
    for number, article in enumerate(cycle(articles), start=1):
        chapter = f"Chapter {number}. {article.title}\n\n{article.text.strip()}"
        yield chapter
        words += len(chapter.split())
        if words >= LONG_READ_WORDS:
            return
