"""Where days and counts lie in a drawing: areas on each other, and bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 68, 16, 12, 28
INNER_WIDTH, INNER_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
MOST_DAYS_NAMED = 7
# Of a step's room, what its bar fills.
BAR_SHARE = 0.8
Place = tuple[float, float]


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Frame:
    """A drawing, in its own units with the top at 0: steps of time across, from 0 to `top` upwards. `ahead`
    is how many steps there is room for after the last."""

    slots: Sequence[date]
    step: timedelta
    top: float
    ahead: int = 0

    @property
    def slot_width(self) -> float:
        return INNER_WIDTH / max(len(self.slots) + self.ahead, 1)

    def left_of(self, number: float) -> float:
        return round(LEFT + number * self.slot_width, 1)

    def y(self, value: float) -> float:
        return round(TOP + INNER_HEIGHT * (1 - value / self.top), 1)

    @cached_property
    def values(self) -> list[tuple[float, float]]:
        """The values to be named at the side, each with its height."""
        step = nice_step(self.top)
        return [(number * step, self.y(number * step)) for number in range(round(self.top / step) + 1)]

    @cached_property
    def days(self) -> list[tuple[date, float]]:
        """The steps to be named below, each with its middle; those ahead as well."""
        steps = len(self.slots) + self.ahead
        every = ceil(steps / MOST_DAYS_NAMED)
        return [
            (self.slots[0] + number * self.step, self.left_of(number + 0.5))
            for number in range(0, steps, every)
        ]

    def area(self, lower: Sequence[float], upper: Sequence[float]) -> str:
        """The `points` of a polygon between two lines, a value a step each."""
        there = [f"{self.left_of(n + 0.5)},{self.y(value)}" for n, value in enumerate(upper)]
        back = [f"{self.left_of(n + 0.5)},{self.y(value)}" for n, value in enumerate(lower)]
        return " ".join([*there, *reversed(back)])

    def cone(self, value: float, goal: float, waits: tuple[timedelta, timedelta]) -> str:
        """The `points` of what lies between two straight ways from the last step's value to a goal, which is
        reached after the shorter or the longer wait, as far as there is room."""
        now, edge = len(self.slots) - 0.5, float(LEFT + INNER_WIDTH)
        origin = (self.left_of(now), self.y(value))
        soon, late = ((self.left_of(now + wait / self.step), self.y(goal)) for wait in waits)
        corner = [(edge, self.y(goal))] if soon[0] < edge < late[0] else []
        ends = [self._towards(origin, soon, edge), *corner, self._towards(origin, late, edge)]
        return " ".join(f"{x},{y}" for x, y in [origin, *ends])

    @staticmethod
    def _towards(origin: Place, aim: Place, edge: float) -> Place:
        (x, y), (aim_x, aim_y) = origin, aim
        if aim_x <= edge:
            return aim
        return edge, round(y + (aim_y - y) * (edge - x) / (aim_x - x), 1)

    def bar(self, number: int, lower: float, upper: float) -> Bar:
        """The bar of a step, from one value to another."""
        margin = self.slot_width * (1 - BAR_SHARE) / 2
        return Bar(
            round(self.left_of(number) + margin, 1),
            self.y(upper),
            round(self.slot_width * BAR_SHARE, 1),
            round(self.y(lower) - self.y(upper), 1),
        )


def nice_step(largest: float, most: int = 5) -> float:
    """1, 2 or 5 times a power of ten, so that at most so many of them reach the largest value."""
    if largest <= most:
        return 1
    power = 10.0 ** floor(log10(largest / most))
    return next(times * power for times in (1, 2, 5, 10) if times * power * most >= largest)


def nice_top(largest: float) -> float:
    """The first step that is not below the largest value; at least one."""
    step = nice_step(largest)
    return max(step, ceil(largest / step) * step)


def stacked(series: Sequence[Sequence[float]]) -> Iterator[tuple[list[float], list[float]]]:
    """Each series on those before it: its lower and upper line."""
    lower = [0.0] * len(series[0]) if series else []
    for values in series:
        upper = [low + value for low, value in zip(lower, values, strict=True)]
        yield lower, upper
        lower = upper
