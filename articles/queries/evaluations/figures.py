"""The figures of one evaluation, as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from articles.domain.evaluations.calibration import Bin
from articles.domain.measures.confusion import NOTHING


@dataclass(frozen=True)
class LabelRow:
    """How an engine does on one label. Figures are `[value, low, high]`."""

    name: str
    support: int
    suggested: int
    exact: Mapping[str, Any]
    overlap_f1: float
    calibration_error: float | None


def label_rows(figures: Mapping[str, Any]) -> list[LabelRow]:
    """The label that gold has most often first."""
    calibrated = figures["calibration"]["labels"]
    rows = [
        LabelRow(
            name,
            exact["true_positive"] + exact["false_negative"],
            exact["true_positive"] + exact["false_positive"],
            exact,
            figures["overlap"]["labels"][name]["f1"][0],
            calibrated.get(name, {}).get("error"),
        )
        for name, exact in figures["exact"]["labels"].items()
    ]
    return sorted(rows, key=lambda row: (-row.support, row.name))


@dataclass(frozen=True)
class Cell:
    """How often the engine said `found`; `shade` is from 0 to 4, the more of the confusions the darker."""

    found: str
    count: int
    shade: int


@dataclass(frozen=True)
class Matrix:
    """Gold's labels down, the engine's across; `NOTHING` comes first."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]


def matrix_of(figures: Mapping[str, Any]) -> Matrix:
    cells = {(gold, found): count for gold, found, count in figures["confusion"]}
    names = [row.name for row in label_rows(figures)]
    largest = max((count for (gold, found), count in cells.items() if gold != found), default=1)
    columns = [NOTHING, *names]

    def cell(gold: str, found: str) -> Cell:
        count = cells.get((gold, found), 0)
        return Cell(found, count, 0 if gold == found else ceil(4 * count / largest))

    return Matrix(columns, [(gold, [cell(gold, found) for found in columns]) for gold in columns])


@dataclass(frozen=True)
class Diagram:
    """A reliability diagram of 200 by 200: for each bin its bar, and where its mean confidence lies."""

    bins: Sequence[Bin]
    bars: Sequence[Mapping[str, float]]


def diagram_of(figures: Mapping[str, Any]) -> Diagram:
    bins = [Bin.from_json(one) for one in figures["calibration"]["bins"]]
    bars = [
        {
            "x": 200 * one.lower + 1,
            "width": 200 * (one.upper - one.lower) - 2,
            "y": 200 * (1 - one.right),
            "height": 200 * one.right,
            "at": 200 * one.confidence,
        }
        for one in bins
    ]
    return Diagram(bins, bars)
