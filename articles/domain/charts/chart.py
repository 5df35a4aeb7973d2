"""Series over time, ready to be drawn, read as a table, and downloaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from articles.domain.charts.plots import Bar, Frame, nice_top, stacked
from articles.domain.progress.periods import Period

Cell = date | str | int | float | None


@dataclass(frozen=True)
class Series:
    """`key` says which colour it has; a value for each step of the period."""

    key: str
    title: str
    values: Sequence[float]


@dataclass(frozen=True)
class Column:
    """What one step of time says, and where it can be pointed at."""

    day: date
    left: float
    width: float
    values: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Table:
    """What a drawing shows and perhaps more, in figures. The first cell of a row is its head."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Shape:
    """A polygon or line in the colour of a series."""

    key: str
    points: str


@dataclass(frozen=True)
class Chart:
    """`name` is that of its table, `unit` what its values count. Series of `areas` and `bars` lie on each
    other in their order; those of `lines` do not. `ahead` leaves room for steps to come."""

    name: str
    title: str
    unit: str
    period: Period
    table: Table
    areas: Sequence[Series] = ()
    bars: Sequence[Series] = ()
    lines: Sequence[Series] = ()
    ahead: int = 0
    cone: str = ""

    @cached_property
    def series(self) -> list[Series]:
        """As a legend names them: what lies on top first."""
        return [*self.lines, *reversed(self.bars), *reversed(self.areas)]

    @cached_property
    def frame(self) -> Frame:
        heights = [upper for _, upper in (*self._stacked(self.areas), *self._stacked(self.bars))]
        heights += [list(one.values) for one in self.lines]
        largest = max((value for one in heights for value in one), default=0)
        return Frame(self.period.slots, self.period.step, nice_top(largest), self.ahead)

    @property
    def is_empty(self) -> bool:
        return not any(value for one in self.series for value in one.values)

    @property
    def area_shapes(self) -> list[Shape]:
        stack = self._stacked(self.areas)
        return [Shape(one.key, self.frame.area(*lines)) for one, lines in zip(self.areas, stack, strict=True)]

    @property
    def line_shapes(self) -> list[Shape]:
        slots = self.period.slots
        return [
            Shape(one.key, " ".join(f"{x},{self.frame.y(v)}" for x, v in self._points(slots, one)))
            for one in self.lines
        ]

    @property
    def bar_shapes(self) -> Iterator[tuple[str, Bar]]:
        for one, (lower, upper) in zip(self.bars, self._stacked(self.bars), strict=True):
            for number, (low, high) in enumerate(zip(lower, upper, strict=True)):
                if high > low:
                    yield one.key, self.frame.bar(number, low, high)

    @property
    def columns(self) -> list[Column]:
        width = round(self.frame.slot_width, 1)
        return [
            Column(
                day,
                self.frame.left_of(number),
                width,
                [(one.title, one.values[number]) for one in self.series],
            )
            for number, day in enumerate(self.period.slots)
        ]

    def _points(self, slots: Sequence[date], one: Series) -> Iterator[tuple[float, float]]:
        for number, value in zip(range(len(slots)), one.values, strict=True):
            yield self.frame.left_of(number + 0.5), value

    @staticmethod
    def _stacked(series: Sequence[Series]) -> list[tuple[list[float], list[float]]]:
        return list(stacked([one.values for one in series]))
