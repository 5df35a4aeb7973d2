"""Loose ends: articles that are overdue, left alone, or waiting for a reviewer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.utils import timezone

from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Article, Assignment
from articles.models.assignments import AssignmentQuerySet

STALE = timedelta(days=3)


@dataclass(frozen=True)
class LooseEnds:
    """`stale` articles are in somebody's hands, who has not touched them for `STALE`; `waiting` ones are
    handed in by everybody and wait for a reviewer, the first of them since `waiting_since`."""

    in_hand: int
    overdue: int
    stale: int
    waiting: int = 0
    waiting_since: datetime | None = None


def loose_ends(caller: Caller) -> LooseEnds:
    """Of the project; of themselves for annotators."""
    claims = Assignment.objects.unfinished().filter(article__in=Article.objects.of(caller.project))
    if not caller.may(Permission.VIEW_ALL_LAYERS):
        return _in_hand(claims.of(caller.user))
    last = Assignment.objects.filter(article=OuterRef("pk")).order_by().values("article")
    handed_in = Subquery(last.annotate(at=Max("submitted_at")).values("at"))
    waiting = Article.objects.of(caller.project).awaiting_review().annotate(handed_in=handed_in)
    review = waiting.order_by().aggregate(waiting=Count("pk"), waiting_since=Min("handed_in"))
    return replace(_in_hand(claims), **review)


def _in_hand(claims: AssignmentQuerySet) -> LooseEnds:
    counts = claims.aggregate(
        in_hand=Count("pk"),
        overdue=Count("pk", Q(due_on__lt=timezone.localdate())),
        stale=Count("pk", Q(touched_at__lt=timezone.now() - STALE)),
    )
    return LooseEnds(**counts)
