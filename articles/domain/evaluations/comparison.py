"""Two engines on the same articles: how far apart they are, and how sure that is.

The articles are drawn anew in pairs, so that what makes an article hard weighs on both alike (the paired
bootstrap: Berg-Kirkpatrick, Burkett & Klein, "An Empirical Investigation of Statistical Significance in NLP",
EMNLP 2012).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from articles.domain.measures.resampling import Numbers, middle, ratios, resampled
from articles.domain.measures.scores import RESAMPLES, SEED, Counts, Tally


@dataclass(frozen=True, slots=True)
class Difference:
    """The exact F1 of the first and the second engine, and the interval of the second less the first."""

    first: float
    second: float
    low: float
    high: float

    @property
    def by(self) -> float:
        return self.second - self.first

    @property
    def is_sure(self) -> bool:
        """Whether the difference is more than chance: 0 is not within the interval."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Comparison:
    micro: Difference
    labels: Mapping[str, Difference]


def compare(first: Tally, second: Tally, *, seed: int = SEED, resamples: int = RESAMPLES) -> Comparison:
    """The tallies must be of the same articles in the same order. The same seed gives the same. Raises
    ValueError when their numbers of articles differ or are 0."""
    if not first.articles or len(first.articles) != len(second.articles):
        raise ValueError("Only what was counted on the same articles can be compared.")
    names = sorted(first.labels.keys() | second.labels.keys())
    drawn = resampled(_table(first, second, names), seed, resamples)
    of_first, of_second = first.labels, second.labels
    labels = {
        name: _difference(of_first.get(name, Counts()), of_second.get(name, Counts()), drawn[:, :, place])
        for place, name in enumerate(names)
    }
    return Comparison(_difference(first.micro, second.micro, drawn.sum(axis=2)), labels)


def _table(first: Tally, second: Tally, names: list[str]) -> Numbers:
    """articles x sides x labels x (true positive, false positive, false negative)"""
    table = np.zeros((len(first.articles), 2, len(names), 3))
    places = {name: place for place, name in enumerate(names)}
    for row, both in enumerate(zip(first.articles, second.articles, strict=True)):
        for side, by_label in enumerate(both):
            for name, counts in by_label.items():
                table[row, side, places[name]] = (
                    counts.true_positive,
                    counts.false_positive,
                    counts.false_negative,
                )
    return table


def _difference(first: Counts, second: Counts, drawn: Numbers) -> Difference:
    """`drawn` is of resamples x sides x 3."""
    f1 = ratios(2 * drawn[:, :, 0], 2 * drawn[:, :, 0] + drawn[:, :, 1] + drawn[:, :, 2])
    return Difference(first.f1, second.f1, *middle(f1[:, 1] - f1[:, 0]))
