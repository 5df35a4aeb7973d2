"""Bulk edits as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from annotator.users.models import Project, User
from articles.models import Article, BulkEdit, BulkPlace

_COUNTS = {
    f"{state}_count": Count("places", filter=Q(places__state=state)) for state in BulkPlace.State.values
}


def bulk_edits_of(project: Project, *, only_by: User | None) -> QuerySet[BulkEdit]:
    """The newest first, with how many of their places are in each state (`done_count` ...)."""
    rows = BulkEdit.objects.filter(project=project).select_related("job", "created_by", "undone_by")
    if only_by:
        rows = rows.filter(created_by=only_by)
    return _with_counts(rows)


def counted(bulk: BulkEdit) -> BulkEdit:
    """The bulk edit as it stands now, with how many of its places are in each state."""
    return _with_counts(BulkEdit.objects.all()).get(pk=bulk.pk)


def _with_counts(rows: QuerySet[BulkEdit]) -> QuerySet[BulkEdit]:
    return rows.annotate(**_COUNTS, article_count=Count("places__article", distinct=True))


@dataclass(frozen=True)
class Reason:
    """Why some places were refused, or not undone, and the first of them."""

    state: str
    reason: str
    count: int
    examples: Sequence[BulkPlace]


def reasons_of(bulk: BulkEdit, *, examples: int = 10) -> list[Reason]:
    """By how many places they concern."""
    bad = bulk.places.filter(state__in=(BulkPlace.State.REFUSED, BulkPlace.State.KEPT))
    counted = bad.order_by().values_list("state", "reason").annotate(n=Count("pk")).order_by("-n", "reason")
    rows = bad.select_related("article").defer("article__text", "article__metadata")
    return [
        Reason(state, reason, count, list(rows.filter(state=state, reason=reason)[:examples]))
        for state, reason, count in counted[:20]
    ]


def titles_of(articles: Iterable[int]) -> dict[int, Article]:
    return Article.objects.defer("text", "metadata").in_bulk(list(articles))
