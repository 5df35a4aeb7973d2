"""How well an engine does, measured against gold: precision, recall and F1 with their intervals.

Exact: the same bounds, label and pieces, as CoNLL counts (Tjong Kim Sang & De Meulder 2003). Overlap: the
same label and at least one character in common, each mention matched at most once; a mention with gaps counts
here as reaching from its first character to its last. A figure that would be divided by 0 is 0.

Intervals are bootstrapped over articles, not mentions, because the mentions of one article are alike. With
few articles such an interval is too narrow: where there are fewer than FEWEST_ARTICLES, whoever shows it says
so.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from articles.domain.measures.f_measure import FEWEST_ARTICLES, Mention
from articles.domain.measures.resampling import LEVEL, Numbers, middle, ratios, resampled

SEED = 13
RESAMPLES = 1_000

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of mentions that both have, that only the engine has, and that only gold has."""

    true_positive: int = 0
    false_positive: int = 0
    false_negative: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.true_positive + other.true_positive,
            self.false_positive + other.false_positive,
            self.false_negative + other.false_negative,
        )

    @property
    def precision(self) -> float:
        return _ratio(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> float:
        return _ratio(self.true_positive, self.true_positive + self.false_negative)

    @property
    def f1(self) -> float:
        return _ratio(
            2 * self.true_positive, 2 * self.true_positive + self.false_positive + self.false_negative
        )

    @property
    def in_gold(self) -> int:
        return self.true_positive + self.false_negative


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of each article, by label."""

    articles: tuple[Mapping[str, Counts], ...]

    @property
    def labels(self) -> dict[str, Counts]:
        """The counts of each label over all articles, in alphabetical order."""
        found: dict[str, Counts] = {}
        for article in self.articles:
            for label, counts in article.items():
                found[label] = found.get(label, Counts()) + counts
        return dict(sorted(found.items()))

    @property
    def micro(self) -> Counts:
        """All labels together: every mention counts the same."""
        return sum(self.labels.values(), Counts())

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the labels that gold has: every label counts the same."""
        in_gold = [counts.f1 for counts in self.labels.values() if counts.in_gold]
        return _ratio(sum(in_gold), len(in_gold))


@dataclass(frozen=True, slots=True)
class Scores:
    """The same readings, counted exactly and by overlap."""

    exact: Tally
    overlap: Tally


def score(readings: Iterable[tuple[Collection[Mention], Collection[Mention]]]) -> Scores:
    """Count what gold has and what the engine suggests, article by article. Repeated mentions count once."""
    exact, overlap = [], []
    for gold, engine in readings:
        gold_by_label, engine_by_label = _by_label(gold), _by_label(engine)
        names = sorted(gold_by_label.keys() | engine_by_label.keys())
        pairs = {name: (gold_by_label[name], engine_by_label[name]) for name in names}
        exact.append({name: _counts(*pair, len(pair[0] & pair[1])) for name, pair in pairs.items()})
        overlap.append({name: _counts(*pair, most_meeting(*pair)) for name, pair in pairs.items()})
    return Scores(Tally(tuple(exact)), Tally(tuple(overlap)))


@dataclass(frozen=True, slots=True)
class Intervals:
    """The 95 % intervals of precision, recall and F1."""

    precision: tuple[float, float]
    recall: tuple[float, float]
    f1: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bootstrap:
    labels: Mapping[str, Intervals]
    micro: Intervals
    macro_f1: tuple[float, float]


def bootstrap(tally: Tally, *, seed: int = SEED, resamples: int = RESAMPLES) -> Bootstrap:
    """The intervals of the figures of this tally. The same tally and seed give the same. Raises ValueError
    without articles."""
    if not tally.articles:
        raise ValueError("Without articles there is no interval.")
    names = list(tally.labels)
    drawn = resampled(_table(tally.articles, names), seed, resamples)
    labels = {name: _intervals(drawn[:, place]) for place, name in enumerate(names)}
    return Bootstrap(labels, _intervals(drawn.sum(axis=1)), middle(_macro(drawn)))


def summary(scores: Scores, *, seed: int = SEED) -> dict[str, Any]:
    """All figures as JSON. Each is `[value, low, high]`, between 0 and 1. `few` means that there are too few
    articles to trust the intervals."""
    articles = len(scores.exact.articles)
    return {
        "articles": articles,
        "few": articles < FEWEST_ARTICLES,
        "interval": {"level": LEVEL, "resamples": RESAMPLES, "seed": seed},
        "exact": _summary_of(scores.exact, seed),
        "overlap": _summary_of(scores.overlap, seed),
    }


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _by_label(mentions: Iterable[Mention]) -> defaultdict[str, set[Mention]]:
    found = defaultdict[str, set[Mention]](set)
    for mention in mentions:
        found[mention[2]].add(mention)
    return found


def _counts(gold: set[Mention], engine: set[Mention], common: int) -> Counts:
    return Counts(common, len(engine) - common, len(gold) - common)


def most_meeting(gold: Collection[Mention], engine: Collection[Mention]) -> int:
    """The largest number of pairs of a gold and an engine mention that have a character in common, with each
    mention in at most one pair.

    Again and again, the mention that ends first is paired with the one of the other side that ends first
    among those that overlap it. No other choice gives more pairs: a mention that loses its partner by this
    overlaps the other one's partner instead.
    """
    left, right = sorted(gold), sorted(engine)
    if _are_apart(left) and _are_apart(right):
        return _meeting_in_order(left, right)
    return _meeting_anyhow(left, right)


def _are_apart(mentions: Sequence[Mention]) -> bool:
    return all(one[1] <= other[0] for one, other in pairwise(mentions))


def _meeting_in_order(left: Sequence[Mention], right: Sequence[Mention]) -> int:
    """A quick way for two lists in reading order in each of which no mentions overlap."""
    pairs = at = 0
    for start, end, *_ in left:
        while at < len(right) and right[at][1] <= start:
            at += 1
        if at < len(right) and right[at][0] < end:
            pairs, at = pairs + 1, at + 1
    return pairs


def _meeting_anyhow(left: Sequence[Mention], right: Sequence[Mention]) -> int:
    sides = [(start, end, 0) for start, end, *_ in left] + [(start, end, 1) for start, end, *_ in right]
    by_start = iter(sorted((start, end, side, number) for number, (start, end, side) in enumerate(sides)))
    begun: tuple[list[Bounds], list[Bounds]] = ([], [])  # (end, number) of what has begun, by side
    coming, settled, pairs = next(by_start, None), set[int](), 0
    for end, number in sorted((end, number) for number, (_, end, _) in enumerate(sides)):
        while coming and coming[0] < end:
            heapq.heappush(begun[coming[2]], (coming[1], coming[3]))
            coming = next(by_start, None)
        others = begun[1 - sides[number][2]]
        while others and others[0][1] in settled:
            heapq.heappop(others)
        if number not in settled and others:
            settled.add(others[0][1])
            pairs += 1
        settled.add(number)
    return pairs


def _table(articles: Sequence[Mapping[str, Counts]], names: Sequence[str]) -> Numbers:
    """The counts as numbers: articles x labels x (true positive, false positive, false negative)."""
    table = np.zeros((len(articles), len(names), 3))
    places = {name: place for place, name in enumerate(names)}
    for row, article in enumerate(articles):
        for name, counts in article.items():
            table[row, places[name]] = counts.true_positive, counts.false_positive, counts.false_negative
    return table


def _intervals(drawn: Numbers) -> Intervals:
    """Of sums: resamples x 3."""
    right, invented, missed = drawn[:, 0], drawn[:, 1], drawn[:, 2]
    return Intervals(
        precision=middle(ratios(right, right + invented)),
        recall=middle(ratios(right, right + missed)),
        f1=middle(ratios(2 * right, 2 * right + invented + missed)),
    )


def _macro(drawn: Numbers) -> Numbers:
    """The mean F1 of the labels that gold has in each resample: resamples x labels x 3 to resamples."""
    right, invented, missed = drawn[:, :, 0], drawn[:, :, 1], drawn[:, :, 2]
    in_gold = right + missed > 0
    f1 = ratios(2 * right, 2 * right + invented + missed)
    return ratios((f1 * in_gold).sum(axis=1), in_gold.sum(axis=1).astype(float))


def _summary_of(tally: Tally, seed: int) -> dict[str, Any]:
    if not tally.articles:
        return {"micro": _figures(Counts(), _CERTAIN), "macro_f1": [0.0, 0.0, 0.0], "labels": {}}
    drawn = bootstrap(tally, seed=seed)
    return {
        "micro": _figures(tally.micro, drawn.micro),
        "macro_f1": _figure(tally.macro_f1, drawn.macro_f1),
        "labels": {name: _figures(counts, drawn.labels[name]) for name, counts in tally.labels.items()},
    }


_CERTAIN = Intervals((0.0, 0.0), (0.0, 0.0), (0.0, 0.0))


def _figures(counts: Counts, intervals: Intervals) -> dict[str, Any]:
    return {
        "true_positive": counts.true_positive,
        "false_positive": counts.false_positive,
        "false_negative": counts.false_negative,
        "precision": _figure(counts.precision, intervals.precision),
        "recall": _figure(counts.recall, intervals.recall),
        "f1": _figure(counts.f1, intervals.f1),
    }


def _figure(value: float, interval: tuple[float, float]) -> list[float]:
    return [round(number, 4) for number in (value, *interval)]
