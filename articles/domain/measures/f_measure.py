"""How far two annotators agree on entities: the F-measure between their readings.

It is positive specific agreement, which equals the F1 of one annotator measured against the other, whichever
of the two is taken as the truth. It does not need the number of things that nobody marked: Hripcsak and
Rothschild, "Agreement, the F-Measure, and Reliability in Information Retrieval", JAMIA 12(3), 2005.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

# Start, end, label, and the pieces of a span with gaps: two entities are the same when all of it is.
Mention = tuple[int, int, str, tuple[tuple[int, int], ...]]
# Below this many articles read by two or more, a figure says more of chance than of the annotators.
FEWEST_ARTICLES = 10


def f1(common: int, in_a: int, in_b: int) -> float:
    """From counts of entities: in both readings, in the one, in the other. Two empty readings agree: 1."""
    return 2 * common / (in_a + in_b) if in_a + in_b else 1.0


@dataclass
class Agreement:
    """Pairs of readings, added up article by article, so that every entity counts the same (micro
    average)."""

    articles: int = 0
    pairs: int = 0
    common: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)

    def add(self, readings: Iterable[Collection[Mention]]) -> None:
        """Add all readings of one article. A single reading changes nothing."""
        pairs = list(combinations([set(reading) for reading in readings], 2))
        self.articles += bool(pairs)
        self.pairs += len(pairs)
        for a, b in pairs:
            self.common.update(label for _, _, label, _ in a & b)
            self.marked.update(label for one in (a, b) for _, _, label, _ in one)

    def summary(self) -> Mapping[str, object]:
        """For a manifest: the F1 over all entities and for each label, or the reason why there is none."""
        if self.articles < FEWEST_ARTICLES:
            few = f"Too few: {self.articles} articles were read by two or more annotators, of at least"
            return {"articles": self.articles, "f1": None, "why_not": f"{few} {FEWEST_ARTICLES}."}
        return {
            "measure": "entity F1, exact bounds and label, micro average over pairs of annotators",
            "articles": self.articles,
            "pairs": self.pairs,
            "f1": _rounded(self.common.total(), self.marked.total()),
            "labels": {name: _rounded(self.common[name], self.marked[name]) for name in sorted(self.marked)},
        }


def _rounded(common: int, marked: int) -> float:
    return round(f1(common, marked, 0), 4)
