"""Suggestions and people: how often each annotator takes what is wrong, how well they do with and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from annotator.users.models import Project, User
from articles.domain.scores import Counts
from articles.domain.shares import interval_of

FEWEST_WRONG = 20
FEWEST_ARTICLES = 10


@dataclass(frozen=True)
class WrongSuggestions:
    """What an annotator was shown that gold does not hold, and how much of it they took."""

    accepted: int = 0
    shown: int = 0

    @property
    def is_enough(self) -> bool:
        return self.shown >= FEWEST_WRONG

    @property
    def percents(self) -> tuple[float, float, float]:
        """The share that was accepted, and between what it probably lies."""
        low, high = interval_of(self.accepted, self.shown)
        return 100 * self.accepted / max(self.shown, 1), 100 * low, 100 * high


@dataclass(frozen=True)
class Held:
    """Layers held against gold: how many, and what both have or one lacks."""

    articles: int = 0
    counts: Counts = field(default_factory=Counts)

    @property
    def is_enough(self) -> bool:
        return self.articles >= FEWEST_ARTICLES

    @property
    def percent(self) -> float:
        return 100 * self.counts.f1


@dataclass(frozen=True)
class Person:
    name: str
    wrong: WrongSuggestions
    suggested: Held
    blind: Held


def people_and_suggestions(project: Project, only: User | None = None) -> Sequence[Person]:
    """Everybody with an article handed in whose gold is approved, by name; or only this person."""
    values = {"project": project.pk, "user": only.pk if only else None}
    wrong = {user: WrongSuggestions(*counts) for user, *counts in _rows(_WRONG, values)}
    held = {
        (user, blind): Held(articles, Counts(*counts))
        for user, blind, articles, *counts in _rows(_HELD, values)
    }
    people = User.objects.filter(pk__in={user for user, _ in held}).order_by("username")
    return [
        Person(
            user.username,
            wrong.get(user.pk, WrongSuggestions()),
            held.get((user.pk, False), Held()),
            held.get((user.pk, True), Held()),
        )
        for user in people
    ]


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_DONE + sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


# What people handed in where gold is final, and what enabled engines suggest there.
_DONE = """
WITH done AS (
    SELECT person.id, person.article_id, person.user_id, gold.id AS gold_id,
        COALESCE(mine.blind, false) AS blind
    FROM articles_layer person
    JOIN articles_article article ON article.id = person.article_id
    JOIN articles_layer gold ON gold.article_id = person.article_id AND gold.kind = 'gold'
    LEFT JOIN articles_assignment mine
        ON mine.article_id = person.article_id AND mine.user_id = person.user_id
    WHERE article.project_id = %(project)s AND article.archived_at IS NULL
    AND gold.approved_at IS NOT NULL AND person.kind = 'user'
    AND person.submitted_at IS NOT NULL AND person.begun_at IS NOT NULL
    AND (%(user)s::bigint IS NULL OR person.user_id = %(user)s::bigint)
), offered AS (
    SELECT DISTINCT reading.article_id, span.start, span."end", span.label FROM articles_layer reading
    JOIN articles_projectengine engine ON engine.id = reading.engine_id AND engine.enabled
    JOIN articles_span span ON span.layer_id = reading.id
    WHERE reading.kind = 'engine' AND reading.article_id IN (SELECT article_id FROM done WHERE NOT blind)
)
"""

# What several engines suggest is one suggestion.
_WRONG = """
SELECT done.user_id, count(*) FILTER (WHERE EXISTS (
    SELECT FROM articles_span own WHERE own.layer_id = done.id
    AND (own.start, own."end", own.label) = (offered.start, offered."end", offered.label))), count(*)
FROM done JOIN offered ON offered.article_id = done.article_id
WHERE NOT done.blind AND NOT EXISTS (
    SELECT FROM articles_span held WHERE held.layer_id = done.gold_id
    AND (held.start, held."end", held.label) = (offered.start, offered."end", offered.label))
GROUP BY done.user_id
"""

# An article that was not given blind, but on which no engine suggests anything, is neither.
_HELD = """
SELECT done.user_id, done.blind, count(*), sum(common)::int, sum(only_own)::int, sum(only_gold)::int
FROM done CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE own AND gold) AS common, count(*) FILTER (WHERE NOT gold) AS only_own,
        count(*) FILTER (WHERE NOT own) AS only_gold
    FROM (
        SELECT bool_or(layer_id = done.id) AS own, bool_or(layer_id = done.gold_id) AS gold
        FROM articles_span WHERE layer_id IN (done.id, done.gold_id)
        GROUP BY start, "end", label, fragments
    ) AS mention
) AS compared
WHERE done.blind OR done.article_id IN (SELECT article_id FROM offered)
GROUP BY done.user_id, done.blind
"""
