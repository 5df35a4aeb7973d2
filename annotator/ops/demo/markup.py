"""Articles with their gold written into the text: `⟦ORG|University of ⟦GPE|Leeds⟧⟧`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"⟦(?:(?P<label>[A-Z][A-Z0-9_]*)\|)?|⟧")


class MarkupError(ValueError):
    """Markup that cannot be read; the text names the line and what is wrong there."""


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """`[start, end)` in code points of the plain text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    label: str
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
            still_open.append(_Open(length, mark["label"], mark.start()))
        else:
            raise _error(source, mark.start(), "a label in capitals and | after ⟦")
    if still_open:
        raise _error(source, still_open[-1].at, "a ⟧ for this ⟦")
    pieces.append(source[position:])
    return "".join(pieces), sorted(spans, key=lambda span: (span.start, -span.end, span.label))


def _close(still_open: list[_Open], end: int, source: str, at: int) -> MarkedSpan:
    if not still_open:
        raise _error(source, at, "a ⟦ before ⟧")
    opened = still_open.pop()
    if opened.start == end:
        raise _error(source, at, "text between ⟦ and ⟧")
    return MarkedSpan(opened.start, end, opened.label)


def _error(source: str, position: int, wanted: str) -> MarkupError:
    line = source.count("\n", 0, position) + 1
    return MarkupError(f"Line {line}: there must be {wanted}.")
