from __future__ import annotations

from articles.domain.charts.curve import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Point,
    band,
    height_of,
    line,
    placed,
)


def test_the_drawing_holds_every_point() -> None:
    found = placed([Point(5, 0.0, 0.0, 0.5), Point(10, 1.0, 0.5, 1.0)])
    assert [(one.x, one.y) for one in found] == [
        ((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM),
        (WIDTH - RIGHT, TOP),
    ]
    assert found[0].high_y == height_of(0.5)


def test_a_band_goes_there_and_back() -> None:
    found = placed([Point(5, 0.5, 0.4, 0.6), Point(10, 0.7, 0.6, 0.8)])
    assert line(found).count(",") == 2
    first, *_, last = band(found).split()
    assert first == f"{found[0].x},{found[0].high_y}"
    assert last == f"{found[0].x},{found[0].low_y}"


def test_nothing_is_drawn_of_nothing() -> None:
    assert placed([]) == []
    assert line([]) == band([]) == ""
