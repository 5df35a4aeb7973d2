"""Who did how much in a period, and for those who may see it, in what time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from annotator.users.models import User
from articles.access.caller import Caller
from articles.domain.progress.periods import Period
from articles.domain.suggestions.effect import FEWEST
from articles.queries.progress.history import COUNTED, ByDayAndUser, between, manages, rows_of

# Time and entities of the articles that each person handed in. A sitting after handing in counts as well.
_PACES = f"""
WITH done AS (
    SELECT claim.user_id, claim.article_id
    FROM articles_assignment claim JOIN articles_article article ON article.id = claim.article_id
    WHERE article.project_id = %(project)s AND {COUNTED}
    AND claim.submitted_at >= %(after)s AND claim.submitted_at < %(before)s
    AND (%(user)s::bigint IS NULL OR claim.user_id = %(user)s)
), timed AS (
    SELECT done.user_id, done.article_id, sum(sitting.seconds) AS seconds
    FROM done JOIN articles_sitting sitting
        ON sitting.article_id = done.article_id AND sitting.user_id = done.user_id
    GROUP BY done.user_id, done.article_id HAVING sum(sitting.seconds) > 0
), marked AS (
    SELECT timed.user_id, timed.seconds, (
        SELECT count(*) FROM articles_span span JOIN articles_layer layer ON layer.id = span.layer_id
        WHERE layer.article_id = timed.article_id AND layer.user_id = timed.user_id AND layer.kind = 'user'
    ) AS spans FROM timed
)
SELECT user_id, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), sum(seconds), sum(spans)
FROM marked GROUP BY user_id
"""  # noqa: S608 - put together of constants


@dataclass(frozen=True)
class Pace:
    """Active seconds an article (the median) and a span (all seconds by all spans), of articles handed in;
    None where too few articles or no spans speak for it."""

    articles: int = 0
    article_seconds: float | None = None
    span_seconds: float | None = None


@dataclass(frozen=True)
class Person:
    """`seconds`, `days` (with work) and `pace` are None where the caller may not see them."""

    user: User
    handed_in: Sequence[int]
    seconds: int | None = None
    days: int | None = None
    pace: Pace | None = None

    @property
    def total(self) -> int:
        return sum(self.handed_in)

    @property
    def an_hour(self) -> float | None:
        """Articles handed in for each hour of active time; None below a quarter of an hour."""
        return 3_600 * self.total / self.seconds if self.seconds and self.seconds >= 900 else None


def paces(caller: Caller, period: Period) -> dict[int, Pace]:
    """By person. Managers see everybody's, others their own."""
    rows = rows_of(_PACES, between(caller.project, period, None if manages(caller) else caller))
    return {user: _pace(*figures) for user, *figures in rows}


def people_of(
    caller: Caller,
    period: Period,
    done: ByDayAndUser,
    seconds: ByDayAndUser,
    users: Mapping[int, User],
) -> Sequence[Person]:
    """Those who did most first."""
    found = paces(caller, period)
    people = [
        _person(user, caller, period, done.get(pk, {}), seconds.get(pk, {}), found.get(pk, Pace()))
        for pk, user in users.items()
    ]
    return sorted(people, key=lambda one: (-one.total, one.user.username))


def _person(
    user: User, caller: Caller, period: Period, done: Mapping[date, int], time: Mapping[date, int], pace: Pace
) -> Person:
    if not (manages(caller) or user == caller.user):
        return Person(user, period.sums(done))
    return Person(user, period.sums(done), sum(time.values()), len(time), pace)


def _pace(articles: int, median: float, seconds: int, spans: int) -> Pace:
    if articles < FEWEST:
        return Pace(articles)
    return Pace(articles, median, float(seconds / spans) if spans else None)
