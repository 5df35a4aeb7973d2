"""The entities of an engine laid beside those of gold, each with at most one of the other side.

The kinds are those of error analyses since MUC-5 (Chinchor & Sundheim, "MUC-5 Evaluation Metrics", 1993:
correct, incorrect, partial, missing, spurious). Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.domain.spans import Span, Suggestion, without_repeats

Cell = tuple[str, str]
NOTHING = ""


class Kind(StrEnum):
    RIGHT = "right"
    LABEL = "label"
    BOUNDARY = "boundary"
    MISSED = "missed"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class Pair:
    """An entity of gold with the one of the engine that stands for it; one of the two may be missing."""

    kind: Kind
    gold: Span | None
    found: Suggestion | None

    @property
    def cell(self) -> Cell:
        """Gold's label and the engine's, `NOTHING` where there is none."""
        return (self.gold.label if self.gold else NOTHING, self.found.label if self.found else NOTHING)

    @property
    def place(self) -> tuple[int, int]:
        """Where to look: gold's bounds, or the engine's where gold has nothing."""
        one = self.gold or self.found
        assert one is not None
        return (one.start, one.end)


def align(gold: Iterable[Span], found: Iterable[Suggestion]) -> list[Pair]:
    """The entities of one article in pairs, in reading order.

    First those that are the same; then those with the same bounds and another label; then those of the same
    label that overlap, the largest common part first. What is left was missed or invented. Every entity is in
    one pair, so nested and repeated ones count once each; the order of the arguments does not matter. What
    has gaps in gold has other bounds than any suggestion.
    """
    golds = sorted({(one.start, -one.end, one.label, one.fragments): one for one in gold}.items())
    pairing = _Pairing([one for _, one in golds], without_repeats(found))
    pairing.take(Kind.RIGHT, _same(pairing))
    pairing.take(Kind.LABEL, _same_bounds(pairing))
    pairing.take(Kind.BOUNDARY, _overlapping(pairing))
    return sorted(pairing.closed(), key=lambda pair: (*pair.place, *pair.cell))


def confusion(pairs: Iterable[Pair]) -> Counter[Cell]:
    """How often gold's label (first) met the engine's (second). Those with other bounds are left out."""
    return Counter(pair.cell for pair in pairs if pair.kind is not Kind.BOUNDARY)


class _Pairing:
    """Gold and found entities that have no partner yet, by their places in the two lists."""

    def __init__(self, gold: Sequence[Span], found: Sequence[Suggestion]) -> None:
        self.gold = dict(enumerate(gold))
        self.found = dict(enumerate(found))
        self._pairs: list[Pair] = []

    def take(self, kind: Kind, candidates: Iterable[tuple[int, int]]) -> None:
        """Pair the candidates, best first, as long as both are free."""
        for left, right in list(candidates):
            if left in self.gold and right in self.found:
                self._pairs.append(Pair(kind, self.gold.pop(left), self.found.pop(right)))

    def closed(self) -> list[Pair]:
        missed = [Pair(Kind.MISSED, one, None) for one in self.gold.values()]
        invented = [Pair(Kind.INVENTED, None, one) for one in self.found.values()]
        return [*self._pairs, *missed, *invented]


def _same(pairing: _Pairing) -> Iterable[tuple[int, int]]:
    places = {(one.start, one.end, one.label): index for index, one in pairing.found.items()}
    for left, one in pairing.gold.items():
        right = places.get((one.start, one.end, one.label))
        if right is not None and not one.fragments:
            yield left, right


def _same_bounds(pairing: _Pairing) -> Iterable[tuple[int, int]]:
    places = defaultdict[tuple[int, int], list[int]](list)
    for right, found in pairing.found.items():
        places[found.start, found.end].append(right)
    for left, one in pairing.gold.items():
        for right in () if one.fragments else places.get((one.start, one.end), ()):
            yield left, right


def _overlapping(pairing: _Pairing) -> Iterable[tuple[int, int]]:
    """Of the same label, those that share most first; then those whose bounds are nearest."""
    by_label = defaultdict[str, list[tuple[int, int, int]]](list)
    for right, found in pairing.found.items():
        by_label[found.label].append((found.start, found.end, right))
    longest = max((found.end - found.start for found in pairing.found.values()), default=0)
    ranked = [
        (-shared, apart, left, right)
        for left, one in pairing.gold.items()
        for shared, apart, right in _sharing(one, by_label.get(one.label, []), longest)
    ]
    return [(left, right) for _, _, left, right in sorted(ranked)]


def _sharing(
    one: Span, others: Sequence[tuple[int, int, int]], longest: int
) -> Iterable[tuple[int, int, int]]:
    """Characters in common, distance of the bounds, and place of those that overlap. `others` are by start,
    none longer than `longest`."""
    near = slice(bisect_left(others, (one.start - longest, 0, 0)), bisect_left(others, (one.end, 0, 0)))
    for start, end, right in others[near]:
        shared = min(end, one.end) - max(start, one.start)
        if shared > 0:
            yield shared, abs(start - one.start) + abs(end - one.end), right
