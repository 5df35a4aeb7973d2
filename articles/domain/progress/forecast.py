"""When all articles will be done if work goes on as in the last weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

# What lately is, and what is too little to say anything of: days looked at, and days with work among them.
LATELY = 28
FEWEST_DAYS, FEWEST_WORKDAYS = 10, 5
# Nobody plans further ahead than two years by four weeks of work.
HORIZON = 730
RUNS, SEED = 1_000, 20
# The middle 80 %: of ten projects one ends before `early` and one after `late`.
EARLY, MIDDLE, LATE = 0.1, 0.5, 0.9


@dataclass(frozen=True)
class Forecast:
    """The day on which the last article is done: half of all draws end by `middle`, one in ten before `early`
    and one in ten after `late`. None of them is later than `HORIZON` days from now."""

    early: date | None
    middle: date | None
    late: date | None
    per_week: float
    days: int

    @property
    def rounded_pace(self) -> float:
        """Articles a week, rounded to what the data can tell."""
        return round(self.per_week, 0 if self.per_week >= 10 else 1)


def forecast(finished: Mapping[date, int], remaining: int, today: date) -> Forecast | None:
    """From how many articles were finished on each day. None where nothing remains, or where the last four
    weeks have too few days to tell; today does not count, for it is not over.

    Days to come are drawn from days that were, as is done with throughput in planning (Vacanti, "Actionable
    Agile Metrics for Predictability", 2015). Each run draws first which days it takes for a sample, because
    so few of them show the pace only roughly (the bootstrap, Efron 1979).
    """
    counts = _lately(finished, today)
    if remaining <= 0 or len(counts) < FEWEST_DAYS or sum(map(bool, counts)) < FEWEST_WORKDAYS:
        return None
    random = np.random.default_rng(SEED)
    samples = np.array(counts, dtype=np.int64)[random.integers(len(counts), size=(RUNS, len(counts)))]
    drawn = random.integers(len(counts), size=(RUNS, HORIZON))
    done = np.cumsum(np.take_along_axis(samples, drawn, axis=1), axis=1)
    needed = np.sort((done < remaining).sum(axis=1))
    early, middle, late = (_day(int(needed[int(RUNS * share)]), today) for share in (EARLY, MIDDLE, LATE))
    return Forecast(early, middle, late, 7 * sum(counts) / len(counts), len(counts))


def _lately(finished: Mapping[date, int], today: date) -> list[int]:
    """The number of articles day by day up to yesterday, since work began, and for four weeks at most."""
    began = min((day for day, count in finished.items() if count), default=today)
    days = min((today - began).days, LATELY)
    return [finished.get(today - timedelta(days=back), 0) for back in range(days, 0, -1)]


def _day(unfinished_days: int, today: date) -> date | None:
    """The first day after `unfinished_days` full days from today."""
    return today + timedelta(days=unfinished_days) if unfinished_days < HORIZON else None
