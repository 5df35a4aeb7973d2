"""How far the people of a project agree.

Two readings are compared once, in the background, and the counts are kept (LayerPair). Counts that are
missing or older than a layer are made anew while the page is asked for, so a figure is never out of date;
only when very many are missing are some left out, and the page says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import isqrt
from typing import Any

import orjson
from django.db import connection
from django.utils import timezone

from annotator.lib.caching import remembered
from annotator.users.models import Project
from articles.domain.agreement.figures import FIGURES, summary
from articles.domain.agreement.pair_counts import METHOD, PairCounts
from articles.domain.agreement.tables import ComparedPair
from articles.queries.agreement.readings import count_pairs

# How many pairs of readings are compared while somebody waits; it takes some seconds.
COUNTED_AT_ONCE = 10_000


@dataclass(frozen=True)
class AgreementFilter:
    """Which readings to compare: handed in between two days (both included), by that person, with that other
    one (both by their number), in articles of that language; and which label alone to look at."""

    after: date | None = None
    before: date | None = None
    annotator: int | None = None
    other: int | None = None
    language: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two layers of one article, by article, layers and people; `counts` is None where they are missing."""

    article: int
    first_layer: int
    second_layer: int
    first: int
    second: int
    at: datetime
    counts: PairCounts | None


def agreement_of(project: Project, wanted: AgreementFilter) -> dict[str, Any]:
    """All figures, as `articles.domain.agreement.figures` has them, and `uncounted`: how many pairs of
    readings are left out because they are still to be compared."""
    key = f"agreement:{METHOD}:{FIGURES}:{project.pk}:{wanted.label}:{_state_of(project, wanted)}"
    return remembered(key, lambda: _agreement(project, wanted), keep=lambda found: not found["uncounted"])


def _agreement(project: Project, wanted: AgreementFilter) -> dict[str, Any]:
    pairs, uncounted = compared_pairs(project, wanted)
    return {**summary(pairs), "uncounted": uncounted}


def compared_pairs(project: Project, wanted: AgreementFilter) -> tuple[list[ComparedPair], int]:
    """The pairs in order of their articles, and how many are missing."""
    rows = list(counted_rows(project, wanted))
    pairs_of = Counter(row.article for row in rows if row.counts is not None)
    readers = {article: 2 if wanted.annotator else _readers(pairs) for article, pairs in pairs_of.items()}
    pairs = [
        ComparedPair(
            row.article,
            row.first,
            row.second,
            timezone.localdate(row.at),
            readers[row.article],
            row.counts.only(wanted.label) if wanted.label else row.counts,
        )
        for row in rows
        if row.counts is not None
    ]
    return pairs, len(rows) - len(pairs)


def counted_rows(project: Project, wanted: AgreementFilter) -> Iterator[PairRow]:
    """Each pair of readings, in order of articles and people, with counts as the layers are now."""
    rows = _pair_rows(project, wanted)
    missing = [row for row in rows if row.counts is None][:COUNTED_AT_ONCE]
    fresh = {
        (one.first, one.second): one.counts
        for one in count_pairs((row.article, row.first_layer, row.second_layer) for row in missing)
    }
    for row in rows:
        counts = row.counts or fresh.get((row.first_layer, row.second_layer))
        yield row if row.counts else replace(row, counts=counts)


def uncounted_pairs(most: int) -> list[tuple[int, int, int]]:
    """Of all projects: article and two layers whose counts are missing or out of date."""
    with connection.cursor() as cursor:
        cursor.execute(_UNCOUNTED, {"method": METHOD, "most": most})
        return list(cursor.fetchall())


def _readers(pairs: int) -> int:
    """How many people there are in so many pairs."""
    return (1 + isqrt(1 + 8 * pairs)) // 2


_PAIRS = """
WITH handed_in AS (
    SELECT layer.id, layer.article_id, layer.user_id, layer.version, layer.submitted_at
    FROM articles_layer layer JOIN articles_article article ON article.id = layer.article_id
    WHERE article.project_id = %(project)s AND article.archived_at IS NULL
    AND layer.kind = 'user' AND layer.submitted_at IS NOT NULL
    AND (%(language)s = '' OR article.language = %(language)s)
    AND (%(after)s::timestamptz IS NULL OR layer.submitted_at >= %(after)s)
    AND (%(before)s::timestamptz IS NULL OR layer.submitted_at < %(before)s)
), pairs AS (
    SELECT a.article_id, a.id AS first, b.id AS second, a.user_id AS first_user, b.user_id AS second_user,
        a.version AS first_version, b.version AS second_version,
        GREATEST(a.submitted_at, b.submitted_at) AS at
    FROM handed_in a JOIN handed_in b ON b.article_id = a.article_id AND a.user_id < b.user_id
    WHERE (%(annotator)s::bigint IS NULL OR %(annotator)s IN (a.user_id, b.user_id))
    AND (%(other)s::bigint IS NULL OR %(other)s IN (a.user_id, b.user_id))
)
"""
_STATE = """
SELECT md5(string_agg(concat_ws(' ', first, second, first_version, second_version, at), ','
    ORDER BY first, second)) FROM pairs
"""
_COUNTS = """
SELECT pairs.article_id, pairs.first, pairs.second, first_user, second_user, at, stored.counts::text
FROM pairs LEFT JOIN articles_layerpair stored ON stored.first_id = pairs.first
    AND stored.second_id = pairs.second AND stored.first_version = pairs.first_version
    AND stored.second_version = pairs.second_version AND stored.method = %(method)s
ORDER BY pairs.article_id, first_user, second_user
"""
_UNCOUNTED = """
SELECT a.article_id, a.id, b.id
FROM articles_layer a JOIN articles_layer b ON b.article_id = a.article_id AND a.user_id < b.user_id
    JOIN articles_article article ON article.id = a.article_id AND article.archived_at IS NULL
    LEFT JOIN articles_layerpair stored ON stored.first_id = a.id AND stored.second_id = b.id
        AND stored.first_version = a.version AND stored.second_version = b.version
        AND stored.method = %(method)s
WHERE a.kind = 'user' AND a.submitted_at IS NOT NULL AND b.kind = 'user' AND b.submitted_at IS NOT NULL
    AND stored.id IS NULL
ORDER BY a.article_id LIMIT %(most)s
"""


def _pair_rows(project: Project, wanted: AgreementFilter) -> list[PairRow]:
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS + _COUNTS, _parameters(project, wanted))
        return [_pair_row(*row) for row in cursor.fetchall()]


def _pair_row(
    article: int, a: int, b: int, first: int, second: int, at: datetime, counts: str | None
) -> PairRow:
    known = PairCounts.from_json(orjson.loads(counts)) if counts else None
    return PairRow(article, a, b, first, second, at, known)


def _state_of(project: Project, wanted: AgreementFilter) -> str:
    """A digest that changes with every layer that these figures are made of."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS + _STATE, _parameters(project, wanted))
        return f"{wanted.annotator}:{cursor.fetchone()[0]}"


def _parameters(project: Project, wanted: AgreementFilter) -> dict[str, Any]:
    return {
        "project": project.pk,
        "language": wanted.language,
        "after": _midnight(wanted.after) if wanted.after else None,
        "before": _midnight(wanted.before, after=True) if wanted.before else None,
        "annotator": wanted.annotator,
        "other": wanted.other,
        "method": METHOD,
    }


def _midnight(day: date, *, after: bool = False) -> datetime:
    """When the day begins, or ends."""
    begin = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    return begin + timedelta(days=1) if after else begin
