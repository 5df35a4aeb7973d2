"""What the order of the queue is made from: articles that wait, what gold has, how long people take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Lower, Substr

from annotator.users.models import Project
from articles.domain.ordering import Time
from articles.models import Article, Assignment, Layer, Sitting, Span, Status

# An order is made over so many articles, the oldest that wait; more would not be reached before the next.
MOST_RANKED = 10_000
_MOST_SITTINGS = 1_000
_MOST_KNOWN = 200_000


def waiting_articles(project: Project) -> QuerySet[Article]:
    """Articles that nobody has begun, oldest first, at most MOST_RANKED."""
    claimed = Assignment.objects.filter(article__project=project).taking_room().values("article")
    rows = Article.objects.of(project).untouched().exclude(pk__in=claimed)
    return rows.defer("search").order_by("pk")[:MOST_RANKED]


def finished_articles(project: Project) -> QuerySet[Article]:
    """Articles that somebody has handed in."""
    done = (Status.SUBMITTED, Status.IN_REVIEW, Status.GOLD)
    return Article.objects.of(project).filter(status__in=done)


def known_mentions(project: Project) -> Counter[object]:
    """In how many places finished work has which words, in lower case, with which label."""
    finished = Q(layer__kind=Layer.Kind.GOLD) | Q(layer__submitted_at__isnull=False)
    spans = Span.objects.filter(finished, layer__article__project=project)
    words = Lower(Substr(F("layer__article__text"), F("start") + 1, F("end") - F("start")))
    rows = spans.annotate(words=words).order_by().values_list("words", "label")[:_MOST_KNOWN]
    return Counter(rows.iterator())


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
