"""The entities of an engine paired with those of gold, each with at most one of the other side.

The kinds are those of error analyses since MUC-5 (Chinchor & Sundheim, "MUC-5 Evaluation Metrics", 1993:
correct, incorrect, partial, missing, spurious). Offsets are code points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from articles.domain.measures import alignment
from articles.domain.measures.f_measure import Mention
from articles.domain.spans import Span, Suggestion, without_repeats

Cell = tuple[str, str]
NOTHING = ""


class Kind(StrEnum):
    RIGHT = "right"
    LABEL = "label"
    BOUNDARY = "boundary"
    MISSED = "missed"
    INVENTED = "invented"


_SHARED = {
    alignment.Kind.SAME: Kind.RIGHT,
    alignment.Kind.LABEL: Kind.LABEL,
    alignment.Kind.BOUNDARY: Kind.BOUNDARY,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """An entity of gold with the corresponding one of the engine; one of the two may be missing."""

    kind: Kind
    gold: Span | None
    found: Suggestion | None

    @property
    def cell(self) -> Cell:
        """The label of gold and that of the engine, `NOTHING` where one is missing."""
        return (self.gold.label if self.gold else NOTHING, self.found.label if self.found else NOTHING)

    @property
    def place(self) -> tuple[int, int]:
        """Where the pair is in the text: the bounds in gold, or those of the engine where gold has
        nothing."""
        one = self.gold or self.found
        assert one is not None
        return (one.start, one.end)


def pair_with_gold(gold: Iterable[Span], found: Iterable[Suggestion]) -> list[Pair]:
    """The entities of one article in pairs, in reading order, matched as in `alignment`.

    An entity that only gold has was missed; one that only the engine has is spurious. An entity with gaps in
    gold never has the same bounds as a suggestion.
    """
    golds = {(one.start, one.end, one.label, one.fragments): one for one in gold}
    founds: dict[Mention, Suggestion] = {
        (one.start, one.end, one.label, ()): one for one in without_repeats(found)
    }
    pairs = [
        Pair(
            _SHARED.get(match.kind) or (Kind.MISSED if match.first else Kind.INVENTED),
            golds[match.first] if match.first else None,
            founds[match.second] if match.second else None,
        )
        for match in alignment.match_mentions(golds.keys(), founds.keys())
    ]
    return sorted(pairs, key=lambda pair: (*pair.place, *pair.cell))


def confusion(pairs: Iterable[Pair]) -> Counter[Cell]:
    """How often each label of gold (first) was paired with each label of the engine (second). Pairs with
    different bounds are left out."""
    return Counter(pair.cell for pair in pairs if pair.kind is not Kind.BOUNDARY)
