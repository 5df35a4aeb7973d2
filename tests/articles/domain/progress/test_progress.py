from __future__ import annotations

from datetime import date, timedelta

from articles.domain.charts.chart import Chart, Series, Table
from articles.domain.charts.plots import INNER_WIDTH, LEFT, TOP, Frame, nice_step, nice_top
from articles.domain.progress.burn_up import burn_up
from articles.domain.progress.forecast import FEWEST_DAYS, FEWEST_WORKDAYS, HORIZON, forecast
from articles.domain.progress.periods import Period

MONDAY = date(2026, 3, 2)
TODAY = date(2026, 3, 30)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def worked(count: int, *, every_day: int) -> dict[date, int]:
    """The same amount on each of the days before today."""
    return {TODAY - days(back): every_day for back in range(1, count + 1)}


def test_a_short_period_goes_day_by_day_and_a_long_one_week_by_week() -> None:
    short = Period(MONDAY, MONDAY + days(9))
    assert (len(short.slots), short.slots[0], short.slots[-1]) == (10, MONDAY, MONDAY + days(9))
    long = Period(MONDAY + days(2), MONDAY + days(2 + 70))
    assert long.is_weekly
    assert long.slots[0] == MONDAY
    assert all(slot.weekday() == 0 for slot in long.slots)
    assert long.end_of(long.slots[-1]) == long.last


def test_sums_take_every_day_of_the_period_once_and_no_other() -> None:
    long = Period(MONDAY + days(2), MONDAY + days(72))
    counts = {MONDAY + days(number): 1 for number in range(-10, 90)}
    assert sum(long.sums(counts)) == 71
    assert long.sums(counts)[:2] == [5, 7]


def test_every_article_is_counted_once_a_day_where_it_stands() -> None:
    reached = {
        MONDAY - days(30): {"came": 5},
        MONDAY: {"begun": 2, "handed_in": 1},
        MONDAY + days(1): {"came": 1, "gold": 1, "handed_in": 1},
    }
    first, second, third = burn_up(reached, Period(MONDAY, MONDAY + days(2)))
    assert (first.gold, first.handed_in, first.at_work, first.not_begun) == (0, 1, 1, 3)
    assert (second.gold, second.handed_in, second.at_work, second.not_begun) == (1, 1, 0, 4)
    assert (third.total, third.day) == (6, MONDAY + days(2))


def test_nothing_imported_is_nothing_everywhere() -> None:
    assert [one.total for one in burn_up({}, Period(MONDAY, MONDAY + days(1)))] == [0, 0]


def test_a_steady_pace_says_the_very_day() -> None:
    found = forecast(worked(28, every_day=4), 40, TODAY)
    assert found is not None
    # Ten full days, the first of them today.
    assert found.early == found.middle == found.late == TODAY + days(9)
    assert (found.per_week, found.days) == (28, 28)


def test_an_uneven_pace_gives_a_range_around_the_steady_one() -> None:
    finished = {TODAY - days(back): 14 for back in range(1, 29, 3)}
    found = forecast(finished, 500, TODAY)
    assert found is not None
    assert found.early is not None
    assert found.middle is not None
    assert found.late is not None
    assert found.early < found.middle < found.late
    assert found.early < TODAY + days(100) < found.late
    assert found == forecast(finished, 500, TODAY)


def test_too_few_days_forecast_nothing() -> None:
    assert forecast(worked(FEWEST_DAYS - 1, every_day=9), 40, TODAY) is None
    assert forecast(worked(FEWEST_DAYS, every_day=9), 40, TODAY) is not None
    rarely = {TODAY - days(2 * back): 9 for back in range(1, FEWEST_WORKDAYS)}
    assert forecast({**rarely, TODAY - days(20): 0}, 40, TODAY) is None
    assert forecast({TODAY: 100}, 40, TODAY) is None


def test_a_finished_project_needs_no_forecast() -> None:
    assert forecast(worked(28, every_day=4), 0, TODAY) is None


def test_work_that_rested_for_four_weeks_forecasts_nothing() -> None:
    long_ago = {TODAY - days(back): 9 for back in range(40, 80)}
    assert forecast(long_ago, 40, TODAY) is None


def test_what_takes_longer_than_two_years_has_no_date() -> None:
    found = forecast(worked(28, every_day=1), HORIZON * 2, TODAY)
    assert found is not None
    assert (found.early, found.late) == (None, None)


def test_values_at_the_side_are_round_and_reach_the_largest() -> None:
    assert [nice_top(value) for value in (0, 1, 7, 12, 99, 101, 10_000)] == [1, 1, 8, 15, 100, 150, 10_000]
    assert nice_step(10_000) == 2_000


def test_a_cone_ends_at_the_edge_of_the_drawing() -> None:
    frame = Frame([MONDAY + days(n) for n in range(10)], days(1), 100, ahead=5)
    inside = frame.cone(50, 100, (days(2), days(3)))
    assert len(inside.split()) == 3
    beyond = frame.cone(50, 100, (days(2), days(500))).split()
    assert len(beyond) == 4
    assert f"{float(LEFT + INNER_WIDTH)},{float(TOP)}" in beyond


def test_a_chart_tells_each_step_and_draws_no_empty_bar() -> None:
    period = Period(MONDAY, MONDAY + days(2))
    chart = Chart(
        "name", "Title", "articles", period, Table([], []), bars=[Series("gold", "Gold", [3, 0, 6])]
    )
    assert [column.values for column in chart.columns] == [[("Gold", 3)], [("Gold", 0)], [("Gold", 6)]]
    (_, first), (_, last) = chart.bar_shapes
    assert last.height == 2 * first.height
    assert chart.columns[0].left <= first.x
    assert not chart.is_empty
