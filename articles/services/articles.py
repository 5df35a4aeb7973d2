from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.utils import timezone

from annotator.lib.errors import Refused
from articles.domain.status import derive_status
from articles.models import Article, Assignment, Layer

METADATA_FIELDS = (
    "title",
    "published_on",
    "source",
    "agency",
    "dateline",
    "byline",
    "language",
    "url",
    "metadata",
)


def lock_articles(ids: Iterable[int]) -> None:
    """Lock the rows of these articles. Whoever locks articles and their layers locks the articles first, in
    order of id, so that nobody waits in a circle."""
    rows = Article.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def refresh_status(*, article_id: int) -> str:
    """Store the status that follows from the article's layers and assignments. The caller holds the lock on
    the article's row, or is about to commit the only change to it."""
    article = Article.objects.select_related("project").defer("text", "search").get(pk=article_id)
    gold = Layer.objects.gold().filter(article=article).first()
    claims = (
        Assignment.objects.filter(article=article)
        .taking_room()
        .aggregate(all=Count("pk"), submitted=Count("submitted_at"))
    )
    status = derive_status(
        approved=gold is not None and gold.approved_at is not None,
        review_began=gold is not None and gold.begun_at is not None,
        submissions=claims["submitted"],
        needed=article.project.annotators_per_article,
        begun=claims["all"] > 0,
        suggested=Layer.objects.by_engines().filter(article=article).exists(),
    )
    Article.objects.filter(pk=article_id).exclude(status=status).update(status=status)
    return status


def change_metadata(*, article: Article, changes: dict[str, Any]) -> Article:
    """Change what is known about an article; its text never changes."""
    for name, value in changes.items():
        if name not in METADATA_FIELDS:
            raise Refused(f"{name} cannot be changed.")
        setattr(article, name, value)
    article.save(update_fields=list(changes))
    return article


def archive_article(*, article: Article) -> None:
    """Take an article out of lists, queues and exports. Nothing that people made is deleted."""
    Article.objects.filter(pk=article.pk, archived_at__isnull=True).update(archived_at=timezone.now())
