"""Word files (.docx): the text of the document's body.

A paragraph is a line. A row of a table is a line too: its cells are separated by a tab, paragraphs of a cell
by a space, and a table in a cell belongs to the cell. Text that was inserted with tracking is in, text that
was deleted is not. Text boxes, footnotes, endnotes and comments are left out and counted; headers and footers
are left out. Title, author, language and date of making are those of the file's properties.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

from articles.formats.common.limits import MAX_RATIO
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.documents.reader import DocumentReader

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# What is left out, and the reason under which it is counted, if it is.
_LEFT_OUT = {
    f"{_W}del": "",
    f"{_W}moveFrom": "",
    # Properties of a paragraph, among them places of tabs; and how a word above is read.
    f"{_W}pPr": "",
    f"{_W}rt": "",
    # What is shown by programs too old for the element before it, which says the same.
    f"{_COMPATIBILITY}Fallback": "",
    f"{_W}txbxContent": "text boxes",
    f"{_W}footnoteReference": "footnotes",
    f"{_W}endnoteReference": "endnotes",
    f"{_W}commentReference": "comments",
}
_MAX_UNPACKED = 512 * 2**20
_MEGABYTE = 2**20


class DocxReader(DocumentReader):
    format = "docx"
    title = "Word (.docx)"
    extensions = (".docx",)
    max_bytes = 64 * 2**20

    def recognises(self, file: Source) -> bool:
        # The names of what is inside stand before each, and the first two are always among the first.
        head = file.raw_head
        return head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head and b"word/" in head


def parse(content: bytes, encoding: str) -> list[dict[str, Any]]:
    """One record. Raises BadText, and what python-docx raises for a broken file."""
    import docx

    _require_no_bomb(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except KeyError:
        raise BadText(
            "This Word file is damaged, or saved as Strict Open XML. Save it as an ordinary .docx."
        ) from None
    body = _Body()
    body.read(document.element.body)
    dropped = {reason: count for reason, count in body.dropped.items() if reason}
    return [{"text": body.text(), "dropped": dropped, **_properties(document.core_properties)}]


def _properties(properties: Any) -> dict[str, Any]:
    names = ("subject", "keywords", "category", "created", "modified")
    values = {name: str(getattr(properties, name) or "") for name in names}
    # Files made by python-docx come with the author and the date of its template.
    is_template = properties.author == "python-docx"
    return {
        "title": properties.title,
        "byline": "" if is_template else properties.author,
        "language": properties.language,
        "published_on": "" if is_template else values["created"],
        "metadata": {name: value for name, value in values.items() if value},
    }


def _require_no_bomb(content: bytes) -> None:
    """python-docx unpacks all of the file at once."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise BadText("This is not a Word file (.docx).") from None
    if encrypted:
        raise BadText("This Word file is encrypted. Save it without a password.")
    if unpacked > min(_MAX_UNPACKED, max(16 * _MEGABYTE, len(content) * MAX_RATIO)):
        raise BadText("This Word file is packed so tightly that it looks like a trap. Save it as plain text.")


class _Body:
    """The text as it is gathered on a walk over the tree, which needs no recursion."""

    def __init__(self) -> None:
        self.dropped: Counter[str] = Counter()
        self._pieces: list[str] = []
        self._tables = 0  # how many we are in
        self._row: list[list[str]] = []  # the cells of the outermost table's row

    def read(self, body: etree._Element) -> None:
        from lxml import etree

        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            tag = str(element.tag)
            if event == "end":
                self._end(tag.removeprefix(_W))
            elif tag in _LEFT_OUT:
                self.dropped[_LEFT_OUT[tag]] += 1
                walk.skip_subtree()
            else:
                self._start(tag.removeprefix(_W), element.text)

    def text(self) -> str:
        return "".join(self._pieces).strip("\n")

    def _start(self, name: str, text: str | None) -> None:
        match name:
            case "t":
                self._add(text or "")
            case "tab" | "br" | "cr" | "noBreakHyphen" | "softHyphen":
                self._add(_SIGNS[name])
            case "tbl":
                self._tables += 1
            case "tc" if self._tables == 1:
                self._row.append([])

    def _end(self, name: str) -> None:
        match name:
            case "p":
                self._add("\n")
            case "tr" if self._tables == 1:
                cells = [" ".join("".join(cell).split()) for cell in self._row]
                self._pieces.append("\t".join(cells) + "\n")
                self._row = []
            case "tbl":
                self._tables -= 1

    def _add(self, piece: str) -> None:
        (self._row[-1] if self._row else self._pieces).append(piece)
