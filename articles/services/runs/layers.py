"""What engines suggest, written: one layer an engine and article, replaced as a whole in each run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from uuid import UUID, uuid5

import orjson
from django.db import connection

from annotator.lib.copying import copy_rows, copy_text, copy_text_rows
from annotator.lib.rows import among
from annotator.schemas.definition import Definition
from annotator.schemas.queries import published_definition
from articles.domain.layers.state import problem_with_ends
from articles.domain.schema_changes.names import suggestions_by_now
from articles.domain.spans import Link, Suggestion, problem_with_offsets, without_repeats
from articles.models import Article, ProjectEngine, Status
from articles.queries.schema_changes.changes import names_today
from articles.queries.suggestions.ids import suggestion_id

_LAYERS = """
INSERT INTO articles_layer (article_id, kind, engine_id, engine_version, version)
SELECT article, 'engine', %s, %s, 1 FROM unnest(%s::bigint[]) AS article ORDER BY article
ON CONFLICT (article_id, engine_id) WHERE kind = 'engine'
DO UPDATE SET engine_version = excluded.engine_version, version = articles_layer.version + 1
RETURNING article_id, id, version"""
_SPANS = """COPY articles_span (id, layer_id, start, "end", label, fragments, attributes, confidence, sources)
FROM STDIN"""
_RELATIONS = "COPY articles_relation (id, layer_id, type, source_id, target_id, attributes) FROM STDIN"

# There are few labels and many spans.
_label_for_copy = lru_cache(maxsize=1_000)(copy_text)

Row = tuple[object, ...]
Place = tuple[int, int, str]


def write_layers(
    *,
    engine: ProjectEngine,
    version: str,
    articles: Sequence[Article],
    suggestions: Sequence[Sequence[Suggestion]],
) -> int:
    """Replace the engine's layer of each article; how many spans were written. The caller has locked the
    articles, or has just made them; layers are locked in the order of article ids.

    What an engine answers is not trusted: offsets outside the text, unknown labels, and relations that the
    schema does not know or that lead nowhere are left out.
    """
    definition = published_definition(engine.project_id)
    names = names_today(engine.project_id, definition)
    layers = _empty_layers(engine, version, articles)
    read = [
        _Reading.of(
            engine,
            article,
            layers[article.pk],
            suggestions_by_now(found, names, article.text),
            definition,
        )
        for article, found in zip(articles, suggestions, strict=True)
    ]
    copy_text_rows(_SPANS, "".join(chain.from_iterable(one.span_lines() for one in read)))
    if relations := [row for one in read for row in one.relation_rows()]:
        copy_rows(_RELATIONS, relations)
    Article.objects.filter(pk__in=among(layers), status=Status.NEW).update(status=Status.SUGGESTED)
    return sum(len(one.suggestions) for one in read)


def _empty_layers(engine: ProjectEngine, version: str, articles: Sequence[Article]) -> dict[int, int]:
    """Ids of the engine's layers by article, locked: made where they were not there, else emptied."""
    with connection.cursor() as cursor:
        cursor.execute(_LAYERS, [engine.pk, version, [one.pk for one in articles]])
        rows = cursor.fetchall()
        if known := [layer for _, layer, version in rows if version > 1]:
            cursor.execute("DELETE FROM articles_relation WHERE layer_id = ANY(%s)", [known])
            cursor.execute("DELETE FROM articles_span WHERE layer_id = ANY(%s)", [known])
    return {article: layer for article, layer, _ in rows}


@dataclass(frozen=True)
class _Reading:
    """What is kept of what an engine says of one article. `ids` are those of the suggestions, by place and
    in their order."""

    layer: int
    suggestions: Sequence[Suggestion]
    ids: dict[Place, str]
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
        author = article.pk, engine.pk
        ids = {(one.start, one.end, one.label): suggestion_id(*author, one) for one in kept}
        return cls(layer, kept, ids, definition)

    def span_lines(self) -> Iterator[str]:
        """Lines for COPY, put together by hand: there are a hundred thousand of them in a second."""
        for identity, one in zip(self.ids.values(), self.suggestions, strict=True):
            confidence = "\\N" if one.confidence is None else one.confidence
            sources = copy_text(orjson.dumps(one.sources).decode()) if one.sources else "\\N"
            place = f"{one.start}\t{one.end}\t{_label_for_copy(one.label)}"
            yield f"{identity}\t{self.layer}\t{place}\t[]\t{{}}\t{confidence}\t{sources}\n"

    def relation_rows(self) -> Iterator[Row]:
        for type_, source, target in self._relations():
            identity = uuid5(UUID(source), f"{type_}/{target}")
            yield (identity, self.layer, type_, source, target, "{}")

    def _relations(self) -> set[tuple[str, str, str]]:
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
