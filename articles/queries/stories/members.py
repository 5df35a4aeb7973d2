"""Stories: articles that nearly repeat each other, as groups that people can look through."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from annotator.users.models import Project
from articles.models import Article, Status, Twin
from articles.queries.articles import without_text

# Of one story: what shares a template makes groups of thousands.
MOST_SHOWN = 500
LARGEST_FIRST, NEWEST_FIRST = "size", "date"
_ORDERS = {LARGEST_FIRST: "size DESC, root DESC", NEWEST_FIRST: "latest DESC NULLS LAST, root DESC"}

_STORIES = """
SELECT min(article.id), count(*) AS size, count(*) FILTER (WHERE article.status = 'gold'),
    min(article.published_on), max(article.published_on) AS latest
FROM (
    SELECT article_id, original_id AS root FROM articles_twin
    UNION SELECT original_id, original_id FROM articles_twin
) member
JOIN articles_article article ON article.id = member.article_id
WHERE article.project_id = %s AND article.archived_at IS NULL
GROUP BY root HAVING count(*) > 1
ORDER BY {order} LIMIT %s OFFSET %s
"""


@dataclass(frozen=True, slots=True)
class Story:
    """`head` is its earliest article, `gold` how many are finished. Archived ones do not count."""

    head: Article
    size: int
    gold: int
    first_on: date | None
    last_on: date | None


def stories_of(project: Project, *, order: str, number: int, size: int) -> tuple[list[Story], bool]:
    """Page `number` (from 1) of the project's stories, and whether there are more. `order` is LARGEST_FIRST
    or NEWEST_FIRST."""
    with connection.cursor() as cursor:
        cursor.execute(_STORIES.format(order=_ORDERS[order]), [project.pk, size + 1, (number - 1) * size])
        rows = cursor.fetchall()
    heads = without_text(Article.objects.of(project)).in_bulk([head for head, *_ in rows])
    found = [Story(heads[head], *rest) for head, *rest in rows if head in heads]
    return found[:size], len(rows) > size


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story. `similarity` to what it repeats is 0 to 1; None for the original."""

    article: Article
    similarity: float | None

    @property
    def percent(self) -> int:
        return round(100 * (self.similarity or 0))


def in_story_of(article: Article) -> QuerySet[Article]:
    """The article and all that belong to its story and are not archived, earliest first."""
    twin = Twin.objects.filter(article=article).first()
    root = twin.original_id if twin else article.pk
    rows = Article.objects.of(article.project)
    return rows.filter(Q(pk=root) | Q(twin__original=root)).order_by("pk")


def count_in_story(article: Article) -> int:
    """How many articles tell the article's story, itself included."""
    return in_story_of(article).order_by().count()


def count_unfinished(article: Article) -> int:
    """How many of them are not gold yet."""
    return in_story_of(article).order_by().exclude(status=Status.GOLD).count()


def members_of(article: Article) -> list[Member]:
    """The story of the article, earliest first, as far as MOST_SHOWN."""
    rows = without_text(in_story_of(article)).select_related("twin")[:MOST_SHOWN]
    return [Member(one, one.twin.similarity if hasattr(one, "twin") else None) for one in rows]


def base_of(members: Sequence[Member]) -> Article:
    """What the others of a story are compared with: the first that is gold, else the earliest."""
    return next((one.article for one in members if one.article.status == Status.GOLD), members[0].article)


def reprint_counts(articles: Collection[Article]) -> dict[int, int]:
    """How many articles repeat each of these, where any does."""
    rows = Twin.objects.filter(original__in=[one.pk for one in articles], article__archived_at__isnull=True)
    return dict(rows.values_list("original").annotate(Count("pk")))
