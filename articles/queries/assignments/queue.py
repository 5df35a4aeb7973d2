"""Which articles an annotator has left, and which wait for one, in the order that the project has chosen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet

from annotator.users.models import Project, QueueOrder, User
from articles.models import Article, Assignment, Rank

# No more claims than this are looked at to find the next article.
_MOST_LEFT = 100


@dataclass(frozen=True, slots=True)
class Left:
    """An article, by its id, that somebody may go on with. `returned`: its lease ran out. `flagged`: they
    were not sure, and want to come back to it when nothing else is left."""

    article: int
    flagged: bool
    returned: bool

    @property
    def is_at_hand(self) -> bool:
        return not (self.flagged or self.returned)


# Plain SQL: it is asked for every next article, and the ORM would take longer to build it than PostgreSQL to
# answer.
_LEFT = """
SELECT claim.article_id, claim.flagged_at IS NOT NULL AS flagged, claim.returned_at IS NOT NULL AS returned
FROM articles_assignment claim JOIN articles_article article ON article.id = claim.article_id
WHERE claim.user_id = %(user)s
    AND claim.submitted_at IS NULL AND claim.skipped_at IS NULL AND claim.returned_by_id IS NULL
    AND article.project_id = %(project)s AND article.id <> %(after)s
    AND (article.archived_at IS NULL
        OR EXISTS (SELECT FROM articles_knownreading reading WHERE reading.copy_id = article.id))
    AND (claim.returned_at IS NULL OR article.has_room AND article.status <> 'gold')
ORDER BY flagged, returned, claim.due_on NULLS LAST, claim.handout_id NULLS LAST, claim.id
LIMIT %(most)s
"""


def articles_left(project: Project, user: User, *, after: int | None = None) -> list[Left]:
    """What the user may go on with: first what is at hand, the earliest due date first; then what was
    returned and still has room; then what they had flagged. `after` is left out."""
    values = {"user": user.pk, "project": project.pk, "after": after or 0, "most": _MOST_LEFT}
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, values)
        return [Left(*row) for row in cursor.fetchall()]


def free_articles(project: Project, user: User, *, after: int | None = None) -> QuerySet[Article]:
    """Unfinished articles with room for one more annotator that the user never had, the oldest first. Only
    ids and projects are loaded."""
    mine = Assignment.objects.filter(user=user, article=OuterRef("pk"))
    free = Article.objects.of(project).with_room().exclude(Exists(mine))
    return free.exclude(pk=after or 0).only("project").order_by("pk")


def queue_of(project: Project, user: User, *, after: int | None = None) -> Sequence[QuerySet[Article]]:
    """Free articles in the order that the project has chosen, as querysets to be read one after another. Each
    is read by an index, and only as far as is needed.

    Articles without a place in a made order come after those that have one, the oldest first.
    """
    oldest = free_articles(project, user, after=after)
    match project.queue_order:
        case QueueOrder.RANDOM:
            # From a random place on. To shuffle all articles would take too long for every request.
            pivot = _random_place(project)
            return oldest.filter(pk__gte=pivot), oldest.filter(pk__lt=pivot)
        case QueueOrder.PRIORITY:
            ranked = oldest.filter(rank__project=project).order_by("-rank__priority", "rank__article")
            plain = oldest.filter(Q(rank__isnull=True) | Q(rank__priority=0))
            return ranked.filter(rank__priority__gt=0), plain, ranked.filter(rank__priority__lt=0)
        case QueueOrder.GAIN | QueueOrder.EASE as made:
            value = f"rank__{made}"
            in_order = F(value).desc(nulls_last=True)
            ranked = oldest.filter(rank__project=project, **{f"{value}__isnull": False})
            ranked = ranked.order_by(in_order, "rank__article")
            return ranked, oldest.exclude(
                pk__in=Rank.objects.filter(**{f"{made}__isnull": False}).values("pk")
            )
    return (oldest,)


def _random_place(project: Project) -> int:
    ends = Article.objects.of(project).aggregate(first=Min("pk"), last=Max("pk"))
    return random.randint(ends["first"] or 0, ends["last"] or 0)  # noqa: S311 - an order, not a secret
