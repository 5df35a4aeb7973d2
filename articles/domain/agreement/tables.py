"""Counts of pairs of readings as arrays, from whose sums the figures of agreement are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

import numpy as np

from articles.domain.agreement.pair_counts import (
    OF_MENTIONS,
    LabelCounts,
    LinkCounts,
    PairCounts,
    TokenCounts,
)
from articles.domain.measures.coefficients import Distance, distances_between
from articles.domain.measures.confusion import NOTHING
from articles.domain.measures.resampling import Numbers, middle, resampled
from articles.domain.measures.scores import RESAMPLES, SEED

Figure = list[float]
Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """What two people, by their numbers, have in common on one article. `day` is when the later one handed it
    in; `readers` is how many readings of the article are compared with each other."""

    article: int
    first: int
    second: int
    day: date
    readers: int
    counts: PairCounts


@dataclass(frozen=True)
class Table:
    """Rows x names x counts."""

    names: Sequence[str]
    counts: Numbers


class PairTables:
    """Arrays with one row for each pair of readings. The pairs are in order of their articles."""

    def __init__(self, pairs: Sequence[ComparedPair]) -> None:
        self.pairs = pairs
        articles = np.array([one.article for one in pairs])
        self.begins = np.flatnonzero(np.diff(articles, prepend=-1))
        # So that an article counts as often as it has readings, and not as it has pairs of them.
        self.weights = np.array([1 / (one.readers - 1) for one in pairs])
        self.lengths = np.array([float(one.counts.length) for one in pairs])

    @cached_property
    def labels(self) -> Table:
        return _dense((one.counts.labels for one in self.pairs), len(LabelCounts._fields))

    @cached_property
    def mentions(self) -> Numbers:
        """Of all labels together: rows x OF_MENTIONS."""
        summed: Numbers = self.labels.counts[..., OF_MENTIONS].sum(axis=1)
        return summed

    @cached_property
    def matched(self) -> Table:
        """Mentions that both marked with the same bounds, by label: in the first, in the second, in both."""
        return _dense((_matched(one.counts) for one in self.pairs), 3)

    @cached_property
    def tokens(self) -> Table:
        return _dense((one.counts.tokens for one in self.pairs), len(TokenCounts._fields))

    @cached_property
    def links(self) -> Table:
        return _dense((one.counts.links for one in self.pairs), len(LinkCounts._fields))

    def by_article(self, rows: Numbers, *, weighted: bool = False) -> Numbers:
        """Rows of pairs summed to rows of articles."""
        if weighted:
            rows = rows * self.weights.reshape(-1, *[1] * (rows.ndim - 1))
        return np.add.reduceat(rows, self.begins, axis=0)

    def said(self, distance: Distance[Labels]) -> tuple[Numbers, Numbers, Numbers]:
        """Of what was said of the articles as a whole: how often each set of labels was given (articles x
        sets), the distances between the two of each pair (articles), and those between all sets."""
        sets = sorted({one for pair in self.pairs for one in pair.counts.said}, key=sorted)
        places = {one: place for place, one in enumerate(sets)}
        distances = distances_between(sets, distance)
        first, second = ([places[pair.counts.said[side]] for pair in self.pairs] for side in (0, 1))
        every = np.eye(len(sets))
        given = every[first] + every[second]
        apart = 2 * distances[first, second]
        return self.by_article(given, weighted=True), self.by_article(apart, weighted=True), distances


class Sample:
    """Sums of tables with one row for each article: first over all articles, then over each resample of
    articles, so each has the length 1 + resamples."""

    def __init__(self, **tables: Numbers) -> None:
        rows = len(next(iter(tables.values())))
        flat = np.concatenate([table.reshape(rows, -1) for table in tables.values()], axis=1)
        sums = np.concatenate([flat.sum(axis=0, keepdims=True), resampled(flat, SEED, RESAMPLES)])
        self._sums: dict[str, Numbers] = {}
        place = 0
        for name, table in tables.items():
            width = table[0].size
            self._sums[name] = sums[:, place : place + width].reshape(len(sums), *table.shape[1:])
            place += width

    def __getitem__(self, name: str) -> Numbers:
        return self._sums[name]


def figure(values: Numbers) -> Figure | None:
    """`[value, low, high]` of what a sample gives. None where there is nothing to divide by."""
    drawn = values[1:][~np.isnan(values[1:])]
    if np.isnan(values[0]) or not len(drawn):
        return None
    return [round(float(one), 4) for one in (values[0], *middle(drawn))]


def by_people(pairs: Sequence[ComparedPair]) -> Mapping[tuple[int, int], list[int]]:
    """The rows of each two people."""
    groups: dict[tuple[int, int], list[int]] = {}
    for row, pair in enumerate(pairs):
        groups.setdefault((pair.first, pair.second), []).append(row)
    return groups


def _dense(rows: Iterable[Mapping[str, Sequence[int]]], width: int) -> Table:
    listed = list(rows)
    names = sorted({name for row in listed for name in row})
    places = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(listed), len(names), width))
    at = np.repeat(np.arange(len(listed)), [len(row) for row in listed])
    place = np.fromiter((places[name] for row in listed for name in row), dtype=int, count=len(at))
    # Numbers in one stream: an array of 80,000 tuples takes ten times as long.
    counts = np.fromiter(chain.from_iterable(one for row in listed for one in row.values()), dtype=float)
    table[at, place] = counts.reshape(-1, width)
    return Table(names, table)


def _matched(counts: PairCounts) -> Mapping[str, Sequence[int]]:
    first, second = Counter[str](), Counter[str]()
    for (a, b), number in counts.confused.items():
        if NOTHING not in (a, b):
            first[a] += number
            second[b] += number
    same = {name: one.exact for name, one in counts.labels.items()}
    return {name: (first[name] + same[name], second[name] + same[name], same[name]) for name in same}
