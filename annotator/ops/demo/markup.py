"""Articles with their gold written into the text: `⟦ORG|University of ⟦GPE|Leeds⟧⟧`.

A span that is linked has a name of its own, `⟦PERSON#mara|Mara⟧`, by which `SPEAKER_OF mara quote` means it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_MARK = re.compile(r"⟦(?:(?P<label>[A-Z][A-Z0-9_]*)(?:#(?P<name>\w+))?\|)?|⟧")


class MarkupError(ValueError):
    """Markup that cannot be read; the text names the line and what is wrong there."""


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """`[start, end)` in code points of the plain text."""

    start: int
    end: int
    label: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MarkedLink:
    """A relation between two spans, by their names."""

    type: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    label: str
    name: str
    at: int


def parse_markup(source: str) -> tuple[str, list[MarkedSpan]]:
    """The plain text and its spans in reading order, the longest first. Raises MarkupError."""
    pieces: list[str] = []
    spans: list[MarkedSpan] = []
    still_open: list[_Open] = []
    length = position = 0
    for mark in _MARK.finditer(source):
        pieces.append(source[position : mark.start()])
        length += len(pieces[-1])
        position = mark.end()
        if mark[0] == "⟧":
            spans.append(_close(still_open, length, source, mark.start()))
        elif mark["label"]:
            still_open.append(_Open(length, mark["label"], mark["name"] or "", mark.start()))
        else:
            raise _error(source, mark.start(), "a label in capitals and | after ⟦")
    if still_open:
        raise _error(source, still_open[-1].at, "a ⟧ for this ⟦")
    pieces.append(source[position:])
    return "".join(pieces), sorted(spans, key=lambda span: (span.start, -span.end, span.label))


def parse_links(source: str, spans: list[MarkedSpan]) -> list[MarkedLink]:
    """`COREF mara she her; SPEAKER_OF she quote`: each name is linked with the next. Raises MarkupError."""
    known = {span.name for span in spans if span.name}
    links = []
    for part in filter(str.strip, source.split(";")):
        kind, *names = part.split()
        if len(names) < 2 or not known.issuperset(names):
            raise MarkupError(f"In the links, {part.strip()!r} must name a type and spans of the text.")
        links += [MarkedLink(kind, one, other) for one, other in pairwise(names)]
    return links


def _close(still_open: list[_Open], end: int, source: str, at: int) -> MarkedSpan:
    if not still_open:
        raise _error(source, at, "a ⟦ before ⟧")
    opened = still_open.pop()
    if opened.start == end:
        raise _error(source, at, "text between ⟦ and ⟧")
    return MarkedSpan(opened.start, end, opened.label, opened.name)


def _error(source: str, position: int, wanted: str) -> MarkupError:
    line = source.count("\n", 0, position) + 1
    return MarkupError(f"Line {line}: there must be {wanted}.")
