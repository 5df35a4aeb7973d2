"""A project's progress in a period, as far as the caller may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from django.utils import timezone

from annotator.users.models import Project, User
from articles.access.caller import Caller
from articles.domain.charts.chart import Chart, Table
from articles.domain.progress.burn_up import DayStanding, burn_up, finished_by_day
from articles.domain.progress.forecast import Forecast, forecast
from articles.domain.progress.periods import A_DAY, Period
from articles.queries.agreement.figures import AgreementFilter, agreement_of
from articles.queries.agreement.page import Trend, trend_of
from articles.queries.assignments.workloads import Person as PersonAtWork
from articles.queries.assignments.workloads import people_at_work
from articles.queries.known_gold.figures import KnownScore, own_score
from articles.queries.progress.charts import active_time_chart, articles_chart, handed_in_chart
from articles.queries.progress.history import (
    ByDayAndUser,
    active_seconds,
    handed_in,
    manages,
    reached_by_day,
    sees_others,
)
from articles.queries.progress.labels import LabelShare, LabelTable, labels_by_people, labels_in_gold
from articles.queries.progress.loose_ends import LooseEnds, loose_ends
from articles.queries.progress.people import Person, people_of
from articles.queries.progress.quality import Reviewer, planted, reviewers
from articles.queries.progress.tables import (
    agreement_table,
    engines_table,
    labels_by_people_table,
    labels_table,
)
from articles.queries.suggestions.effect import EngineAnswers, answers_by_engine
from articles.queries.suggestions.guard import WrongSuggestions

# Enough to say which share of suggestions is accepted, and soon counted.
LATEST_READINGS = 500


def began_on(project: Project) -> date:
    """The day before the project's first: nothing is older, and on that first day a line begins there."""
    return timezone.localdate(project.created_at) - A_DAY


class Progress:
    """Each figure is asked for once, when it is needed. What the caller may not see is None or empty."""

    def __init__(self, caller: Caller, period: Period) -> None:
        self.caller, self.period, self.today = caller, period, timezone.localdate()
        self.sees_others, self.manages = sees_others(caller), manages(caller)

    @property
    def is_up_to_today(self) -> bool:
        return self.period.last == self.today

    # --- articles

    @cached_property
    def standings(self) -> Sequence[DayStanding]:
        return burn_up(self._reached, self.period) if self.sees_others else []

    @cached_property
    def now(self) -> DayStanding:
        """Where articles stand today, whatever the period."""
        return burn_up(self._reached, Period(self.today, self.today))[-1]

    @cached_property
    def until_gold(self) -> Forecast | None:
        """When all articles will be gold."""
        return self._forecast("gold")

    @cached_property
    def until_handed_in(self) -> Forecast | None:
        """When all articles will have been handed in by all their annotators."""
        return self._forecast("handed_in")

    @cached_property
    def articles(self) -> Chart | None:
        if not self.sees_others:
            return None
        return articles_chart(self.standings, self.period, self.until_gold, self.today)

    # --- people

    @cached_property
    def done(self) -> ByDayAndUser:
        """Articles handed in."""
        return handed_in(self.caller, self.period)

    @cached_property
    def seconds(self) -> ByDayAndUser:
        """Active time."""
        return active_seconds(self.caller, self.period)

    @cached_property
    def users(self) -> Mapping[int, User]:
        """Everybody in `done` and `seconds`."""
        return User.objects.in_bulk(self.done.keys() | self.seconds.keys())

    @cached_property
    def handed_in(self) -> Chart:
        approved = finished_by_day(self._reached, "gold") if self.sees_others else None
        return handed_in_chart(self.done, approved, self._names, self.period)

    @cached_property
    def active_time(self) -> Chart:
        return active_time_chart(self.seconds, self._names, self.period)

    @cached_property
    def people(self) -> Sequence[Person]:
        return people_of(self.caller, self.period, self.done, self.seconds, self.users)

    @property
    def most_handed_in(self) -> int:
        """By one person in one step."""
        return max((count for one in self.people for count in one.handed_in), default=0)

    @property
    def knows_times(self) -> bool:
        """Whether there is anybody whose time the caller may see."""
        return any(one.pace for one in self.people)

    @cached_property
    def loose_ends(self) -> LooseEnds:
        return loose_ends(self.caller)

    @cached_property
    def workloads(self) -> Sequence[PersonAtWork]:
        found = people_at_work(self.caller.project) if self.manages else []
        return [one for one in found if one.work.open]

    # --- what was marked, and how well

    @cached_property
    def labels(self) -> Sequence[LabelShare]:
        return labels_in_gold(self.caller, self.period) if self.sees_others else []

    @cached_property
    def labels_by_people(self) -> LabelTable:
        return labels_by_people(self.caller, self.period)

    @cached_property
    def reviewers(self) -> Sequence[Reviewer]:
        return reviewers(self.caller, self.period) if self.sees_others else []

    @cached_property
    def planted(self) -> WrongSuggestions:
        return planted(self.caller)

    @cached_property
    def known(self) -> KnownScore:
        """Of the caller's own readings of known articles."""
        return own_score(self.caller.project, self.caller.user)

    @cached_property
    def engines(self) -> Sequence[EngineAnswers]:
        return answers_by_engine(self.caller.project, LATEST_READINGS) if self.sees_others else []

    @cached_property
    def agreement(self) -> Trend | None:
        if not self.sees_others:
            return None
        wanted = AgreementFilter(after=self.period.first, before=self.period.last)
        return trend_of(agreement_of(self.caller.project, wanted))

    # --- tables to download

    def table(self, name: str) -> Table | None:
        """The table of that name; None where the caller may not see it."""
        match name:
            case "articles":
                return self.articles.table if self.articles else None
            case "handed-in":
                return self.handed_in.table
            case "active-time":
                return self.active_time.table
            case "labels":
                return labels_table(self.labels) if self.sees_others else None
            case "labels-by-people":
                return labels_by_people_table(self.labels_by_people)
            case "engines":
                return engines_table(self.engines) if self.sees_others else None
            case "agreement":
                return agreement_table(self.agreement) if self.agreement else None
        return None

    # --- what these are made of

    @cached_property
    def _reached(self) -> Mapping[date, Mapping[str, int]]:
        return reached_by_day(self.caller.project)

    @cached_property
    def _names(self) -> Mapping[int, str]:
        return {pk: user.name for pk, user in self.users.items()}

    def _forecast(self, milestone: str) -> Forecast | None:
        if not self.sees_others:
            return None
        finished = finished_by_day(self._reached, milestone)
        return forecast(finished, self.now.total - sum(finished.values()), self.today)
