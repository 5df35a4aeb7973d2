"""A stretch of days, cut into days or weeks so that a drawing of it can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

# Beyond so many days a bar for each would be too thin to point at.
MOST_SINGLE_DAYS = 62
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    @cached_property
    def step(self) -> timedelta:
        """A day, or a week where the period is long."""
        return A_DAY if (self.last - self.first).days < MOST_SINGLE_DAYS else A_WEEK

    @property
    def is_weekly(self) -> bool:
        return self.step == A_WEEK

    @cached_property
    def slots(self) -> Sequence[date]:
        """The first day of each step. Weeks begin on Monday, the first of them perhaps before the period."""
        begin = self.first - timedelta(days=self.first.weekday()) if self.is_weekly else self.first
        return [begin + number * self.step for number in range((self.last - begin) // self.step + 1)]

    def end_of(self, slot: date) -> date:
        """The last day of a step that lies within the period."""
        return min(slot + self.step - A_DAY, self.last)

    def sums(self, by_day: Mapping[date, int]) -> list[int]:
        """What the days of each step come to."""
        sums = [0] * len(self.slots)
        for day, count in by_day.items():
            if self.first <= day <= self.last:
                sums[(day - self.slots[0]) // self.step] += count
        return sums
