"""Which articles wait for an annotator, in the order that the project has chosen."""

from __future__ import annotations

import random
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from annotator.users.models import Project, QueueOrder, User
from articles.models import Article, Assignment, Rank


def next_in_queue(project: Project, user: User, *, after: int | None = None, count: int) -> Iterator[int]:
    """Ids of at most `count` articles that the user may be given, the first of the queue first.

    Articles without a place in a made order come after those that have one, the oldest first.
    """
    free = _free(project, user).exclude(pk=after or 0)
    found = 0
    for part in _parts(project, free):
        for pk in part.values_list("pk", flat=True)[: count - found]:
            found += 1
            yield pk
        if found >= count:
            return


def _free(project: Project, user: User) -> QuerySet[Article]:
    """Unfinished articles with room for one more annotator, that the user never had."""
    mine = Assignment.objects.filter(user=user, article=OuterRef("pk"))
    return Article.objects.of(project).with_room().exclude(Exists(mine))


def _parts(project: Project, free: QuerySet[Article]) -> tuple[QuerySet[Article], ...]:
    """Stretches of the queue, one after another; each is read by an index, and only as far as is needed."""
    oldest = free.order_by("pk")
    match project.queue_order:
        case QueueOrder.RANDOM:
            # From a random place on: a shuffle of all articles would be made for every request.
            pivot = _random_place(project)
            return oldest.filter(pk__gte=pivot), oldest.filter(pk__lt=pivot)
        case QueueOrder.PRIORITY:
            ranked = free.filter(rank__project=project).order_by("-rank__priority", "rank__article")
            plain = oldest.filter(Q(rank__isnull=True) | Q(rank__priority=0))
            return ranked.filter(rank__priority__gt=0), plain, ranked.filter(rank__priority__lt=0)
        case QueueOrder.GAIN | QueueOrder.EASE as made:
            value = f"rank__{made}"
            in_order = F(value).desc(nulls_last=True)
            ranked = free.filter(rank__project=project, **{f"{value}__isnull": False})
            ranked = ranked.order_by(in_order, "rank__article")
            return ranked, oldest.exclude(
                pk__in=Rank.objects.filter(**{f"{made}__isnull": False}).values("pk")
            )
    return (oldest,)


def _random_place(project: Project) -> int:
    ids = Article.objects.of(project).order_by("pk").values_list("pk", flat=True)
    first, last = ids.first() or 0, ids.last() or 0
    return random.randint(first, last)  # noqa: S311 - an order, not a secret
