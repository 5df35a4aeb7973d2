"""Whether suggestions save people time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import median

# Below this many articles a figure says more of chance than of suggestions.
FEWEST = 10
_TWO_SIDED_95 = 1.96


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of some values and its interval; None where there are too few values."""

    count: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


def middle_of(values: Sequence[float]) -> Middle:
    """The median with its 95 % interval by ranks, which assumes nothing about the distribution of the values
    (Conover, "Practical Nonparametric Statistics", 3.2)."""
    count = len(values)
    if count < FEWEST:
        return Middle(count)
    ordered = sorted(values)
    reach = _TWO_SIDED_95 * sqrt(count) / 2
    low, high = max(floor(count / 2 - reach), 0), min(ceil(count / 2 + reach), count - 1)
    return Middle(count, median(ordered), ordered[low], ordered[high])
