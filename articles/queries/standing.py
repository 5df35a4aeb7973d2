"""What an article's status and room follow from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotator.users.models import Project
from articles.domain.draws import annotators_wanted
from articles.models import Article, Assignment, Layer


@dataclass(frozen=True, slots=True)
class Standing:
    """`claims` are the assignments that take room, `submissions` those of them that were handed in; `wanted`
    is how many annotators the article is to have."""

    article: int
    approved: bool
    review_began: bool
    suggested: bool
    claims: int
    submissions: int
    wanted: int

    @property
    def has_room(self) -> bool:
        return self.claims < self.wanted


def wanted_of(project: Project, article_id: int) -> int:
    """How many annotators the article is to have."""
    return annotators_wanted(project.annotators_per_article, project.overlap_share, article_id)


def standings(article_ids: Collection[int]) -> Iterator[Standing]:
    """Where each of these articles stands, in one statement."""
    layers = Layer.objects.filter(article=OuterRef("pk"))
    taken = Assignment.objects.filter(article=OuterRef("pk")).taking_room()
    rows = Article.objects.filter(pk__in=article_ids).values_list(
        "pk",
        Exists(layers.gold().filter(approved_at__isnull=False)),
        Exists(layers.gold().filter(begun_at__isnull=False)),
        Exists(layers.by_engines()),
        _count(taken, "pk"),
        _count(taken, "submitted_at"),
        "project__annotators_per_article",
        "project__overlap_share",
    )
    for pk, approved, began, suggested, claims, submissions, most, share in rows:
        wanted = annotators_wanted(most, share, pk)
        yield Standing(pk, approved, began, suggested, claims, submissions, wanted)


def _count(taken: QuerySet[Assignment], field: str) -> Coalesce:
    counted = taken.order_by().values("article").annotate(count=Count(field)).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
