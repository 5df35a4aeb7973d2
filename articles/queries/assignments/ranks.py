"""What the order of the queue is made from: articles that wait, what gold has, how long people take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from annotator.users.models import Project
from articles.domain.assignments.ordering import Time, words
from articles.models import Article, Assignment, Layer, Sitting, Span, Status

# How many waiting articles are ordered, the oldest ones. More would not be reached before the next order.
MOST_RANKED = 10_000
_MOST_SITTINGS = 1_000
_MOST_KNOWN = 2_000


def waiting_articles(project: Project) -> QuerySet[Article]:
    """Articles that nobody has begun, oldest first, at most MOST_RANKED."""
    claimed = Assignment.objects.filter(article__project=project).taking_room().values("article")
    rows = Article.objects.of(project).untouched().exclude(pk__in=claimed)
    return rows.order_by("pk")[:MOST_RANKED]


def finished_articles(project: Project) -> QuerySet[Article]:
    """Articles that somebody has handed in."""
    done = (Status.SUBMITTED, Status.IN_REVIEW, Status.GOLD)
    return Article.objects.of(project).filter(status__in=done)


def known_words(project: Project) -> Counter[str]:
    """In how many finished articles each word is, in lower case; the newest _MOST_KNOWN count."""
    texts = finished_articles(project).order_by("-pk").values_list("text", flat=True)[:_MOST_KNOWN]
    return Counter(chain.from_iterable(map(words, texts.iterator())))


def times_taken(project: Project) -> list[Time]:
    """What the latest articles that were handed in took their annotators."""
    suggested = Span.objects.filter(layer__article=OuterRef("article"), layer__kind=Layer.Kind.ENGINE)
    count = suggested.order_by().values("layer__article").annotate(count=Count("pk")).values("count")
    taken = (
        Sitting.objects.filter(article__project=project, article__assignments__submitted_at__isnull=False)
        .filter(article__assignments__user=F("user"))
        .order_by()
        .values("article", "user", "article__length")
        .annotate(seconds=Sum("seconds"), suggestions=Coalesce(Subquery(count), 0))
        .order_by("-article")[:_MOST_SITTINGS]
    )
    return [Time(row["article__length"], row["suggestions"], row["seconds"]) for row in taken]


def in_batches(rows: QuerySet[Article], size: int) -> Iterator[Sequence[Article]]:
    """The rows of a query, `size` at a time in memory."""
    batch: list[Article] = []
    for row in rows.iterator(chunk_size=size):
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def grouped(roots: Mapping[int, int], articles: QuerySet[Article]) -> set[int]:
    """The groups of near-duplicates that these articles belong to."""
    return {roots[pk] for pk in articles.values_list("pk", flat=True).iterator()}
