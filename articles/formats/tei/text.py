"""TEI's text as it is read, and where each element's part of it lies."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.domain.spans import Fragment
from articles.formats.common.xml import local_name

if TYPE_CHECKING:
    from lxml import etree

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_WHITE_SPACE = re.compile("[ \t\r\n]+")
# What parts an element from what stands before and after it; of several the last in this list.
_SPACE, _TAB, _LINE, _PARAGRAPH = _GAPS = (" ", "\t", "\n", "\n\n")
_PARTED = {
    **dict.fromkeys(("p", "head", "ab", "lg", "list", "table", "sp", "u", "figure", "quote"), _PARAGRAPH),
    **dict.fromkeys(("byline", "dateline", "opener", "closer", "epigraph", "trailer"), _PARAGRAPH),
    **dict.fromkeys(("div", *(f"div{number}" for number in range(1, 8))), _PARAGRAPH),
    **dict.fromkeys(("front", "body", "back", "text", "docTitle", "titlePage"), _PARAGRAPH),
    **dict.fromkeys(("l", "item", "row", "speaker", "stage", "titlePart", "salute", "signed"), _LINE),
    **dict.fromkeys(("cell", "label"), _TAB),
    **dict.fromkeys(("lb", "pb", "cb", "gb", "milestone"), _SPACE),
}
_UNREAD = frozenset(("teiHeader", "standOff", "facsimile", "sourceDoc", "spanGrp", "linkGrp", "listRelation"))
_UNREAD |= {"note", "fw", "del", "rdg", "figDesc", "index", "span", "interp", "interpGrp"}
_WORSE_OF_CHOICE = {"sic": "corr", "orig": "reg", "abbr": "expan"}


@dataclass(slots=True)
class ElementExtent:
    """Where an element's words lie. An empty element begins where the next words do, and ends where the last
    ones did; without next words it has no start."""

    element: etree._Element
    start: int | None = None
    end: int = 0

    @property
    def piece(self) -> Fragment | None:
        return (self.start, self.end) if self.start is not None and self.start < self.end else None


class FlowingText:
    """Gathers words and what parts them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._gap = ""
        self._is_joined = False
        self._waiting: list[ElementExtent] = []

    def __str__(self) -> str:
        return "".join(self._pieces)

    def open(self, extent: ElementExtent) -> None:
        """The element begins with the next words."""
        self._waiting.append(extent)

    def close(self, extent: ElementExtent) -> None:
        extent.end = self._length

    def part(self, gap: str) -> None:
        if self._length and not self._is_joined:
            self._gap = max(self._gap, gap, key=_GAPS.index) if self._gap else gap

    def join(self) -> None:
        """What comes next belongs to the last word."""
        self._gap, self._is_joined = "", True

    def add(self, words: str) -> None:
        flat = _WHITE_SPACE.sub(" ", words)
        if flat.startswith(" "):
            self.part(_SPACE)
        if inner := flat.strip(" "):
            self._pieces += (self._gap, inner)
            self._length += len(self._gap)
            for extent in self._waiting:
                extent.start = self._length
            self._waiting.clear()
            self._length += len(inner)
            self._gap, self._is_joined = "", False
        if flat.endswith(" "):
            self.part(_SPACE)


def read_text(root: etree._Element, dropped: Counter[str]) -> tuple[str, list[ElementExtent]]:
    """The text below `root`, and the extents of its elements in the order in which they begin."""
    from lxml import etree

    text, extents, is_open = FlowingText(), list[ElementExtent](), list[ElementExtent]()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = local_name(element)
        if event == "start":
            extent = ElementExtent(element)
            is_open.append(extent)
            if _is_unread(element, name):
                dropped["notes"] += name == "note"
                walk.skip_subtree()
                continue
            _part(text, element, name)
            text.open(extent)
            extents.append(extent)
            text.add(element.text or "")
        else:
            text.close(is_open.pop())
            if not _is_unread(element, name):
                _part(text, element, name)
            if element is not root:
                text.add(element.tail or "")
    return str(text), extents


def _is_unread(element: etree._Element, name: str) -> bool:
    better = _WORSE_OF_CHOICE.get(name)
    parent = element.getparent()
    if better and parent is not None and local_name(parent) == "choice":
        return parent.find(f"{{*}}{better}") is not None
    return name in _UNREAD


def _part(text: FlowingText, element: etree._Element, name: str) -> None:
    if element.get("break") == "no":
        text.join()
    elif gap := _PARTED.get(name):
        text.part(gap)
