"""What is drawn of a project's progress, each with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from django.utils.translation import gettext

from articles.domain.charts.chart import Cell, Chart, Series, Table
from articles.domain.progress.burn_up import DayStanding
from articles.domain.progress.forecast import HORIZON, Forecast
from articles.domain.progress.periods import Period
from articles.queries.progress.history import ByDayAndUser

FEWEST_STEPS_AHEAD = 4


def articles_chart(
    standings: Sequence[DayStanding], period: Period, ahead: Forecast | None, today: date
) -> Chart:
    """Where articles stood at the end of each step; and between what the gold will probably grow."""
    areas = [
        Series("gold", gettext("Gold"), [one.gold for one in standings]),
        Series("submitted", gettext("Handed in"), [one.handed_in for one in standings]),
        Series("in_progress", gettext("In progress"), [one.at_work for one in standings]),
        Series("new", gettext("Not begun"), [one.not_begun for one in standings]),
    ]
    chart = Chart(
        "articles",
        gettext("Articles by where they stand"),
        gettext("articles"),
        period,
        table_of(period, [*areas, Series("", gettext("All"), [one.total for one in standings])]),
        areas=areas,
        ahead=_steps_ahead(period, ahead, today),
    )
    if ahead is None or not chart.ahead:
        return chart
    return replace(chart, cone=_cone(chart, standings[-1], ahead, today))


def handed_in_chart(
    done: ByDayAndUser, approved: Mapping[date, int] | None, names: Mapping[int, str], period: Period
) -> Chart:
    """What annotators handed in, and beside it what reviewers approved, where the caller may see that."""
    everybody = Series("submitted", gettext("Handed in"), _together(done, period))
    lines = [Series("gold", gettext("Became gold"), period.sums(approved))] if approved is not None else []
    return Chart(
        "handed-in",
        gettext("Articles handed in"),
        gettext("articles"),
        period,
        table_of(period, [everybody, *lines, *_each(done, names, period)]),
        bars=[everybody],
        lines=lines,
    )


def active_time_chart(seconds: ByDayAndUser, names: Mapping[int, str], period: Period) -> Chart:
    """Hours at work, without pauses."""
    everybody = Series("time", gettext("Active time"), _hours(_together(seconds, period)))
    each = [Series("", one.title, _hours(one.values)) for one in _each(seconds, names, period)]
    return Chart(
        "active-time",
        gettext("Active time"),
        gettext("hours"),
        period,
        table_of(period, [everybody, *(each if len(each) > 1 else [])]),
        bars=[everybody],
    )


def table_of(period: Period, series: Sequence[Series]) -> Table:
    """A row a step, a column a series."""
    head = gettext("Week from") if period.is_weekly else gettext("Day")
    rows = [
        list[Cell]([day, *(one.values[number] for one in series)]) for number, day in enumerate(period.slots)
    ]
    return Table([head, *(one.title for one in series)], rows)


def _each(figures: ByDayAndUser, names: Mapping[int, str], period: Period) -> list[Series]:
    """A series a person, by name."""
    return [
        Series("", names[user], period.sums(figures[user]))
        for user in sorted(figures, key=lambda user: (names[user], user))
    ]


def _together(figures: ByDayAndUser, period: Period) -> list[int]:
    sums = [period.sums(one) for one in figures.values()]
    return [sum(step) for step in zip(*sums, strict=True)] or [0] * len(period.slots)


def _hours(seconds: Sequence[float]) -> list[float]:
    return [round(one / 3_600, 2) for one in seconds]


def _steps_ahead(period: Period, ahead: Forecast | None, today: date) -> int:
    """Room for the forecast, never more than half of what was; none where the period ended before today."""
    if ahead is None or period.last != today:
        return 0
    most = max(len(period.slots) // 2, FEWEST_STEPS_AHEAD)
    return min(ceil((ahead.late - today) / period.step) + 1, most) if ahead.late else most


def _cone(chart: Chart, now: DayStanding, ahead: Forecast, today: date) -> str:
    beyond = today + timedelta(days=HORIZON)
    waits = ((ahead.early or beyond) - today, (ahead.late or beyond) - today)
    return chart.frame.cone(now.gold, now.total, waits)
