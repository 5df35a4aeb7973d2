"""Who works on what: claiming, submitting, reopening."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from annotator.lib.errors import NotPermitted, Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.layer_state import obstacle_to_submitting
from articles.models import Article, Assignment, Layer, Status
from articles.services.articles import lock_articles, refresh_status
from articles.services.gold import draft_gold
from articles.services.layers import load_state, lock_own_layer

CANDIDATES = 50


def claim_article(*, article: Article, user: User) -> Assignment:
    """Make the article the user's, if there is room. Locks the article's row. Raises NotPermitted."""
    with transaction.atomic():
        locked = Article.objects.select_for_update(no_key=True).defer("text", "search").get(pk=article.pk)
        claims = {claim.user_id: claim for claim in Assignment.objects.filter(article=locked)}
        if user.pk in claims:
            return claims[user.pk]
        if locked.status == Status.GOLD:
            raise NotPermitted("This article is finished: it is gold.")
        if len(claims) >= article.project.annotators_per_article:
            raise NotPermitted("Somebody else is at work on this article. Take the next one instead.")
        return Assignment.objects.create(article=locked, user=user)


def claim_next(*, project: Project, user: User) -> Article | None:
    """The article the user should open next: one they have begun, else the oldest with room, claimed now.

    Rows that another request is claiming at this moment are passed over, so two people never get one place.
    Locks the user's row, so that one person who asks twice at once gets one article.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
        begun = (
            Assignment.objects.of(user)
            .unfinished()
            .filter(article__project=project, article__archived_at__isnull=True)
        )
        mine = begun.select_related("article").order_by("pk").first()
        if mine:
            return mine.article
        # What somebody else holds just now may be free in a moment: wait for it before saying there is none.
        return _claim_free(project, user, wait=False) or _claim_free(project, user, wait=True)


def _claim_free(project: Project, user: User, *, wait: bool) -> Article | None:
    room = Article.objects.of(project).annotate(claims=Count("assignments"))
    room = room.filter(claims__lt=F("project__annotators_per_article")).exclude(status=Status.GOLD)
    free = room.exclude(assignments__user=user).order_by("pk").values("pk")[:CANDIDATES]
    rows = Article.objects.filter(pk__in=list(free.values_list("pk", flat=True))).order_by("pk")
    rows = rows.select_for_update(no_key=True, skip_locked=not wait)
    for article in rows.iterator(chunk_size=1):
        claims = Assignment.objects.filter(article=article)
        if claims.count() < project.annotators_per_article:
            Assignment.objects.create(article=article, user=user)
            refresh_status(article_id=article.pk)
            return article
    return None


def submit_article(*, article: Article, by: User) -> str:
    """Hand in the user's own layer. Answers the article's status. Locks article, then layers.

    Raises Refused naming what keeps it from being submitted. Submitting twice is harmless.
    """
    with transaction.atomic():
        lock_articles([article.pk])
        layer = lock_own_layer(article=article, user=by)
        if layer.submitted_at:
            return Article.objects.values_list("status", flat=True).get(pk=article.pk)
        state = load_state(layer, length=article.length, definition=published_definition(article.project_id))
        obstacle = obstacle_to_submitting(state, article.text)
        if obstacle:
            raise Refused(obstacle)
        claim_article(article=article, user=by)
        now = timezone.now()
        Layer.objects.filter(pk=layer.pk).update(submitted_at=now)
        Assignment.objects.filter(article=article, user=by).update(submitted_at=now)
        status = refresh_status(article_id=article.pk)
        if status in (Status.SUBMITTED, Status.IN_REVIEW):
            draft_gold(article=article)
        return status


def reopen_own(*, article: Article, by: User) -> str:
    """Take back one's own submission, while no reviewer has begun. Locks article, then layer."""
    with transaction.atomic():
        lock_articles([article.pk])
        layer = lock_own_layer(article=article, user=by)
        if Layer.objects.gold().filter(article=article, begun_at__isnull=False).exists():
            raise Refused("A reviewer has begun with this article. Ask them to send it back.")
        Layer.objects.filter(pk=layer.pk).update(submitted_at=None)
        Assignment.objects.filter(article=article, user=by).update(submitted_at=None)
        return refresh_status(article_id=article.pk)


def assign(*, articles: list[Article], users: list[User]) -> int:
    """Give unclaimed articles to users in turn. Answers how many were given; full ones are left alone."""
    given = 0
    for number, article in enumerate(articles):
        try:
            with transaction.atomic():
                claim_article(article=article, user=users[number % len(users)])
                refresh_status(article_id=article.pk)
        except NotPermitted:
            continue
        given += 1
    return given
