"""An engine measured against gold, article by article, and the result as JSON."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.domain.evaluations.calibration import Judged, expected_calibration_error, fit, reliability
from articles.domain.measures.confusion import Cell, Kind, Pair, confusion, pair_with_gold
from articles.domain.measures.scores import Counts, Scores, Tally, score, summary
from articles.domain.spans import Span, Suggestion

ByLabel = Mapping[str, Counts]


@dataclass
class Evaluated:
    """The result after the articles so far. It holds counts and confidences, no text."""

    articles: list[int] = field(default_factory=list)
    exact: list[ByLabel] = field(default_factory=list)
    overlap: list[ByLabel] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    cells: Counter[Cell] = field(default_factory=Counter)
    judged: list[list[Judged]] = field(default_factory=list)

    def add(self, article: int, gold: Sequence[Span], found: Sequence[Suggestion]) -> list[Pair]:
        """Count one article. Returns how its entities were paired."""
        pairs = pair_with_gold(gold, found)
        in_gold = [(one.start, one.end, one.label, one.fragments) for one in gold]
        scores = score([(in_gold, [(one.start, one.end, one.label, ()) for one in found])])
        self.articles.append(article)
        self.exact += scores.exact.articles
        self.overlap += scores.overlap.articles
        self.kinds.update(pair.kind.value for pair in pairs)
        self.cells.update(confusion(pairs))
        self.judged.append([_judged(pair.found, pair.kind) for pair in pairs if pair.found])
        return pairs

    def figures(self) -> dict[str, Any]:
        """`scores.summary`, and besides: how often each kind of pair, the matrix as `[gold, engine, count]`
        with an empty name for nothing, the calibration, and the counts of each article by label as
        `[true positive, false positive, false negative]`."""
        return {
            **summary(Scores(Tally(tuple(self.exact)), Tally(tuple(self.overlap)))),
            "kinds": dict(self.kinds),
            "confusion": [[*cell, count] for cell, count in sorted(self.cells.items())],
            "calibration": _calibration(self.judged),
            "by_article": dict(zip(map(str, self.articles), map(_plain, self.exact), strict=True)),
        }


def tally_of(by_article: Mapping[str, Mapping[str, Sequence[int]]], articles: Iterable[str]) -> Tally:
    """The counts of these articles, in this order, from what `Evaluated.figures` gave."""
    return Tally(
        tuple({name: Counts(*counts) for name, counts in by_article[one].items()} for one in articles)
    )


def _judged(found: Suggestion, kind: Kind) -> Judged:
    return Judged(found.label, found.confidence, kind is Kind.RIGHT)


def _plain(by_label: ByLabel) -> dict[str, list[int]]:
    return {
        name: [counts.true_positive, counts.false_positive, counts.false_negative]
        for name, counts in by_label.items()
    }


def _calibration(judged: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    """The reliability of confidences as they are, in all and by label; what their error would be if they were
    mended by what the other half of the articles shows; and the curves that mend them."""
    rows = [one for article in judged for one in article]
    by_label = defaultdict[str, list[Judged]](list)
    for one in rows:
        by_label[one.label].append(one)
    return {
        **_reliability(rows),
        "mended": _reliability(_mended_by_the_other_half(judged))["error"],
        "labels": {label: _reliability(mine) for label, mine in sorted(by_label.items())},
        "curves": fit(rows).to_json(),
    }


def _reliability(judged: Iterable[Judged]) -> dict[str, Any]:
    bins = reliability(judged)
    error = expected_calibration_error(bins)
    return {"error": None if error is None else round(error, 4), "bins": [one.to_json() for one in bins]}


def _mended_by_the_other_half(judged: Sequence[Sequence[Judged]]) -> list[Judged]:
    halves = [[one for article in judged[side::2] for one in article] for side in (0, 1)]
    mended = list[Judged]()
    for rows, others in (halves, halves[::-1]):
        chance = fit(others)
        mended += [
            one._replace(confidence=chance(one.label, one.confidence))
            for one in rows
            if one.confidence is not None
        ]
    return mended
