"""Near-duplicates as stored: what resembles a text, what belongs together, what was not looked at yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from annotator.lib.plans import planned_without
from annotator.users.models import Project
from articles.domain.stories.twins import Fingerprint
from articles.models import Article, Twin

# Sequences that very many articles share (a footer, a template) lead to at most so many of them a text.
MAX_MET = 64


@dataclass(frozen=True, slots=True)
class StoredPrint:
    """An article with its fingerprint. `root` is the earliest article of its group, `shown` the earliest of
    the group that is not archived."""

    article: int
    print: Fingerprint
    root: int
    shown: int


def prints_near(project: Project, prints: Collection[Fingerprint]) -> list[StoredPrint]:
    """What the project has that shares a band with one of these; groups of archived articles only are left
    out. Needs a transaction."""
    wanted = ["{" + ",".join(map(str, one.bands)) + "}" for one in prints]
    # The planner knows nothing about what arrays hold, takes a share of all articles to match, and would read
    # the whole table for every text.
    with planned_without("seqscan"), connection.cursor() as cursor:
        cursor.execute(_NEAR, [wanted, project.pk, MAX_MET])
        return [
            StoredPrint(article, Fingerprint(bytes(signature), tuple(bands)), root, shown)
            for article, signature, bands, root, shown in cursor.fetchall()
        ]


_NEAR = """
WITH met AS MATERIALIZED (
    SELECT DISTINCT near.article_id
    FROM unnest(%s::text[]) AS wanted (bands)
    CROSS JOIN LATERAL (
        SELECT article_id FROM articles_fingerprint f
        WHERE f.bands && wanted.bands::bigint[] AND f.project_id = %s LIMIT %s
    ) near
)
SELECT f.article_id, f.signature, f.bands, root.id, shown.id
FROM met
JOIN articles_fingerprint f ON f.article_id = met.article_id
LEFT JOIN articles_twin t ON t.article_id = f.article_id
JOIN articles_article root ON root.id = coalesce(t.original_id, f.article_id)
CROSS JOIN LATERAL (
    SELECT CASE WHEN root.archived_at IS NULL THEN root.id ELSE (
        SELECT min(other.id) FROM articles_twin o JOIN articles_article other ON other.id = o.article_id
        WHERE o.original_id = root.id AND other.archived_at IS NULL
    ) END AS id
) shown
WHERE shown.id IS NOT NULL
"""


def not_looked_at(project: Project, *, after: int = 0) -> QuerySet[Article]:
    """Articles without a fingerprint, in order of id."""
    rows = Article.objects.of(project).filter(fingerprint__isnull=True, pk__gt=after)
    return rows.order_by("pk")


def repeated_by(rows: Iterable[Article]) -> dict[int, Article]:
    """Of these articles those that nearly repeat another, by id, with the article they repeat."""
    twins = Twin.objects.filter(article__in=[one.pk for one in rows], original__archived_at__isnull=True)
    found = twins.select_related("original").only("article_id", "original__title")
    return {twin.article_id: twin.original for twin in found}


class GroupRoots(dict[int, int]):
    """The earliest article of each article's group. One that is nobody's twin is its own."""

    def __missing__(self, article: int) -> int:
        return article


def groups_of(articles: QuerySet[Article]) -> GroupRoots:
    """Which of these articles nearly repeat which; only twins take memory. Articles that were not looked at
    (`not_looked_at`) have no twins yet."""
    pairs = articles.order_by().filter(twin__isnull=False).values_list("pk", "twin__original_id")
    return GroupRoots(pairs.iterator())
