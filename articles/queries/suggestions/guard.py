"""Suggestions and people: how often each annotator takes what is wrong, how well they do with and without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from annotator.users.models import Project, User
from articles.domain.measures.scores import Counts, Tally, bootstrap
from articles.domain.measures.shares import interval_of
from articles.queries.suggestions.plants import plant_answers

FEWEST_WRONG = 20
FEWEST_ARTICLES = 10
# Of each person, the latest: a page is waiting, and how people worked a year ago is not the question.
LATEST_ARTICLES = 500
RESAMPLES = 500


@dataclass(frozen=True)
class WrongSuggestions:
    """What an annotator was shown that is wrong, and how much of it they took."""

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
    """Layers held against gold: for each article, what both have or one lacks."""

    by_article: Sequence[Counts] = ()

    @property
    def articles(self) -> int:
        return len(self.by_article)

    @property
    def is_enough(self) -> bool:
        return self.articles >= FEWEST_ARTICLES

    @cached_property
    def counts(self) -> Counts:
        return sum(self.by_article, Counts())

    @cached_property
    def percents(self) -> tuple[float, float, float]:
        """F1, and between what it probably lies: drawn anew over articles, of which there is one at least."""
        low, high = bootstrap(self._tally, resamples=RESAMPLES).micro.f1
        return 100 * self.counts.f1, 100 * low, 100 * high

    @property
    def _tally(self) -> Tally:
        return Tally(tuple({"": counts} for counts in self.by_article))


@dataclass(frozen=True)
class Person:
    """`wrong` are suggestions of engines, `planted` those that are wrong on purpose."""

    name: str
    wrong: WrongSuggestions
    planted: WrongSuggestions
    suggested: Held
    blind: Held


def people_and_suggestions(project: Project, only: User | None = None) -> Sequence[Person]:
    """Everybody who answered plants, or handed in an article whose gold is approved, by name; or only this
    person."""
    values = {"project": project.pk, "user": only.pk if only else None, "latest": LATEST_ARTICLES}
    wrong = {user: WrongSuggestions(*counts) for user, *counts in _rows(_WRONG, values)}
    planted = planted_suggestions(project, only)
    held = defaultdict[tuple[int, bool], list[Counts]](list)
    for user, blind, *counts in _rows(_HELD, values):
        held[user, blind].append(Counts(*counts))
    ids = {user for user, _ in held} | planted.keys()
    return [
        Person(
            user.username,
            wrong.get(user.pk, WrongSuggestions()),
            planted.get(user.pk, WrongSuggestions()),
            Held(held[user.pk, False]),
            Held(held[user.pk, True]),
        )
        for user in User.objects.filter(pk__in=ids).order_by("username")
    ]


def planted_suggestions(project: Project, only: User | None) -> dict[int, WrongSuggestions]:
    """Those that were wrong on purpose, and are, by annotator: all of them, or this one alone."""
    answers = plant_answers(project).filter(**({"user": only} if only else {}))
    counted = answers.values("user").annotate(shown=Count("pk"), taken=Count("pk", filter=Q(accepted=True)))
    rows = counted.values_list("user", "taken", "shown")
    return {user: WrongSuggestions(taken, shown) for user, taken, shown in rows}


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_DONE + sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


# What people handed in where gold is final, and what enabled engines suggest there.
_DONE = """
WITH done AS (SELECT * FROM (
    SELECT row_number() OVER (PARTITION BY person.user_id ORDER BY person.submitted_at DESC, person.id DESC)
        AS place, person.id, person.article_id, person.user_id, gold.id AS gold_id,
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
    ) AS latest WHERE place <= %(latest)s
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
SELECT done.user_id, done.blind, common, only_own, only_gold
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
ORDER BY done.article_id
"""
