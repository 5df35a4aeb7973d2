"""What gold of one article says of the others of its story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from annotator.users.models import Project
from articles.domain.spans import Relation, Span
from articles.domain.stories.carrying import Alignment, Carried, carry_over
from articles.engines.carried import CarriedEngine
from articles.models import Article, Layer, Status
from articles.models import Relation as RelationRow
from articles.models import Span as SpanRow
from articles.queries.stories.members import Member, in_story_of

_NAME = "article {}, version {}"


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
    spans = [span_of(row) for row in SpanRow.objects.filter(layer=layer)]
    links = RelationRow.objects.filter(layer=layer)
    relations = [Relation(row.id, row.type, row.source_id, row.target_id) for row in links]
    return GoldReading(_NAME.format(article.pk, layer.version), spans, relations)


def span_of(row: SpanRow) -> Span:
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


_DUE = """
WITH member AS (
    SELECT article.id, article.status, coalesce(twin.original_id, article.id) AS root
    FROM articles_article article LEFT JOIN articles_twin twin ON twin.article_id = article.id
    WHERE article.project_id = %(project)s AND article.archived_at IS NULL AND (
        twin.article_id IS NOT NULL
        OR EXISTS (SELECT FROM articles_twin o WHERE o.original_id = article.id))),
    first_gold AS (
    SELECT DISTINCT ON (member.root) member.root, member.id, layer.version
    FROM member JOIN articles_layer layer ON layer.article_id = member.id
        AND layer.kind = 'gold' AND layer.approved_at IS NOT NULL
    ORDER BY member.root, layer.approved_at, member.id)
SELECT gold.id, member.id FROM first_gold gold JOIN member USING (root)
WHERE member.id <> gold.id AND member.status <> 'gold' AND NOT EXISTS (
    SELECT FROM articles_layer layer JOIN articles_projectengine engine ON engine.id = layer.engine_id
    WHERE layer.article_id = member.id AND engine.kind = %(kind)s
        AND (layer.engine_version = 'article ' || gold.id || ', version ' || gold.version
            OR layer.engine_version NOT LIKE 'article ' || gold.id || ',%%'))
ORDER BY gold.id, member.id LIMIT %(most)s
"""


def due_to_be_carried(project: Project, *, most: int) -> dict[int, list[int]]:
    """By the article that became gold first of each story, the unfinished ones that do not have its gold as
    it is now. What somebody has carried there from another article stays."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"project": project.pk, "kind": CarriedEngine.name, "most": most})
        found = defaultdict[int, list[int]](list)
        for gold, member in cursor.fetchall():
            found[gold].append(member)
    return dict(found)


def carried_counts(members: Sequence[Member]) -> dict[int, int]:
    """How many suggestions were carried over to each of these articles."""
    articles = [one.article for one in members]
    layers = Layer.objects.filter(article__in=articles, engine__kind=CarriedEngine.name)
    return dict(layers.values_list("article").annotate(Count("spans")))
