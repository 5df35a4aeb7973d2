"""What gold of one article says of the others of its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from articles.domain.carrying import Alignment, Carried, carry_over
from articles.domain.spans import Relation, Span
from articles.engines.carried import CarriedEngine
from articles.models import Article, Layer, Status
from articles.models import Relation as RelationRow
from articles.models import Span as SpanRow
from articles.queries.stories import Member, in_story_of


@dataclass(frozen=True, slots=True)
class GoldReading:
    """An article's approved gold. `name` is another one whenever it has changed."""

    name: str
    spans: Sequence[Span]
    relations: Sequence[Relation]


def gold_reading(article: Article) -> GoldReading | None:
    """Nothing while gold is not approved."""
    layer = Layer.objects.gold().filter(article=article, approved_at__isnull=False).first()
    if layer is None:
        return None
    spans = [_span(row) for row in SpanRow.objects.filter(layer=layer)]
    links = RelationRow.objects.filter(layer=layer)
    relations = [Relation(row.id, row.type, row.source_id, row.target_id) for row in links]
    return GoldReading(f"article {article.pk}, version {layer.version}", spans, relations)


def _span(row: SpanRow) -> Span:
    pieces = tuple((start, end) for start, end in row.fragments)
    return Span(row.id, row.start, row.end, row.label, pieces, row.attributes)


def carried_by(article: Article, alignment: Alignment) -> Carried | None:
    """What of the article's gold comes along to the other text; nothing while it has none."""
    gold = gold_reading(article)
    return carry_over(gold.spans, gold.relations, alignment) if gold else None


def waiting_for(article: Article, gold: GoldReading) -> QuerySet[Article]:
    """The unfinished articles of its story to which this gold was not carried over yet, earliest first."""
    there = Layer.objects.filter(
        article=OuterRef("pk"), engine__kind=CarriedEngine.name, engine_version=gold.name
    )
    rows = in_story_of(article).exclude(pk=article.pk).exclude(status=Status.GOLD)
    return rows.exclude(Exists(there))


def carried_counts(members: Sequence[Member]) -> dict[int, int]:
    """How many suggestions were carried over to each of these articles."""
    articles = [one.article for one in members]
    layers = Layer.objects.filter(article__in=articles, engine__kind=CarriedEngine.name)
    return dict(layers.values_list("article").annotate(Count("spans")))
