"""Two texts in rows beside each other, with the parts marked that only one of them has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.domain.stories.carrying import Alignment
from articles.domain.texts.tokens import Bounds


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text; `differs` if the other text does not have it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    first: Sequence[Part]
    second: Sequence[Part]

    @property
    def is_same(self) -> bool:
        return not any(part.differs for part in (*self.first, *self.second))


def side_by_side(alignment: Alignment) -> list[Row]:
    """Both texts whole. A row begins where a paragraph of either does whose first word the other has, too."""
    first, second = alignment.first, alignment.second
    borders = [(0, 0), *_beginnings(alignment), (len(first.text), len(second.text))]
    same = [_extent(first.bounds, start, count) for start, _, count in alignment.runs]
    same_there = [_extent(second.bounds, start, count) for _, start, count in alignment.runs]
    parts, parts_there = _Parts(first.text, same), _Parts(second.text, same_there)
    return [
        Row(parts.between(start, end), parts_there.between(there, until))
        for (start, there), (end, until) in pairwise(borders)
        if start < end or there < until
    ]


def _beginnings(alignment: Alignment) -> Iterator[Bounds]:
    """Where both texts have the same word, and one of them a new paragraph."""
    first, second = alignment.first, alignment.second
    for start, other, count in alignment.runs:
        for word, there in zip(range(start, start + count), range(other, other + count), strict=True):
            if _begins_paragraph(first.text, first.bounds, word) or _begins_paragraph(
                second.text, second.bounds, there
            ):
                yield first.bounds[word][0], second.bounds[there][0]


def _begins_paragraph(text: str, bounds: Sequence[Bounds], word: int) -> bool:
    return word > 0 and "\n" in text[bounds[word - 1][1] : bounds[word][0]]


def _extent(bounds: Sequence[Bounds], start: int, count: int) -> Bounds:
    return bounds[start][0], bounds[start + count - 1][1]


class _Parts:
    """A text of which stretches are the same elsewhere. Asked for one row after another."""

    def __init__(self, text: str, same: Sequence[Bounds]) -> None:
        self._text = text
        self._same = list(reversed(same))

    def between(self, start: int, end: int) -> list[Part]:
        found, done = list[Part](), start
        while self._same and self._same[-1][0] < end:
            begin, until = self._same[-1]
            self._add(found, done, max(begin, done), differs=True)
            self._add(found, max(begin, done), min(until, end), differs=False)
            done = min(until, end)
            if until > end:
                break
            self._same.pop()
        self._add(found, done, end, differs=True)
        return found

    def _add(self, found: list[Part], start: int, end: int, *, differs: bool) -> None:
        """White space at the edges is no difference."""
        piece = self._text[start:end]
        if differs:
            inner = piece.strip()
            before, _, after = piece.partition(inner) if inner else (piece, "", "")
            parts = [Part(before, False), Part(inner, True), Part(after, False)]
        else:
            parts = [Part(piece, False)]
        found += [part for part in parts if part.text]
