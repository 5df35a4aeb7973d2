"""Of hits that meet, the ones that stay."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from operator import attrgetter

from articles.domain.spans import Meeting, meeting
from articles.engines.newswire.patterns import Found

# Kinds that may lie within another hit: a country within an institution, a number within nothing.
_MAY_NEST = frozenset({"GPE", "COUNTRY", "CITY", "PERSON", "LANGUAGE", "LOC"})
_MAY_HOLD = frozenset({"ORG", "FAC", "LOC", "LAW", "EVENT"})
# Of equals: what an article calls somebody is nearer to the truth than what a list says.
_FIRST = frozenset({"PERSON", "ORG", "AGENCY"})
_start = attrgetter("start")


def settle(found: Iterable[Found]) -> list[Found]:
    """Of hits that meet, the surer and then the longer stays; a place may lie within an institution."""
    kept: list[Found] = []  # by start, so that only hits nearby are looked at
    longest = 0
    for one in sorted(set(found), key=_rank):
        first = bisect_left(kept, one.start - longest, key=_start)
        last = bisect_left(kept, one.end, key=_start)
        if all(other.end <= one.start or _fit(one, other) for other in kept[first:last]):
            insort(kept, one, key=_start)
            longest = max(longest, one.end - one.start)
    return sorted(kept, key=lambda hit: (hit.start, -hit.end))


def _rank(hit: Found) -> tuple[float, int, bool, int, str]:
    return -hit.confidence, hit.start - hit.end, hit.kind not in _FIRST, hit.start, hit.kind


def _fit(one: Found, other: Found) -> bool:
    if meeting(one.start, one.end, other.start, other.end) is not Meeting.NESTED:
        return False
    inner, outer = (one, other) if one.end - one.start < other.end - other.start else (other, one)
    return outer.kind == "QUOTE" or (
        inner.kind in _MAY_NEST and outer.kind in _MAY_HOLD and inner.kind != outer.kind
    )
