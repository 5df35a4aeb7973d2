"""Spans as plain values: `[start, end)` in Unicode code points of an article's text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

Fragment = tuple[int, int]
GAP = " ... "  # between the pieces of a span with gaps


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of text.

    `fragments` is empty for a continuous span; else two or more `[start, end)` pieces in order, of which
    `start` and `end` are the envelope. All positions are code points.
    """

    id: UUID
    start: int
    end: int
    label: str
    fragments: tuple[Fragment, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    confidence: float | None = None

    def __len__(self) -> int:
        return self.end - self.start

    def surface(self, text: str) -> str:
        """The words of the span, with GAP where it has gaps."""
        pieces = self.fragments or ((self.start, self.end),)
        return GAP.join(text[start:end] for start, end in pieces)


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed, directed link between two spans of one layer."""

    id: UUID
    type: str
    source: UUID
    target: UUID
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that an engine offers, from the suggestion that carries it to the mention at
    `[start, end)` with `label`, which is in the same list of suggestions."""

    type: str
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an engine offers: a span without identity yet. `confidence` is in (0, 1], or None if unknown.

    `sources` are the names of the engines that it was merged from; `links` lead to other suggestions.
    """

    start: int
    end: int
    label: str
    confidence: float | None = None
    sources: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


class Meeting(Enum):
    """How two spans share characters."""

    APART = "apart"
    EQUAL = "equal"
    NESTED = "nested"
    CROSSING = "crossing"


def meeting(a_start: int, a_end: int, b_start: int, b_end: int) -> Meeting:
    """How `[a_start, a_end)` and `[b_start, b_end)` share characters; spans that only touch are apart."""
    if a_end <= b_start or b_end <= a_start:
        return Meeting.APART
    if a_start == b_start and a_end == b_end:
        return Meeting.EQUAL
    if (a_start <= b_start and b_end <= a_end) or (b_start <= a_start and a_end <= b_end):
        return Meeting.NESTED
    return Meeting.CROSSING


def reading_order(span: Span | Suggestion) -> tuple[int, int, str]:
    """Sort key: by start, the longest first, then by label."""
    return (span.start, -span.end, span.label)


def problem_with_offsets(start: int, end: int, length: int, fragments: Sequence[Fragment] = ()) -> str | None:
    """Why these offsets cannot be a span of a text of `length` code points, or None."""
    if start < 0 or end > length:
        return f"The span {start}-{end} lies outside the text, which has {length} characters."
    if start >= end:
        return f"The span {start}-{end} is empty."
    if not fragments:
        return None
    if len(fragments) < 2 or fragments[0][0] != start or fragments[-1][1] != end:
        return "Fragments are two or more pieces that begin and end where the span does."
    position = start - 1
    for piece_start, piece_end in fragments:
        if piece_start <= position or piece_end <= piece_start:
            return "Fragments are in order, not empty, and have a gap between them."
        position = piece_end
    return None


def without_repeats(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """One suggestion a mention and label, the most confident, in reading order."""
    best: dict[tuple[int, int, str], Suggestion] = {}
    for one in suggestions:
        place = reading_order(one)
        if place not in best or (one.confidence or 0) > (best[place].confidence or 0):
            best[place] = one
    return [best[place] for place in sorted(best)]
