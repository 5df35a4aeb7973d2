"""Where the points of a learning curve lie in a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 12, 32


@dataclass(frozen=True)
class Point:
    """A measurement: `size` to learn from, a value between 0 and 1, and its interval."""

    size: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class PlacedPoint:
    """A point in the drawing, in its own units, with the top at 0."""

    point: Point
    x: float
    y: float
    low_y: float
    high_y: float


def placed(points: Sequence[Point]) -> list[PlacedPoint]:
    """By size from 0 to the largest, and by value from 0 to 1."""
    largest = max((one.size for one in points), default=1)
    return [
        PlacedPoint(
            one,
            round(LEFT + (WIDTH - LEFT - RIGHT) * one.size / largest, 1),
            height_of(one.value),
            height_of(one.low),
            height_of(one.high),
        )
        for one in points
    ]


def height_of(value: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value), 1)


# The values that are named at the side of a drawing, each with its height.
GRID = [(value, height_of(value)) for value in (0, 0.25, 0.5, 0.75, 1)]


def line(found: Sequence[PlacedPoint]) -> str:
    """The `points` of a polyline through the values."""
    return " ".join(f"{one.x},{one.y}" for one in found)


def band(found: Sequence[PlacedPoint]) -> str:
    """The `points` of a polygon around the intervals."""
    there = [f"{one.x},{one.high_y}" for one in found]
    return " ".join(there + [f"{one.x},{one.low_y}" for one in reversed(found)])
