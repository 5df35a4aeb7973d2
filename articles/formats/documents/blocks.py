"""Trees of HTML as text: a block is a line, a line break begins a line, white space is one space.

Cells of a row are separated by a tab, as long as they hold no blocks. Nothing is added: no bullets of lists,
no marks of headings. Scripts, styles and comments are left out. The tree is walked without recursion.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.formats.common.text import BadText

if TYPE_CHECKING:
    from lxml import etree

MAX_NODES = 400_000  # elements and attributes; trafilatura takes seconds for as many, and no article has them
# Of HTML, and of the trees that trafilatura answers: head, list, item, quote, row, lb.
_BLOCKS = {
    *("html", "body", "header", "footer", "main", "nav", "aside", "section", "article", "hgroup", "title"),
    *("address", "blockquote", "center", "details", "dialog", "div", "fieldset", "figcaption", "figure"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "summary", "br"),
    *("dl", "dt", "dd", "ol", "ul", "li", "table", "caption", "thead", "tbody", "tfoot", "tr"),
    *("head", "list", "item", "quote", "row", "lb"),
}
_CELLS = {"td", "th", "cell"}
_LEFT_OUT = {
    *("script", "style", "template", "noscript", "svg", "math"),
    *("object", "iframe", "select", "textarea", "button"),
}
# Control characters, which HTML may not hold and lxml does not take back.
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# No-break and ideographic spaces are no white space of HTML, and stay.
_WHITE = re.compile(r"[ \t\r\n\f]+")


def parse_html(text: str) -> etree._Element | None:
    """The tree of a page or a part of one, without comments; None when there is nothing in it.

    Raises BadText for what is too large, or nested too deeply to be read whole.
    """
    from lxml import etree, html

    if text.count("<") + text.count("=") > MAX_NODES:
        raise BadText(f"There are more than {MAX_NODES:,} elements and attributes in this page.")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(_CONTROL.sub(" ", text).encode(), parser=parser)
    except etree.ParserError:
        return None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise BadText("This page is nested too deeply to be read.")
    return root


def text_of(root: etree._Element) -> str:
    from lxml import etree

    lines = _Lines()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in _BLOCKS:
            lines.end_line()
        if event == "start" and element.tag in _LEFT_OUT:
            walk.skip_subtree()
        elif event == "start":
            lines.add(element.text, new_cell=element.tag in _CELLS)
        elif element is not root:
            lines.add(element.tail)
    lines.end_line()
    return "\n".join(lines.done)


class _Lines:
    def __init__(self) -> None:
        self.done: list[str] = []
        self._cells: list[list[str]] = []

    def add(self, text: str | None, *, new_cell: bool = False) -> None:
        if new_cell or not self._cells:
            self._cells.append([])
        self._cells[-1].append(text or "")

    def end_line(self) -> None:
        cells = [_WHITE.sub(" ", "".join(cell)).strip(" ") for cell in self._cells]
        self._cells = []
        # White space between the tags of a row is no cell.
        if line := "\t".join(cells).strip("\t"):
            self.done.append(line)
