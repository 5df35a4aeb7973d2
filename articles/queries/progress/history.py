"""What happened in a project, day by day, from the rows that work leaves behind.

A day is one of the site's time zone. An article that was sent back or taken back counts again from when it is
handed in again: what stands now is what these figures are of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from annotator.users.models import Project
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.domain.progress.periods import Period

# Articles that count. Where one person alone is looked at, their copies of known articles are among them: to
# that person they are like any other.
COUNTED = """(article.archived_at IS NULL OR article.id IN (
    SELECT reading.copy_id FROM articles_knownreading reading WHERE reading.user_id = %(user)s::bigint))"""
# Each article's milestones, the later ones never before the earlier: gold that was imported had no annotator.
# Its status knows whether all the annotators that it should have handed it in.
_REACHED = """
WITH claims AS (
    SELECT claim.article_id, min(claim.created_at) AS begun,
        max(claim.submitted_at)
            FILTER (WHERE article.status IN ('submitted', 'in_review', 'gold')) AS handed_in
    FROM articles_assignment claim JOIN articles_article article ON article.id = claim.article_id
    WHERE article.project_id = %(project)s AND article.archived_at IS NULL
    AND claim.skipped_at IS NULL AND claim.returned_at IS NULL
    GROUP BY claim.article_id
), milestones AS (
    SELECT LEAST(article.created_at, claims.begun, claims.handed_in, gold.approved_at) AS came,
        LEAST(claims.begun, claims.handed_in, gold.approved_at) AS begun,
        LEAST(claims.handed_in, gold.approved_at) AS handed_in,
        gold.approved_at AS gold
    FROM articles_article article
    LEFT JOIN claims ON claims.article_id = article.id
    LEFT JOIN articles_layer gold ON gold.article_id = article.id AND gold.kind = 'gold'
    WHERE article.project_id = %(project)s AND article.archived_at IS NULL
)
SELECT (reached.at AT TIME ZONE %(zone)s)::date AS day, reached.milestone, count(*)
FROM milestones CROSS JOIN LATERAL (VALUES
    ('came', came), ('begun', begun), ('handed_in', handed_in), ('gold', gold)) AS reached (milestone, at)
WHERE reached.at IS NOT NULL GROUP BY day, reached.milestone
"""
_HANDED_IN = f"""
SELECT (claim.submitted_at AT TIME ZONE %(zone)s)::date AS day, claim.user_id, count(*)
FROM articles_assignment claim JOIN articles_article article ON article.id = claim.article_id
WHERE article.project_id = %(project)s AND {COUNTED}
AND claim.submitted_at >= %(after)s AND claim.submitted_at < %(before)s
AND (%(user)s::bigint IS NULL OR claim.user_id = %(user)s)
GROUP BY day, claim.user_id
"""  # noqa: S608 - put together of constants
_ACTIVE_SECONDS = """
SELECT (sitting.began_at AT TIME ZONE %(zone)s)::date AS day, sitting.user_id, sum(sitting.seconds)
FROM articles_sitting sitting JOIN articles_article article ON article.id = sitting.article_id
WHERE article.project_id = %(project)s
AND sitting.began_at >= %(after)s AND sitting.began_at < %(before)s
AND (%(user)s::bigint IS NULL OR sitting.user_id = %(user)s)
GROUP BY day, sitting.user_id
"""
ByDayAndUser = Mapping[int, Mapping[date, int]]


def reached_by_day(project: Project) -> dict[date, Counter[str]]:
    """How many articles reached which of `burn_up.MILESTONES` on which day, from the beginning."""
    found = defaultdict[date, Counter[str]](Counter)
    for day, milestone, count in rows_of(_REACHED, {"project": project.pk, "zone": zone()}):
        found[day][milestone] = count
    return dict(found)


def handed_in(caller: Caller, period: Period) -> ByDayAndUser:
    """How many articles each annotator handed in on each day. Annotators see themselves only."""
    return _by_user(_HANDED_IN, between(caller.project, period, None if sees_others(caller) else caller))


def active_seconds(caller: Caller, period: Period) -> ByDayAndUser:
    """Each person's time at articles on each day, pauses left out. Managers see all, others theirs."""
    return _by_user(_ACTIVE_SECONDS, between(caller.project, period, None if manages(caller) else caller))


def sees_others(caller: Caller) -> bool:
    """Whether the caller may see who handed in how much."""
    return bool(caller.may(Permission.VIEW_ALL_LAYERS))


def manages(caller: Caller) -> bool:
    """Whether the caller may see how long others take and what they mark."""
    return bool(caller.may(Permission.MANAGE))


def between(project: Project, period: Period, only: Caller | None) -> dict[str, Any]:
    """The parameters of a query over a period: `project`, `zone`, `after` and `before` (not included), and
    `user`, who alone is looked at, or None for everybody."""
    return {
        "project": project.pk,
        "zone": zone(),
        "after": _midnight(period.first),
        "before": _midnight(period.last + timedelta(days=1)),
        "user": only.user.pk if only else None,
    }


def rows_of(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def zone() -> str:
    return timezone.get_current_timezone_name()


def _by_user(sql: str, parameters: dict[str, Any]) -> ByDayAndUser:
    found = defaultdict[int, dict[date, int]](dict)
    for day, user, count in rows_of(sql, parameters):
        found[user][day] = int(count)
    return dict(found)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
