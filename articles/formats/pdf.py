"""PDF: the text of its pages in their order, a blank line between pages, lines as the pages have them.

A PDF holds signs at places and not text; pypdf puts words together from these. Hyphens at the end of a line,
running heads and page numbers stay. Title and author are those of the file's properties; its other
properties, the number of pages and the pages without text are metadata. A PDF without any text is a scan,
which needs text recognition first.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from articles.formats.common.limits import MAX_TEXT
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.documents.reader import DocumentReader

_PAGES_APART = "\n\n"
MAX_PAGES = 5_000


class PdfReader(DocumentReader):
    format = "pdf"
    title = "PDF, text of its pages"
    extensions = (".pdf",)
    max_bytes = 64 * 2**20

    def recognises(self, file: Source) -> bool:
        return file.raw_head.startswith(b"%PDF-")


def parse(content: bytes, encoding: str) -> list[dict[str, Any]]:
    """One record. Raises BadText, and what pypdf raises for a broken file."""
    import pypdf

    document = pypdf.PdfReader(io.BytesIO(content), strict=False)
    if document.is_encrypted:
        raise BadText("This PDF is encrypted. Save it without a password.")
    pages = list(_texts_of(document))
    if not pages:
        raise BadText("There is no page in this PDF.")
    without_text = [number for number, text in enumerate(pages, start=1) if not text]
    if len(without_text) == len(pages):
        raise BadText("There is no text in this PDF: it is scanned, and needs OCR. Recognise its text first.")
    properties = dict(_properties(document.metadata))
    return [
        {
            "text": _PAGES_APART.join(text for text in pages if text),
            "title": properties.pop("title", ""),
            "byline": properties.pop("author", ""),
            "metadata": {**properties, "pages": len(pages), **_if_any("pages_without_text", without_text)},
            "dropped": _if_any("pages without text", len(without_text)),
        }
    ]


def _texts_of(document: Any) -> Iterator[str]:
    """The text of each page; no more than an article may hold is read."""
    length = 0
    if len(document.pages) > MAX_PAGES:
        raise BadText(f"This PDF has more than {MAX_PAGES:,} pages. Split it.")
    for page in document.pages:
        text = page.extract_text().strip()
        length += len(text)
        if length > MAX_TEXT:
            raise BadText(f"The text of this PDF has more than {MAX_TEXT:,} characters. Split it.")
        yield text


def _properties(metadata: Any) -> Iterator[tuple[str, str]]:
    for name in ("title", "author", "subject", "keywords", "creation_date", "modification_date"):
        # Dates are parsed only when they are asked for, and whatever is wrong with one is raised then.
        with suppress(Exception):
            if value := getattr(metadata, name):
                yield name, str(value)


def _if_any(name: str, value: Any) -> dict[str, Any]:
    return {name: value} if value else {}
