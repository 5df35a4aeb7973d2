from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext

from annotator.lib.errors import Refused
from annotator.lib.rows import among
from articles.domain.status import derive_status
from articles.models import Article
from articles.queries.assignments.standing import ArticleStanding, standings

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
    order of id, so that there is no deadlock."""
    rows = Article.objects.filter(pk__in=among(ids)).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def refresh_status(*, article_id: int) -> str:
    """Store the status that follows from the article's layers and assignments. The caller holds the lock on
    the article's row, or is about to commit the only change to it."""
    return refresh_statuses(article_ids=[article_id])[article_id]


def refresh_statuses(*, article_ids: Collection[int]) -> dict[int, str]:
    """Store status and room of many articles, in two statements. Answers the status of each. Locks like
    `refresh_status`."""
    return store_standings(standings(article_ids))


_STORE = """
UPDATE articles_article article SET status = found.status, has_room = found.has_room
FROM unnest(%s::bigint[], %s::text[], %s::boolean[]) found (id, status, has_room)
WHERE article.id = found.id AND (article.status, article.has_room) <> (found.status, found.has_room)
"""


def store_standings(found: Collection[ArticleStanding]) -> dict[int, str]:
    """Store the status and the room that follow from these standings. Answers the status of each. Locks like
    `refresh_status`."""
    statuses = {one.article: _status(one) for one in found}
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [list(statuses), list(statuses.values()), [one.has_room for one in found]])
    return statuses


def _status(one: ArticleStanding) -> str:
    return derive_status(
        approved=one.approved,
        review_began=one.review_began,
        submissions=one.submissions,
        needed=one.wanted,
        begun=one.claims > 0,
        suggested=one.suggested,
    )


def change_metadata(*, article: Article, changes: dict[str, Any]) -> Article:
    """Change what is known about an article; its text never changes."""
    for name, value in changes.items():
        if name not in METADATA_FIELDS:
            raise Refused(gettext("%(name)s cannot be changed.") % {"name": name})
        setattr(article, name, value)
    article.save(update_fields=list(changes))
    return article


def archive_article(*, article: Article) -> None:
    """Take an article out of lists, queues and exports. Nothing that people made is deleted."""
    Article.objects.filter(pk=article.pk, archived_at__isnull=True).update(archived_at=timezone.now())
