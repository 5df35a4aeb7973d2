"""Layers loaded and written by the hundred, for a change of the label schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

import orjson
from django.db import connection

from annotator.lib.copying import copy_rows
from annotator.schemas.definition import Definition
from annotator.users.models import User
from articles.domain.layers.edits import SUBJECTS
from articles.domain.layers.state import LayerState
from articles.domain.schema_changes.carrying import CarryingEdit
from articles.domain.spans import Relation as RelationValue
from articles.domain.spans import Span as SpanValue
from articles.models import CarriedLayer, Layer, LayerLabel, Rejection, Relation, SchemaChange, Span

CARRYING_NAMESPACE = UUID("0d9b2f5c-6e3a-4a53-8a52-7f5f0c1f9b0e")
_SPANS = """COPY articles_span (id, layer_id, start, "end", label, fragments, attributes, suggestion)
FROM STDIN"""
_EDITS = "COPY articles_edit (id, layer_id, author_id, op, data, version, reason) FROM STDIN"


@dataclass
class LoadedLayer:
    """A layer with its row locked. `text` is its article's, or empty where nobody asked for it."""

    row: Layer
    state: LayerState
    text: str = ""


@dataclass
class Carrying:
    """The edits that a change makes to one layer, and the spans that an undo leaves alone."""

    layer: LoadedLayer
    edits: list[CarryingEdit]
    left: list[UUID] = field(default_factory=list)


def load_layers(ids: Sequence[int], *, definition: Definition, with_text: bool) -> list[LoadedLayer]:
    """These layers, with their rows locked in the order of their ids. Their states take any edit."""
    rows = Layer.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True, of=("self",))
    layers = list(rows.select_related("article").defer(*([] if with_text else ["article__text"])))
    states = {
        one.pk: LayerState(length=_ANY_LENGTH, definition=definition, is_history=True) for one in layers
    }
    _load_spans(states)
    _load_rest(states)
    return [LoadedLayer(one, states[one.pk], one.article.text if with_text else "") for one in layers]


# What is there lies inside the text already.
_ANY_LENGTH = 2**31


def _load_spans(states: Mapping[int, LayerState]) -> None:
    rows = Span.objects.filter(layer__in=states).values_list(
        "layer_id", "id", "start", "end", "label", "fragments", "attributes", "confidence", "suggestion"
    )
    for layer, id_, start, end, label, pieces, attributes, confidence, suggestion in rows:
        fragments = tuple((first, last) for first, last in pieces)
        state = states[layer]
        state.spans[id_] = SpanValue(id_, start, end, label, fragments, attributes, confidence)
        if suggestion:
            state.origins[id_] = suggestion


def _load_rest(states: Mapping[int, LayerState]) -> None:
    relations = Relation.objects.filter(layer__in=states)
    for layer, id_, kind, source, target, attributes in relations.values_list(
        "layer_id", "id", "type", "source_id", "target_id", "attributes"
    ):
        states[layer].relations[id_] = RelationValue(id_, kind, source, target, attributes)
    for layer, name in LayerLabel.objects.filter(layer__in=states).values_list("layer_id", "name"):
        states[layer].labels |= {name}
    rejections = Rejection.objects.filter(layer__in=states)
    for layer, start, end, label, suggestion in rejections.values_list(
        "layer_id", "start", "end", "label", "suggestion"
    ):
        states[layer].rejections[start, end, label] = suggestion


def write_carryings(change: SchemaChange, carryings: Iterable[Carrying], *, by: User | None) -> int:
    """Write the edits into histories, and what they do into the rows. Answers how many spans were changed.

    An engine's layer has no history: its edits are kept with the change. The caller holds the layers' locks.
    """
    todo = [one for one in carryings if one.edits or one.left]
    _copy_edits(change, [one for one in todo if one.layer.row.kind != Layer.Kind.ENGINE], by)
    _write_rows([(one.layer.row.pk, edit) for one in todo for edit in one.edits])
    done = [_carried(change, one) for one in todo]
    CarriedLayer.objects.bulk_create(done)
    _grow_versions(done)
    return sum(one.spans for one in done)


def _carried(change: SchemaChange, one: Carrying) -> CarriedLayer:
    row = one.layer.row
    is_engines = row.kind == Layer.Kind.ENGINE
    growth = min(1, len(one.edits)) if is_engines else len(one.edits)
    kept = [{"op": edit.op, "data": edit.data, "was": edit.was} for edit in one.edits]
    return CarriedLayer(
        change=change,
        layer=row,
        first_version=row.version + 1,
        last_version=row.version + growth,
        spans=sum("span" in edit.op for edit in one.edits),
        edits=kept if is_engines else None,
        left=[str(id_) for id_ in one.left],
    )


def _copy_edits(change: SchemaChange, carryings: Sequence[Carrying], by: User | None) -> None:
    author = by.pk if by else None
    copy_rows(
        _EDITS,
        (
            (
                edit_id(change.pk, one.layer.row.pk, version),
                one.layer.row.pk,
                author,
                edit.op,
                orjson.dumps({SUBJECTS[edit.op]: edit.data, "was": edit.was}).decode(),
                version,
                "",
            )
            for one in carryings
            for version, edit in enumerate(one.edits, start=one.layer.row.version + 1)
        ),
    )


def edit_id(change: int, layer: int, version: int) -> UUID:
    """The same edit of the same change has the same id, whoever makes it."""
    return uuid5(CARRYING_NAMESPACE, f"{change}/{layer}/{version}")


def _grow_versions(done: Sequence[CarriedLayer]) -> None:
    _execute(
        "UPDATE articles_layer l SET version = c.version "
        "FROM unnest(%s::bigint[], %s::int[]) c (id, version) WHERE l.id = c.id",
        [[one.layer_id for one in done], [one.last_version for one in done]],
    )


def _write_rows(edits: Sequence[tuple[int, CarryingEdit]]) -> None:
    """One statement an operation. What is added comes first, and what is removed last; the database looks at
    the ends of relations when the transaction ends."""
    by_op: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)
    for layer, edit in edits:
        by_op[edit.op].append((layer, edit.data))
    for op, write in _WRITERS.items():
        if by_op[op]:
            write(by_op[op])


def _remove_relations(rows: list[tuple[int, Any]]) -> None:
    _execute("DELETE FROM articles_relation WHERE id = ANY(%s::uuid[])", [[data["id"] for _, data in rows]])


def _remove_spans(rows: list[tuple[int, Any]]) -> None:
    _execute("DELETE FROM articles_span WHERE id = ANY(%s::uuid[])", [[data["id"] for _, data in rows]])


def _change_spans(rows: list[tuple[int, Any]]) -> None:
    changes = _last_of_each(rows)
    _execute(
        "UPDATE articles_span s SET label = coalesce(c.label, s.label), "
        "attributes = coalesce(c.attributes::jsonb, s.attributes) "
        "FROM unnest(%s::uuid[], %s::text[], %s::text[]) c (id, label, attributes) WHERE s.id = c.id",
        [
            [data["id"] for data in changes],
            [data.get("label") for data in changes],
            [_json(data.get("attributes")) for data in changes],
        ],
    )


def _add_spans(rows: list[tuple[int, Any]]) -> None:
    copy_rows(
        _SPANS,
        (
            (
                data["id"],
                layer,
                data["start"],
                data["end"],
                data["label"],
                _json(data["fragments"]),
                _json(data["attributes"]),
                data["suggestion"],
            )
            for layer, data in rows
        ),
    )


def _change_relations(rows: list[tuple[int, Any]]) -> None:
    changes = _last_of_each(rows)
    _execute(
        "UPDATE articles_relation r SET type = coalesce(c.type, r.type), "
        "source_id = coalesce(c.source, r.source_id), target_id = coalesce(c.target, r.target_id) "
        "FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[]) c (id, type, source, target) "
        "WHERE r.id = c.id",
        [[data.get(key) for data in changes] for key in ("id", "type", "source", "target")],
    )


def _add_relations(rows: list[tuple[int, Any]]) -> None:
    copy_rows(
        "COPY articles_relation (id, layer_id, type, source_id, target_id, attributes) FROM STDIN",
        (
            (data["id"], layer, data["type"], data["source"], data["target"], _json(data["attributes"]))
            for layer, data in rows
        ),
    )


def _last_of_each(rows: list[tuple[int, Any]]) -> list[dict[str, Any]]:
    """What all changes of one row come to."""
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for _, data in rows:
        found[data["id"]] |= data
    return list(found.values())


def _set_labels(rows: list[tuple[int, Any]]) -> None:
    last = dict(rows)
    LayerLabel.objects.filter(layer__in=last).delete()
    LayerLabel.objects.bulk_create(
        LayerLabel(layer_id=layer, name=name) for layer, names in last.items() for name in names
    )


def _restore_suggestions(rows: list[tuple[int, Any]]) -> None:
    places = [[data[key] for _, data in rows] for key in ("start", "end", "label")]
    _execute(
        "DELETE FROM articles_rejection r USING unnest(%s::bigint[], %s::int[], %s::int[], %s::text[]) "
        'c (layer, start, "end", label) '
        'WHERE r.layer_id = c.layer AND r.start = c.start AND r."end" = c."end" AND r.label = c.label',
        [[layer for layer, _ in rows], *places],
    )


def _reject_suggestions(rows: list[tuple[int, Any]]) -> None:
    Rejection.objects.bulk_create(
        [
            Rejection(
                layer_id=layer,
                start=data["start"],
                end=data["end"],
                label=data["label"],
                suggestion=data.get("id"),
            )
            for layer, data in rows
        ],
        ignore_conflicts=True,
    )


_WRITERS = {
    "add_span": _add_spans,
    "add_relation": _add_relations,
    "change_span": _change_spans,
    "change_relation": _change_relations,
    "remove_relation": _remove_relations,
    "remove_span": _remove_spans,
    "set_labels": _set_labels,
    "restore_suggestion": _restore_suggestions,
    "reject_suggestion": _reject_suggestions,
}


def _json(value: object) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


def _execute(sql: str, params: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
