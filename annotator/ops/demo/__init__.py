"""The demo's articles: invented news, written for this project, some with hand-made gold.

A file is a header of `key: value` lines, an empty line, and the text with its gold as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import cycle

from annotator.ops.demo.markup import MarkedLink, MarkedSpan, MarkupError, parse_links, parse_markup

LONG_READ_WORDS = 20_000
REQUIRED = ("title", "language")
KEYS = (*REQUIRED, "published_on", "source", "agency", "byline", "gold", "links")

__all__ = [
    "DemoArticle",
    "MarkedLink",
    "MarkedSpan",
    "MarkupError",
    "load_articles",
    "parse_links",
    "parse_markup",
    "read_article",
]


@dataclass(frozen=True)
class DemoArticle:
    """One article. `spans` and `links` are hand-made gold when `gold` is true, and empty otherwise."""

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
    links: tuple[MarkedLink, ...] = ()


def load_articles() -> list[DemoArticle]:
    """All articles in the order of their file names, and the long read last."""
    folder = files(__package__).joinpath("articles")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".txt"))
    articles = [read_article(name, folder.joinpath(name).read_bytes().decode()) for name in names]
    return [*articles, long_read(articles)]


def read_article(name: str, source: str) -> DemoArticle:
    """Read one file. Raises MarkupError naming it."""
    try:
        return _article(name.removesuffix(".txt"), source)
    except MarkupError as error:
        raise MarkupError(f"{name}: {error}") from error


def _article(slug: str, source: str) -> DemoArticle:
    header, _, body = source.partition("\n\n")
    fields = _header(header)
    text, spans = parse_markup(body.rstrip("\n"))
    if not text:
        raise MarkupError("There must be a text after an empty line.")
    return DemoArticle(
        slug=slug,
        title=fields["title"],
        text=text,
        language=fields["language"],
        published_on=_date(fields.get("published_on")),
        source=fields.get("source", ""),
        agency=fields.get("agency", ""),
        byline=fields.get("byline", ""),
        gold=fields.get("gold") == "yes",
        spans=tuple(spans),
        links=tuple(parse_links(fields.get("links", ""), spans)),
    )


def _header(header: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for number, line in enumerate(header.splitlines(), start=1):
        key, colon, value = line.partition(": ")
        if not colon or key not in KEYS:
            raise MarkupError(f"Line {number}: there must be one of {', '.join(KEYS)}, a colon and a value.")
        fields[key] = value
    if missing := [key for key in REQUIRED if key not in fields]:
        raise MarkupError(f"The header must have {' and '.join(missing)}.")
    return fields


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise MarkupError(f"The date {value} must be written like 2024-05-30.") from None


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
