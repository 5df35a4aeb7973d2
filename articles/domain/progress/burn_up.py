"""How many articles stood where, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from articles.domain.progress.periods import A_DAY, Period

# What an article goes through. `handed_in` is by all annotators it should have.
MILESTONES = ("came", "begun", "handed_in", "gold")
Reached = Mapping[date, Mapping[str, int]]  # on that day, so many articles reached that milestone


@dataclass(frozen=True, slots=True)
class DayStanding:
    """How many articles had reached each status at the end of a day. Each article is counted once."""

    day: date
    gold: int
    handed_in: int
    at_work: int
    not_begun: int

    @property
    def total(self) -> int:
        return self.gold + self.handed_in + self.at_work + self.not_begun


def burn_up(reached: Reached, period: Period) -> list[DayStanding]:
    """At the end of each of the period's steps. What was reached before the period counts."""
    ends = {period.end_of(slot) for slot in period.slots}
    return [one for one in _day_by_day(reached, period) if one.day in ends]


def _day_by_day(reached: Reached, period: Period) -> Iterator[DayStanding]:
    """From the first day on which anything was reached, or of the period."""
    sums, day = Counter[str](), min([period.first, *reached])
    while day <= period.last:
        sums.update(reached.get(day, {}))
        came, begun, handed_in, gold = (sums[name] for name in MILESTONES)
        yield DayStanding(day, gold, handed_in - gold, begun - handed_in, came - begun)
        day += A_DAY


def finished_by_day(reached: Reached, milestone: str) -> dict[date, int]:
    return {day: counts[milestone] for day, counts in reached.items() if counts.get(milestone)}
