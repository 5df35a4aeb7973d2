"""What an engine's confidence is worth: how often it is right when it says so, and a curve that mends it.

Reliability diagram and expected calibration error: Guo, Pleiss, Sun & Weinberger, "On Calibration of Modern
Neural Networks", ICML 2017. The curve is isotonic regression (Zadrozny & Elkan, KDD 2002) by pool adjacent
violators (Ayer et al. 1955), with straight lines between the pools' centres instead of steps (Oron & Flournoy
2017). Alone it overfits where little is known (Niculescu-Mizil & Caruana, ICML 2005); so each point is drawn
towards what was believed before, as by `PRIOR_WEIGHT` observations more (Cestnik's m-estimate, ECAI 1990): a
label's curve towards that of its engine, an engine's towards what it says itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil
from typing import Any, NamedTuple

BINS = 10
PRIOR_WEIGHT = 5.0
# A point of a curve stands for at least so many observations, unless there are fewer at all.
OBSERVATIONS_A_POINT = 20
MOST_POINTS = 25


class Judged(NamedTuple):
    """A suggestion, and whether it is right by gold. `confidence` is in [0, 1], None where the engine gives
    none."""

    label: str
    confidence: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The suggestions with a confidence in `(lower, upper]`: how many, their mean confidence, and the
    proportion that is right."""

    lower: float
    upper: float
    count: int
    confidence: float
    right: float

    def to_json(self) -> list[float]:
        return [self.lower, self.upper, self.count, round(self.confidence, 4), round(self.right, 4)]

    @classmethod
    def from_json(cls, data: Sequence[float]) -> Bin:
        lower, upper, count, confidence, right = data
        return cls(lower, upper, int(count), confidence, right)


def reliability(judged: Iterable[Judged], bins: int = BINS) -> list[Bin]:
    """The bins of a reliability diagram that are not empty, of equal width. Suggestions without a confidence
    are left out."""
    inside = defaultdict[int, list[tuple[float, bool]]](list)
    for _, confidence, right in judged:
        if confidence is not None:
            # Rounded before the cut: 0.7 * 10 is a little more than 7.
            number = ceil(round(confidence * bins, 9)) - 1
            inside[max(number, 0)].append((confidence, right))
    return [_bin(number / bins, (number + 1) / bins, rows) for number, rows in sorted(inside.items())]


def expected_calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance between confidence and the proportion that is right, with each bin weighted by its
    number of suggestions; None without any."""
    count = sum(one.count for one in bins)
    return sum(one.count * abs(one.right - one.confidence) for one in bins) / count if count else None


@dataclass(frozen=True, slots=True)
class Curve:
    """How likely a suggestion is right. `points` give it by confidence (both rise); a suggestion without
    confidence has a chance of its own."""

    points: tuple[tuple[float, float], ...] = ()
    unknown: float = 0.5

    def __call__(self, confidence: float | None) -> float:
        """In [0, 1]. Straight between two points, level after the last; before the first straight from 0, for
        a point stands for the middle of many: what an engine hardly believes is not as likely right."""
        if confidence is None:
            return self.unknown
        if not self.points:
            return confidence
        place = bisect_right(self.points, confidence, key=lambda point: point[0])
        if place == len(self.points):
            return self.points[-1][1]
        (x0, y0), (x1, y1) = self.points[place - 1] if place else (0.0, 0.0), self.points[place]
        return y0 + (y1 - y0) * (confidence - x0) / (x1 - x0)

    def to_json(self) -> dict[str, Any]:
        return {"points": [list(point) for point in self.points], "unknown": self.unknown}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Curve:
        return cls(tuple((float(x), float(y)) for x, y in data["points"]), float(data["unknown"]))


@dataclass(frozen=True, slots=True)
class Calibrator:
    """The curves of one engine: one for all its labels together, and one for each. An empty calibrator leaves
    confidences as they are."""

    whole: Curve = Curve()
    labels: Mapping[str, Curve] = field(default_factory=dict)

    def __call__(self, label: str, confidence: float | None) -> float:
        """How likely a suggestion with this label and confidence is right, in [0, 1]."""
        return self.labels.get(label, self.whole)(confidence)

    def to_json(self) -> dict[str, Any]:
        labels = {label: curve.to_json() for label, curve in self.labels.items()}
        return {"whole": self.whole.to_json(), "labels": labels}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibrator:
        """Raises KeyError, TypeError or ValueError for what `to_json` has not made."""
        labels = {label: Curve.from_json(curve) for label, curve in data["labels"].items()}
        return cls(Curve.from_json(data["whole"]), labels)


def fit(judged: Iterable[Judged]) -> Calibrator:
    """The curves that one engine's judged suggestions give. A higher confidence never gives a lower
    chance."""
    rows = list(judged)
    whole = fit_curve(rows, Curve())
    by_label = defaultdict[str, list[Judged]](list)
    for one in rows:
        by_label[one.label].append(one)
    return Calibrator(whole, {label: fit_curve(mine, whole) for label, mine in sorted(by_label.items())})


def fit_curve(judged: Iterable[Judged], prior: Callable[[float | None], float]) -> Curve:
    """One curve. `prior` gives the chance for a confidence as long as there are few observations."""
    rows = list(judged)
    without = [one.right for one in rows if one.confidence is None]
    unknown = _drawn(sum(without), len(without), prior(None))
    known = sorted((one.confidence, one.right) for one in rows if one.confidence is not None)
    blocks = [_block(points, prior) for points in _in_points(known)]
    points = ((round(block.confidence, 6), round(block.right, 6)) for block in _pooled(blocks))
    return Curve(tuple(points), unknown)


class _Block(NamedTuple):
    """Neighbouring observations on the curve: their weight, their mean confidence, and the proportion that is
    right."""

    weight: float
    confidence: float
    right: float

    def with_next(self, other: _Block) -> _Block:
        weight = self.weight + other.weight
        return _Block(
            weight,
            (self.weight * self.confidence + other.weight * other.confidence) / weight,
            (self.weight * self.right + other.weight * other.right) / weight,
        )


def _pooled(blocks: Iterable[_Block]) -> list[_Block]:
    """Pool adjacent violators: the nearest rising sequence, by least squares."""
    rising: list[_Block] = []
    for block in blocks:
        rising.append(block)
        while len(rising) > 1 and rising[-2].right >= rising[-1].right:
            last = rising.pop()
            rising[-1] = rising[-1].with_next(last)
    return rising


def _block(points: Sequence[tuple[float, bool]], prior: Callable[[float | None], float]) -> _Block:
    confidence = sum(one for one, _ in points) / len(points)
    right = sum(right for _, right in points)
    return _Block(len(points) + PRIOR_WEIGHT, confidence, _drawn(right, len(points), prior(confidence)))


def _drawn(right: int, count: int, prior: float) -> float:
    return (right + PRIOR_WEIGHT * prior) / (count + PRIOR_WEIGHT)


def _in_points(known: Sequence[tuple[float, bool]]) -> Iterable[list[tuple[float, bool]]]:
    """The observations in order of confidence, cut into lots of about the same size. The same confidence is
    never in two lots, and has one of its own where that is large enough: many engines know few values."""
    size = max(OBSERVATIONS_A_POINT, len(known) // MOST_POINTS)
    lots: list[list[tuple[float, bool]]] = []
    for _, rows in groupby(known, key=lambda row: row[0]):
        equal = list(rows)
        if lots and len(lots[-1]) < size and len(equal) < size:
            lots[-1].extend(equal)
        else:
            lots.append(equal)
    return lots


def _bin(lower: float, upper: float, rows: Sequence[tuple[float, bool]]) -> Bin:
    confidence = sum(one for one, _ in rows) / len(rows)
    return Bin(lower, upper, len(rows), confidence, sum(right for _, right in rows) / len(rows))
