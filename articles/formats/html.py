"""Web pages: the main text as trafilatura finds it, without navigation, advertisements and readers' comments.

Each block (paragraph, heading, item of a list, row of a table) is a line; see `documents.blocks`. Title,
author, date, name of the site, address and language come from what the page says of itself. A page is read in
the encoding that was chosen; when that is UTF-8 and the page is not, in the one that it declares.
"""

from __future__ import annotations

import re
from typing import Any

from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.documents.blocks import parse_html, text_of
from articles.formats.documents.declared import split_prologue, text_as_declared
from articles.formats.documents.reader import DocumentReader

_DOCTYPE = re.compile(rb"<!doctype\s+html\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_OPTIONS: dict[str, Any] = {
    "include_comments": False,
    "with_metadata": True,
    # An extensive search would take a date out of the text, where it may be that of anything.
    "date_extraction_params": {"original_date": True, "extensive_search": False},
}


class HtmlReader(DocumentReader):
    format = "html"
    title = "Web pages (HTML), main text"
    extensions = (".html", ".htm", ".xhtml")
    max_bytes = 16 * 2**20

    def recognises(self, file: Source) -> bool:
        prologue, rest = split_prologue(file.head)
        return rest[:5].lower() == b"<html" or _DOCTYPE.search(prologue) is not None


def parse(content: bytes, encoding: str) -> list[dict[str, Any]]:
    """One record. Raises BadText."""
    from trafilatura import bare_extraction

    text, declared = text_as_declared(content, encoding, _CHARSET)
    tree = parse_html(text)
    page: Any = None if tree is None else bare_extraction(tree, **_OPTIONS)
    main_text = "" if page is None else text_of(page.body)
    if tree is None or not main_text:
        raise BadText("There is no main text in this page.")
    further = {"encoding": declared, "description": page.description, "tags": page.tags or page.categories}
    return [
        {
            "text": main_text,
            "title": page.title,
            "byline": page.author,
            "published_on": page.date,
            "source": page.sitename,
            "url": page.url,
            "language": tree.get("lang"),
            "metadata": {name: value for name, value in further.items() if value},
        }
    ]
