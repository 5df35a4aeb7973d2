"""How long people are at work on an article."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from annotator.users.models import User
from articles.models import Article
from articles.services.assignments.leases import prolong

MAX_SECONDS = 86_400
# Clocks and networks are not exact; a first report of a sitting covers the time before it.
MARGIN = timedelta(seconds=90)

_STORE = """
INSERT INTO articles_sitting (id, article_id, user_id, seconds, began_at, updated_at)
VALUES (%(id)s, %(article)s, %(user)s, LEAST(%(seconds)s, %(margin)s), %(now)s, %(now)s)
ON CONFLICT (id) DO UPDATE SET updated_at = %(now)s, seconds = LEAST(
    GREATEST(articles_sitting.seconds, %(seconds)s),
    CEIL(EXTRACT(EPOCH FROM %(now)s - articles_sitting.began_at))::int + %(margin)s, %(most)s)
WHERE articles_sitting.user_id = %(user)s AND articles_sitting.article_id = %(article)s
"""


def record_time(*, article: Article, user: User, sitting: UUID, seconds: int) -> None:
    """Keep the active seconds of one sitting, and prolong the lease of the article. The greatest report
    counts, so repeated and late ones do no harm; none counts more than the time since the first report."""
    values: dict[str, int | UUID | datetime] = {
        "id": sitting,
        "article": article.pk,
        "user": user.pk,
        "seconds": min(max(seconds, 0), MAX_SECONDS),
        "margin": int(MARGIN.total_seconds()),
        "most": MAX_SECONDS,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, values)
    prolong(article=article, user=user)
