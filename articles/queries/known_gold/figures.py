"""How well annotators do on known articles: in all, week by week, and place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from annotator.users.models import Project, User
from articles.domain.charts.curve import Point, band, line, placed
from articles.domain.measures.f_measure import f1
from articles.domain.measures.scores import Counts
from articles.models import KnownArticle, KnownReading
from articles.queries.agreement.page import Trend
from articles.queries.known_gold.known_articles import midnight
from articles.queries.suggestions.guard import Held

FEWEST_A_WEEK = 3


@dataclass(frozen=True)
class KnownScore:
    """One person's readings of known articles, the latest first, and what they come to."""

    user: User
    readings: Sequence[KnownReading] = ()

    @cached_property
    def exact(self) -> Held:
        return _held(self.readings)

    @cached_property
    def overlap(self) -> Held:
        counted = [_counts(one, one.overlapping or 0) for one in self.readings]
        return Held(counted)

    @cached_property
    def trend(self) -> Trend:
        """F1 by the week in which articles were handed in, without weeks of fewer than FEWEST_A_WEEK."""
        weeks = defaultdict[date, list[KnownReading]](list)
        for one in self.readings:
            weeks[_monday(one)].append(one)
        enough = {day: _held(found) for day, found in sorted(weeks.items()) if len(found) >= FEWEST_A_WEEK}
        first = min(enough, default=None)
        points = [_point(day, first or day, held) for day, held in enough.items()]
        found = placed(points)
        weekly = [
            (day, held.articles, point) for (day, held), point in zip(enough.items(), found, strict=True)
        ]
        return Trend(weekly, line(found), band(found), len(weeks) - len(enough))


def known_scores(project: Project) -> list[KnownScore]:
    """Of everybody who was given any, by user name."""
    by_user = defaultdict[int, list[KnownReading]](list)
    for one in _latest_first(KnownReading.objects.of(project).scored()):
        by_user[one.user_id].append(one)
    given = KnownReading.objects.of(project).values("user")
    people = User.objects.filter(pk__in=given).order_by("username")
    return [KnownScore(one, by_user[one.pk]) for one in people]


def known_score(project: Project, user: User) -> KnownScore:
    return KnownScore(user, list(_latest_first(KnownReading.objects.of(project, user).scored())))


def own_score(project: Project, user: User) -> KnownScore:
    """As far as the person may read it: what they handed in before today."""
    mine = KnownReading.objects.of(project, user).shown_since(midnight())
    return KnownScore(user, list(_latest_first(mine)))


@dataclass(frozen=True)
class KnownRow:
    """An article of the test set, and what became of it: how often it was given and handed in."""

    known: KnownArticle
    given: int
    handed_in: int
    f1: float | None


def known_rows(project: Project) -> list[KnownRow]:
    """Hardest first; those that nobody has handed in come last."""
    rows = KnownArticle.objects.of(project).select_related("article")
    rows = rows.defer("article__text", "article__metadata")
    readings = KnownReading.objects.of(project).order_by().values_list("known")
    counted = readings.annotate(Count("pk"), Count("handed_in_at"), Sum("same"), Sum("in_gold"), Sum("given"))
    figures = {known: counts for known, *counts in counted}
    found = [_row(one, *figures.get(one.pk, (0, 0, 0, 0, 0))) for one in rows]
    return sorted(found, key=lambda one: (one.f1 is None, one.f1 or 0, one.known.pk))


def _row(known: KnownArticle, given: int, done: int, same: int, in_gold: int, marked: int) -> KnownRow:
    return KnownRow(known, given, done, f1(same, in_gold, marked) if done else None)


def _latest_first(readings: QuerySet[KnownReading]) -> QuerySet[KnownReading]:
    rows = readings.select_related("known__article", "user")
    rows = rows.defer("known__article__text", "known__article__metadata")
    return rows.order_by("-handed_in_at", "-pk")


def _held(readings: Iterable[KnownReading]) -> Held:
    return Held([_counts(one, one.same or 0) for one in readings])


def _counts(one: KnownReading, right: int) -> Counts:
    return Counts(right, (one.given or 0) - right, (one.in_gold or 0) - right)


def _monday(one: KnownReading) -> date:
    day = timezone.localdate(one.handed_in_at)
    return day - timedelta(days=day.weekday())


def _point(day: date, first: date, held: Held) -> Point:
    value, low, high = (one / 100 for one in held.percents)
    return Point(1 + (day - first).days // 7, value, low, high)
