"""How long an article stays with the person who has it: work prolongs the lease, time or a manager ends
it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from annotator.users.models import Project, User
from articles.models import Article, Assignment, Layer
from articles.services.articles import lock_articles, refresh_statuses

# The claim is written no more often than this, so that most edits change nothing but their layer.
NOTED_EVERY = timedelta(minutes=10)
BATCH = 500


def prolong(*, article: Article, user: User) -> None:
    """Note that the user is at work on the article."""
    now = timezone.now()
    mine = Assignment.objects.of(user).filter(article=article, touched_at__lt=now - NOTED_EVERY)
    mine.update(touched_at=now)


def return_expired() -> int:
    """Give back articles that people took and have left alone for longer than the project allows. What a
    manager gave them stays theirs. Answers how many. Running it twice does no harm."""
    now = timezone.now()
    return sum(
        _return_untouched(project, since=now - timedelta(days=project.lease_days))
        for project in Project.objects.live().filter(lease_days__gt=0)
    )


def withdraw_articles(*, project: Project, user: User, articles: Collection[int], by: User) -> list[int]:
    """Take unfinished articles of the project from the user; what they have done in their layers stays.
    Answers the ids of those that were taken."""
    claims = Assignment.objects.unfinished().of(user).filter(article__project=project, article__in=articles)
    return _end(claims, by=by)


def withdraw_all(*, user: User, by: User | None) -> int:
    """Take everything unfinished from the user, in all projects. Answers how many articles that were."""
    claims, returned = Assignment.objects.unfinished().of(user), 0
    while batch := list(claims.order_by("article").values_list("article", flat=True)[:BATCH]):
        returned += len(_end(claims.filter(article__in=batch), by=by))
    return returned


def _return_untouched(project: Project, *, since: datetime) -> int:
    claims = Assignment.objects.unfinished().filter(
        article__project=project, handout__isnull=True, touched_at__lt=since
    )
    returned = 0
    while batch := list(claims.order_by("article").values_list("article", flat=True)[:BATCH]):
        returned += len(_end(claims.filter(article__in=batch), by=None))
    return returned


def _end(claims: QuerySet[Assignment], *, by: User | None) -> list[int]:
    """Return these claims. Locks the articles, then the layers, and then reads the claims again: somebody may
    have gone on working at this moment. Answers the articles' ids."""
    with transaction.atomic():
        lock_articles(claims.values_list("article", flat=True))
        layers = Layer.objects.by_people().filter(article__in=claims.values("article"))
        locked = list(
            layers.order_by("pk").select_for_update(no_key=True).values_list("pk", "article", "user")
        )
        ended = {(article, user): pk for pk, article, user in claims.values_list("pk", "article", "user")}
        Assignment.objects.filter(pk__in=ended.values()).update(
            returned_at=timezone.now(),
            returned_by=by,
            flagged_at=None,
            flag_note="",
            handout=None,
            due_on=None,
        )
        # Should they edit again, the layer begins anew, and with it the question whether there is room.
        left = [pk for pk, article, user in locked if (article, user) in ended]
        Layer.objects.filter(pk__in=left).update(begun_at=None)
        articles = sorted({article for article, _ in ended})
        refresh_statuses(article_ids=articles)
        return articles
