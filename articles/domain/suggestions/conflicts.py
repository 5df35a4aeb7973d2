"""Which suggestions to offer where not all of them can be right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from typing import Any

from annotator.schemas.definition import Overlap
from articles.domain.spans import Meeting, meeting

Offer = dict[str, Any]
Place = tuple[int, int]


def without_conflicts(offers: Sequence[Offer], taken: Sequence[Place], overlap: Overlap) -> list[Offer]:
    """The offers (`start, end, label, confidence, sources`) that can stand together, in reading order.

    The more confident wins, then the one that more engines agree on, then the longer. `taken` are places that
    the layer has labelled already. One label within the same label is never offered twice.
    """
    ranked = sorted(
        offers, key=lambda one: (-(one["confidence"] or 0), -len(one["sources"]), one["start"] - one["end"])
    )
    kept: list[tuple[int, int, str]] = sorted((start, end, "") for start, end in taken)
    longest = max((end - start for start, end, _ in kept), default=0)
    chosen: list[Offer] = []
    for one in ranked:
        start, end, label = one["start"], one["end"], one["label"]
        near = kept[bisect_left(kept, (start - longest, 0, "")) : bisect_right(kept, (end, 0, ""))]
        if all(_fit((start, end, label), other, overlap) for other in near):
            insort(kept, (start, end, label))
            longest = max(longest, end - start)
            chosen.append(one)
    return sorted(chosen, key=lambda one: (one["start"], -one["end"], one["label"]))


def _fit(one: tuple[int, int, str], other: tuple[int, int, str], overlap: Overlap) -> bool:
    match meeting(one[0], one[1], other[0], other[1]):
        case Meeting.APART:
            return True
        case Meeting.EQUAL:
            return overlap.equal
        case Meeting.NESTED:
            return overlap.nested and one[2] != other[2]
        case Meeting.CROSSING:
            return overlap.crossing
