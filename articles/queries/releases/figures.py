"""What a release holds, in figures for its manifest: sets of rows, counted in PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from annotator.users.models import User
from articles.domain.measures.f_measure import Agreement, Mention
from articles.models import Article, Layer, Release, ReleaseArticle

ROWS_AT_ONCE = 500
# What a release without parts has instead. In the rows its part is empty.
WHOLE = "articles"
NOTHING = (0, 0, sha256().hexdigest())
# A manifest names so many sources, the most frequent first.
NAMED = 100


def released(release: Release, part: str | None = None) -> QuerySet[Article]:
    """The articles of a release, or of one part of it."""
    rows = ReleaseArticle.objects.filter(release=release)
    chosen = rows if part is None else rows.filter(part=part)
    return Article.objects.filter(pk__in=chosen.values("article"))


def part_counts(release: Release, layers: QuerySet[Layer], parts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Of each of these parts, also of empty ones: articles, characters, spans, relations, spans by label, and
    a digest of the texts. `layers` are those that the release shows."""
    labels = defaultdict[str, dict[str, int]](dict)
    for part, label, count in _rows(_LABELS, release.pk):
        labels[part][label] = count
    shown, params = layers.values("pk", "article").query.sql_with_params()
    relations = dict(_rows(_RELATIONS.format(layers=shown), *params, release.pk))
    texts = {part: row for part, *row in _rows(_TEXTS, release.pk)}
    return {
        part or WHOLE: {
            **dict(zip(("articles", "characters", "texts_sha256"), texts.get(part, NOTHING), strict=True)),
            "spans": sum(labels[part].values()),
            "relations": relations.get(part, 0),
            "labels": labels[part],
        }
        for part in parts
    }


def sum_of(parts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The same of all parts together, without the digest."""
    whole: dict[str, Any] = {
        what: sum(part[what] for part in parts.values())
        for what in ("articles", "characters", "spans", "relations")
    }
    labels = defaultdict[str, int](int)
    for part in parts.values():
        for name, count in part["labels"].items():
            labels[name] += count
    return {**whole, "labels": dict(sorted(labels.items()))}


def origin_of(release: Release) -> dict[str, Any]:
    """Sources and languages with how many articles, the most frequent first, and the first and last date."""
    articles = released(release)
    dates = articles.aggregate(
        first=Min("published_on"), last=Max("published_on"), unknown=Count("pk", Q(published_on=None))
    )
    return {
        "source_count": articles.aggregate(sources=Count("source", distinct=True))["sources"],
        "sources": _frequencies(articles, "source"),
        "languages": _frequencies(articles, "language"),
        "published": {
            "from": dates["first"] and dates["first"].isoformat(),
            "to": dates["last"] and dates["last"].isoformat(),
            "unknown": dates["unknown"],
        },
    }


def authors_of(release: Release) -> list[dict[str, Any]]:
    """Who annotated and who approved how many of the released articles, the busiest first."""
    rows = _rows(_AUTHORS, release.pk, release.pk)
    people = User.objects.in_bulk([person for person, *_ in rows])
    named = [(people[person], annotated, approved) for person, annotated, approved in rows]
    return [
        {"username": user.username, "name": user.name, "annotated": annotated, "approved": approved}
        for user, annotated, approved in named
    ]


def agreement_on(release: Release) -> Agreement:
    """Between people, over the released articles that two or more of them have handed in."""
    found = Agreement()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_READINGS, [release.pk])
        for _, rows in groupby(_fetched(cursor), key=itemgetter(0)):
            found.add([_mentions(spans) for _, spans in rows])
    return found


def split_rows(release: Release) -> Iterator[dict[str, Any]]:
    """Every article with its part and the digest of its text, in the order of ids."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_SPLIT, [release.pk])
        names = ("id", "external_id", "part", "text_sha256")
        yield from (dict(zip(names, row, strict=True)) for row in _fetched(cursor))


_LABELS = """
SELECT r.part, label.key, sum(label.value::bigint)::bigint
FROM articles_releasearticle r CROSS JOIN LATERAL jsonb_each_text(r.labels) AS label
WHERE r.release_id = %s GROUP BY 1, 2 ORDER BY 1, 2
"""
_TEXTS = """
SELECT r.part, count(*), sum(a.length)::bigint,
    encode(sha256(convert_to(string_agg(a.sha256, '' ORDER BY a.id), 'UTF8')), 'hex')
FROM articles_releasearticle r JOIN articles_article a ON a.id = r.article_id
WHERE r.release_id = %s GROUP BY r.part
"""
_RELATIONS = """
SELECT r.part, count(*)
FROM articles_releasearticle r
    JOIN ({layers}) AS l (id, article_id) ON l.article_id = r.article_id
    JOIN articles_relation x ON x.layer_id = l.id
WHERE r.release_id = %s GROUP BY r.part
"""
_AUTHORS = """
SELECT person, count(*) FILTER (WHERE what = 'annotated'), count(*) FILTER (WHERE what = 'approved')
FROM (
    SELECT l.user_id, 'annotated'
    FROM articles_layer l JOIN articles_releasearticle r ON r.article_id = l.article_id AND r.release_id = %s
    WHERE l.kind = 'user' AND l.submitted_at IS NOT NULL
    UNION ALL
    SELECT l.approved_by_id, 'approved'
    FROM articles_layer l JOIN articles_releasearticle r ON r.article_id = l.article_id AND r.release_id = %s
    WHERE l.kind = 'gold' AND l.approved_by_id IS NOT NULL
) AS work (person, what)
GROUP BY person ORDER BY count(*) DESC, person
"""
_READINGS = """
SELECT l.article_id,
    (SELECT json_agg(json_build_array(s.start, s."end", s.label, s.fragments))
     FROM articles_span s WHERE s.layer_id = l.id)::text
FROM (
    SELECT id, article_id, count(*) OVER (PARTITION BY article_id) AS readers
    FROM articles_layer WHERE kind = 'user' AND submitted_at IS NOT NULL
        AND article_id IN (SELECT article_id FROM articles_releasearticle WHERE release_id = %s)
) AS l WHERE l.readers > 1 ORDER BY l.article_id, l.id
"""
_SPLIT = """
SELECT a.id, a.external_id, r.part, a.sha256
FROM articles_releasearticle r JOIN articles_article a ON a.id = r.article_id
WHERE r.release_id = %s ORDER BY a.id
"""


def _frequencies(articles: QuerySet[Article], field: str) -> dict[str, int]:
    rows = articles.order_by().values_list(field).annotate(count=Count("pk"))
    return dict(rows.order_by("-count", field)[:NAMED])


def _mentions(spans: str | None) -> list[Mention]:
    return [
        (start, end, label, tuple((piece[0], piece[1]) for piece in fragments))
        for start, end, label, fragments in orjson.loads(spans or "[]")
    ]


def _rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _fetched(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield from rows
