"""Two readings of one text aligned: which mention of the one corresponds to which of the other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.domain.measures.f_measure import Mention

Bounds = tuple[int, int, tuple[tuple[int, int], ...]]


class Kind(StrEnum):
    SAME = "same"
    LABEL = "label"
    BOUNDARY = "boundary"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Match:
    """A mention of the first reading with the corresponding one of the second. One of them is missing where
    only the other reading has a mention."""

    kind: Kind
    first: Mention | None
    second: Mention | None


def match_mentions(first: Collection[Mention], second: Collection[Mention]) -> list[Match]:
    """The mentions of two readings matched with each other, in no particular order.

    First mentions that are equal are matched, then those with the same bounds and another label, then those
    with the same label that overlap, the largest overlap first. What remains was marked in one reading only.
    Every mention is in exactly one match, so nested mentions are counted once each. Swapping the readings
    does not change how many matches of each kind there are.
    """
    in_first, in_second = set(first), set(second)
    matches = [Match(Kind.SAME, one, one) for one in in_first & in_second]
    left, right = _Free(in_first - in_second), _Free(in_second - in_first)
    if left.free and right.free:
        matches += _taken(Kind.LABEL, left, right, _same_bounds(left, right))
        matches += _taken(Kind.BOUNDARY, left, right, _overlapping(left, right))
    matches += [Match(Kind.ALONE, one, None) for one in left.in_order]
    return matches + [Match(Kind.ALONE, None, one) for one in right.in_order]


class _Free:
    """Mentions that have no partner yet."""

    def __init__(self, mentions: set[Mention]) -> None:
        self.free = mentions

    @property
    def in_order(self) -> list[Mention]:
        return sorted(self.free, key=lambda one: (one[0], -one[1], *one[2:]))


def _taken(
    kind: Kind, left: _Free, right: _Free, candidates: Iterable[tuple[Mention, Mention]]
) -> Iterator[Match]:
    """Match the candidates in their order, best first, as long as both mentions are free."""
    for a, b in candidates:
        if a in left.free and b in right.free:
            left.free.discard(a)
            right.free.discard(b)
            yield Match(kind, a, b)


def _same_bounds(left: _Free, right: _Free) -> list[tuple[Mention, Mention]]:
    by_bounds = defaultdict[Bounds, list[Mention]](list)
    for one in right.in_order:
        by_bounds[_bounds(one)].append(one)
    return [(a, b) for a in left.in_order for b in by_bounds.get(_bounds(a), ())]


def _bounds(one: Mention) -> Bounds:
    return one[0], one[1], one[3]


def _overlapping(left: _Free, right: _Free) -> list[tuple[Mention, Mention]]:
    """Candidates with the same label: those with the most characters in common first, then those with the
    nearest bounds."""
    by_label = defaultdict[str, list[Mention]](list)
    for one in sorted(right.free):
        by_label[one[2]].append(one)
    longest = max((end - start for start, end, *_ in right.free), default=0)
    ranked = [
        (-shared, apart, a, b)
        for a in left.in_order
        for shared, apart, b in _sharing(a, by_label.get(a[2], []), longest)
    ]
    return [(a, b) for _, _, a, b in sorted(ranked)]


def _sharing(one: Mention, others: Sequence[Mention], longest: int) -> Iterator[tuple[int, int, Mention]]:
    """Characters in common, distance of the bounds, and the other mention, for each that overlaps. `others`
    are in order, and none is longer than `longest`."""
    start, end = one[0], one[1]
    near = slice(bisect_left(others, (start - longest,)), bisect_left(others, (end,)))
    for other in others[near]:
        shared = min(end, other[1]) - max(start, other[0])
        if shared > 0:
            yield shared, abs(start - other[0]) + abs(end - other[1]), other
