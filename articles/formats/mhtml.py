"""Web pages saved as one file (MHTML), as Chrome and Edge do: the page's main text, see `html`.

The file is a mail whose first part in HTML is the page; pictures and styles are left out.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from typing import Any

from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.documents.reader import DocumentReader
from articles.formats.html import parse as parse_page

_HEADER = re.compile(rb"[\w-]{1,60}: ")
_HEAD_BYTES = 4096


class MhtmlReader(DocumentReader):
    format = "mhtml"
    title = "Web pages in one file (MHTML), main text"
    extensions = (".mhtml", ".mht")
    max_bytes = 64 * 2**20

    def recognises(self, file: Source) -> bool:
        head = file.raw_head[:_HEAD_BYTES]
        return _HEADER.match(head) is not None and b"\nMIME-Version:" in head and b"multipart/related" in head


def parse(content: bytes, encoding: str) -> list[dict[str, Any]]:
    """One record. Raises BadText."""
    message = message_from_bytes(content)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise BadText("There is no page in this file.")
    (record,) = parse_page(_content(page), encoding)
    address = str(page.get("Content-Location") or "")
    return [{**record, "url": record["url"] or (address if "://" in address else "")}]


def _content(page: Message) -> bytes:
    payload = page.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
