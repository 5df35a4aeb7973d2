"""What engines suggest, written: one layer an engine and article, replaced as a whole in each run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

import orjson
from django.db import connection
from django.db.models import F

from annotator.lib.copying import copy_rows
from annotator.schemas.definition import Definition
from annotator.schemas.queries import published_definition
from articles.domain.layer_state import problem_with_ends
from articles.domain.spans import Link, Suggestion, problem_with_offsets, without_repeats
from articles.models import Article, Layer, ProjectEngine, Status
from articles.services.articles import lock_articles

SUGGESTION_NAMESPACE = UUID("6f6a3c2e-5d0b-4c7e-9a39-6a5f0f6d2b11")

_SPANS = """COPY articles_span (id, layer_id, start, "end", label, fragments, attributes, confidence, sources)
FROM STDIN"""
_RELATIONS = "COPY articles_relation (id, layer_id, type, source_id, target_id, attributes) FROM STDIN"

Row = tuple[object, ...]
Place = tuple[int, int, str]


def write_layers(
    *,
    engine: ProjectEngine,
    version: str,
    articles: Sequence[Article],
    suggestions: Sequence[Sequence[Suggestion]],
) -> int:
    """Replace the engine's layer of each article; how many spans were written. Locks articles, then layers,
    in the order of article ids.

    What an engine answers is not trusted: offsets outside the text, unknown labels, and relations that the
    schema does not know or that lead nowhere are left out.
    """
    definition = published_definition(engine.project_id)
    lock_articles(one.pk for one in articles)
    layers = _lock_layers(engine, articles)
    _empty(list(layers.values()))
    read = [
        _Reading.of(engine, article, layers[article.pk], found, definition)
        for article, found in zip(articles, suggestions, strict=True)
    ]
    copy_rows(_SPANS, (row for one in read for row in one.span_rows()))
    copy_rows(_RELATIONS, (row for one in read for row in one.relation_rows()))
    Layer.objects.filter(pk__in=layers.values()).update(engine_version=version, version=F("version") + 1)
    Article.objects.filter(pk__in=layers, status=Status.NEW).update(status=Status.SUGGESTED)
    return sum(len(one.suggestions) for one in read)


def _lock_layers(engine: ProjectEngine, articles: Sequence[Article]) -> dict[int, int]:
    """Ids of the engine's layers by article, made where they were not there."""
    wanted = [Layer(article=one, kind=Layer.Kind.ENGINE, engine=engine) for one in articles]
    Layer.objects.bulk_create(wanted, ignore_conflicts=True)
    rows = Layer.objects.select_for_update().filter(engine=engine, article__in=[one.pk for one in articles])
    return {layer.article_id: layer.pk for layer in rows.order_by("article")}


def _empty(layers: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_relation WHERE layer_id = ANY(%s)", [layers])
        cursor.execute("DELETE FROM articles_span WHERE layer_id = ANY(%s)", [layers])


@dataclass(frozen=True)
class _Reading:
    """What is kept of what an engine says of one article. `ids` are those of the suggestions, by place."""

    layer: int
    suggestions: Sequence[Suggestion]
    ids: dict[Place, UUID]
    definition: Definition

    @classmethod
    def of(
        cls,
        engine: ProjectEngine,
        article: Article,
        layer: int,
        found: Sequence[Suggestion],
        definition: Definition,
    ) -> _Reading:
        labels = definition.active_names
        kept = [
            one
            for one in without_repeats(found)
            if one.label in labels and not problem_with_offsets(one.start, one.end, article.length)
        ]
        ids = {(one.start, one.end, one.label): suggestion_id(article.pk, engine.pk, one) for one in kept}
        return cls(layer, kept, ids, definition)

    def span_rows(self) -> Iterator[Row]:
        for one in self.suggestions:
            sources = orjson.dumps(one.sources).decode() if one.sources else None
            place = (one.start, one.end, one.label)
            yield (self.ids[place], self.layer, *place, "[]", "{}", one.confidence, sources)

    def relation_rows(self) -> Iterator[Row]:
        for type_, source, target in self._relations():
            identity = uuid5(source, f"{type_}/{target}")
            yield (identity, self.layer, type_, source, target, "{}")

    def _relations(self) -> set[tuple[str, UUID, UUID]]:
        """Type and ends, each once."""
        links = [(one, link) for one in self.suggestions for link in one.links]
        return {
            (link.type, self.ids[one.start, one.end, one.label], self.ids[link.start, link.end, link.label])
            for one, link in links
            if self._fits(one, link)
        }

    def _fits(self, one: Suggestion, link: Link) -> bool:
        type_, place = self.definition.relations_by_name.get(link.type), (link.start, link.end, link.label)
        if type_ is None or place not in self.ids or place == (one.start, one.end, one.label):
            return False
        return problem_with_ends(type_, one.label, link.label) is None


def suggestion_id(article_id: int, engine_id: int, one: Suggestion) -> UUID:
    """The same suggestion of the same engine has the same id in every run, so that what people accepted or
    rejected stays known."""
    return uuid5(SUGGESTION_NAMESPACE, f"{article_id}/{engine_id}/{one.start}/{one.end}/{one.label}")
