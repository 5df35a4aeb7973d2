"""Layers that come from outside as a whole, written with COPY."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from annotator.lib.copying import copy_rows, copy_text, copy_text_rows
from annotator.lib.ids import ordered_uuids
from articles.domain.spans import Relation, Span
from articles.models import Layer


@dataclass(frozen=True)
class IncomingLayer:
    """One author's reading on its way in. Ids of spans and relations are names within the input and no more:
    they get new ones, so that one file can be imported into two projects.

    `op` is how its history begins; an engine's layer has none. Labels have been held against the schema, so
    they hold nothing that COPY or JSON would want escaped.
    """

    article: int
    kind: str
    spans: Sequence[Span]
    relations: Sequence[Relation] = ()
    labels: Sequence[str] = ()
    user: int | None = None
    engine: int | None = None
    op: str = "import_layer"
    by: int | None = None
    is_final: bool = True

    @cached_property
    def span_ids(self) -> list[str]:
        return ordered_uuids(len(self.spans))

    @cached_property
    def relation_ids(self) -> list[str]:
        return ordered_uuids(len(self.relations))

    @cached_property
    def new_ids(self) -> Mapping[UUID, str]:
        """Of the spans, by those of the input: only relations ask for them."""
        return dict(zip((span.id for span in self.spans), self.span_ids, strict=True))

    def row(self, layer: int, now: datetime) -> tuple[Any, ...]:
        is_gold, is_final = self.kind == Layer.Kind.GOLD, self.is_final
        begun = now if is_final and self.kind != Layer.Kind.ENGINE else None
        submitted = now if self.kind == Layer.Kind.USER else None
        approved = now if is_gold and is_final else None
        version = "imported" if self.kind == Layer.Kind.ENGINE else ""
        place = (layer, self.article, self.kind, self.user, self.engine, version, 1)
        return (*place, begun, submitted, approved, self.by if approved else None)

    def span_lines(self, layer: int) -> Iterator[str]:
        """Most spans are plain, and there are many: they take the short way."""
        for id_, span in zip(self.span_ids, self.spans, strict=True):
            place = f"{id_}\t{layer}\t{span.start}\t{span.end}\t{span.label}"
            if span.fragments or span.attributes or span.confidence is not None:
                fragments, attributes = _column(span.fragments, "[]"), _column(span.attributes, "{}")
                confidence = "\\N" if span.confidence is None else span.confidence
                yield f"{place}\t{fragments}\t{attributes}\t{confidence}\n"
            else:
                yield f"{place}\t[]\t{{}}\t\\N\n"

    def relation_rows(self, layer: int) -> Iterator[tuple[Any, ...]]:
        for id_, one in zip(self.relation_ids, self.relations, strict=True):
            ends = (self.new_ids[one.source], self.new_ids[one.target])
            yield id_, layer, one.type, *ends, _json(one.attributes, "{}")

    def label_rows(self, layer: int) -> Iterator[tuple[Any, ...]]:
        return ((layer, name) for name in sorted(set(self.labels)))

    def history(self) -> str:
        """The whole layer as the data of its first edit, so that the sum of the edits is the layer."""
        spans = ",".join(map(_span_json, self.span_ids, self.spans))
        relations = [
            {
                "id": id_,
                "type": one.type,
                "source": self.new_ids[one.source],
                "target": self.new_ids[one.target],
                "attributes": dict(one.attributes),
            }
            for id_, one in zip(self.relation_ids, self.relations, strict=True)
        ]
        rest = f'"relations":{_json(relations, "[]")},"labels":{_json(sorted(set(self.labels)), "[]")}'
        return f'{{"spans":[{spans}],{rest}}}'


_LAYERS = """COPY articles_layer (id, article_id, kind, user_id, engine_id, engine_version, version, begun_at,
submitted_at, approved_at, approved_by_id) FROM STDIN"""
_ASSIGNMENTS = "COPY articles_assignment (article_id, user_id, submitted_at) FROM STDIN"
_SPANS = """COPY articles_span (id, layer_id, start, "end", label, fragments, attributes, confidence)
FROM STDIN"""
_RELATIONS = "COPY articles_relation (id, layer_id, type, source_id, target_id, attributes) FROM STDIN"
_LABELS = "COPY articles_layerlabel (layer_id, name) FROM STDIN"
_EDITS = "COPY articles_edit (id, layer_id, author_id, op, data, version, reason) FROM STDIN"


Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class LayerRows:
    """Layers as rows, ready to be written: those of spans as COPY's text, being a hundred times as many. With
    each layer comes the first edit of its history; a person's counts as submitted."""

    layers: Rows
    assignments: Rows
    spans: str
    relations: Rows
    labels: Rows
    edits: Rows

    @classmethod
    def of(cls, incoming: Sequence[IncomingLayer]) -> LayerRows:
        now = datetime.now(UTC)
        numbered = list(zip(next_ids("articles_layer", len(incoming)), incoming, strict=True))
        made = [(layer, one) for layer, one in numbered if one.kind != Layer.Kind.ENGINE]
        edits = zip(ordered_uuids(len(made)), made, strict=True)
        return cls(
            layers=[one.row(layer, now) for layer, one in numbered],
            assignments=[(one.article, one.user, now) for one in incoming if one.user is not None],
            spans="".join([line for layer, one in numbered for line in one.span_lines(layer)]),
            relations=[row for layer, one in numbered for row in one.relation_rows(layer)],
            labels=[row for layer, one in numbered for row in one.label_rows(layer)],
            edits=[(id_, layer, one.by, one.op, one.history(), 1, "") for id_, (layer, one) in edits],
        )

    def write(self) -> None:
        """In the order in which they name each other. Most imports lack some of them."""
        for statement, rows in (
            (_LAYERS, self.layers),
            (_ASSIGNMENTS, self.assignments),
            (_SPANS, self.spans),
            (_RELATIONS, self.relations),
            (_LABELS, self.labels),
            (_EDITS, self.edits),
        ):
            if isinstance(rows, str):
                copy_text_rows(statement, rows)
            elif rows:
                copy_rows(statement, rows)


def next_ids(table: str, count: int) -> list[int]:
    """Ids for rows that are about to be copied in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def _span_json(id_: str, span: Span) -> str:
    """Most spans have neither fragments nor attributes, and there are many spans."""
    plain = f'{{"id":"{id_}","start":{span.start},"end":{span.end},"label":"{span.label}"'
    if not span.fragments and not span.attributes:
        return f"{plain}}}"
    return f'{plain},"fragments":{_json(span.fragments, "[]")},"attributes":{_json(span.attributes, "{}")}}}'


def _json(value: Any, empty: str) -> str:
    return orjson.dumps(value).decode() if value else empty


def _column(value: Any, empty: str) -> str:
    return copy_text(orjson.dumps(value).decode()) if value else empty
