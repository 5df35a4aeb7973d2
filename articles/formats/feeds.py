"""RSS 0.9x, 1.0 and 2.0, and Atom, as uploaded files: an entry is an article.

Its text is the full content (`content:encoded`, `content`) if there is one, else the summary, which metadata
then say. HTML becomes text as in `documents.blocks`. The id of an entry is the article's external id, its
categories are metadata. The date is the one written, not moved to another time zone. An entry without text is
a problem.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.common.xml import parse_xml_text
from articles.formats.documents.blocks import parse_html, text_of
from articles.formats.documents.declared import split_prologue, text_as_declared
from articles.formats.documents.reader import DocumentReader

_ROOT = re.compile(
    rb"<rss\b[^>]*\bversion"
    rb"|<(?:[\w-]{1,20}:)?RDF\b[^>]*(?:purl\.org/rss/|netscape\.com/rdf)"
    rb"|<(?:[\w-]{1,20}:)?feed\b[^>]*(?:\bAtom\b|/atom/)"
)
_DECLARED = re.compile(rb"""\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.:-]{1,40})""")
_XML_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_ISO_DATE = re.compile(r"\s*(\d{4}-\d\d-\d\d)")
_HTML = ("text/html", "application/xhtml+xml")
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&#?\w{1,30};")


class FeedReader(DocumentReader):
    format = "feeds"
    title = "RSS or Atom feed, one article an entry"
    extensions = (".rss", ".atom", ".rdf")
    max_bytes = 64 * 2**20

    def recognises(self, file: Source) -> bool:
        return _ROOT.match(split_prologue(file.head)[1]) is not None


def parse(content: bytes, encoding: str) -> list[dict[str, Any]]:
    """One record an entry. Raises BadText."""
    import feedparser  # type: ignore[import-untyped]

    text, _ = text_as_declared(content, encoding, _DECLARED)
    # Of what is not well-formed feedparser makes what it can; and what declares entities is not read at all.
    lines = _lines_of_entries(text)
    # Given bytes or text feedparser would open a file, or fetch an address, of this name.
    stream = io.BytesIO(_XML_DECLARATION.sub("", text, count=1).encode())
    feed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise BadText("There is no entry in this feed.")
    if len(lines) != len(feed.entries):
        lines = [None] * len(feed.entries)
    return [_record(entry, feed.feed, line) for entry, line in zip(feed.entries, lines, strict=True)]


def _lines_of_entries(text: str) -> list[int | None]:
    """Raises BadText for what is no XML that may be read."""
    root = parse_xml_text(text)
    return [one.sourceline for one in root.iter("{*}item", "{*}entry")]  # type: ignore[misc]


def _record(entry: Any, feed: Any, line: int | None) -> dict[str, Any]:
    try:
        kind, text = _text(entry)
        title = _plain(entry.get("title_detail") or {})
        source = _plain(feed.get("title_detail") or {})
    except BadText as error:
        return {"line": line, "problem": str(error)}
    if not text.strip():
        return {"line": line, "problem": "This entry has no text, only what is around it."}
    metadata = {
        "categories": [tag.get("label") or tag.get("term") for tag in entry.get("tags") or ()],
        "text_is": kind,
    }
    return {
        "line": line,
        "text": text,
        "title": title,
        "byline": ", ".join(dict.fromkeys(_authors(entry))),
        "published_on": _date(entry, "published") or _date(entry, "updated"),
        "source": source,
        "url": entry.get("link") if "://" in (entry.get("link") or "") else "",
        "language": _language(entry) or feed.get("language"),
        "external_id": entry.get("id"),
        "metadata": {name: value for name, value in metadata.items() if value},
    }


def _text(entry: Any) -> tuple[str, str]:
    """What the text is, if not the full content, and the text."""
    for content in entry.get("content") or ():
        if text := _plain(content):
            return "", text
    return "summary", _plain(entry.get("summary_detail") or {})


def _plain(value: Any) -> str:
    """The text of a title, summary or content; empty for what is a picture or the like.

    Without a tag or a reference to a character it is plain text, whatever the feed says.
    """
    kind, text = value.get("type"), str(value.get("value") or "")
    if kind == "text/plain" or (kind in _HTML and not _MARKUP.search(text)):
        return text
    root = parse_html(text) if kind in _HTML else None
    return "" if root is None else text_of(root)


def _authors(entry: Any) -> Iterator[str]:
    authors = entry.get("authors") or [entry.get("author_detail") or {}]
    return (str(author["name"]) for author in authors if author.get("name"))


def _language(entry: Any) -> str | None:
    contents = [*(entry.get("content") or ()), entry.get("summary_detail") or {}]
    return next((one["language"] for one in contents if one.get("language")), None)


def _date(entry: Any, name: str) -> str:
    """As it is written: in the time zone of those who wrote it."""
    written = str(entry.get(name) or "")
    if iso := _ISO_DATE.match(written):
        return iso[1]
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except ValueError:
        parsed = entry.get(f"{name}_parsed")
        return date(*parsed[:3]).isoformat() if parsed else ""
