"""Layers as rows: opening, loading into a LayerState, writing back what changed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Q

from annotator.schemas.definition import Definition
from annotator.users.models import User
from articles.domain.layers.edits import EditRequest, as_uuid
from articles.domain.layers.state import LayerState
from articles.domain.spans import Span as SpanValue
from articles.models import Article, Layer, LayerLabel, Rejection, Relation, Span
from articles.queries.corrections.versions import require_current
from articles.queries.layers.values import relation_value, span_value


def lock_own_layer(*, article: Article, user: User) -> Layer:
    """The user's layer of the article, made if it was not there, with its row locked.

    Raises TextCorrected.
    """
    return _lock_or_make(Layer(article=article, kind=Layer.Kind.USER, user=user))


def lock_gold_layer(*, article: Article) -> Layer:
    """The article's gold layer, made if it was not there, with its row locked. Raises TextCorrected."""
    return _lock_or_make(Layer(article=article, kind=Layer.Kind.GOLD))


def _lock_or_make(wanted: Layer) -> Layer:
    rows = Layer.objects.select_for_update(no_key=True).filter(
        article=wanted.article, kind=wanted.kind, user=wanted.user
    )
    found = rows.first()
    if found is None:
        require_current(wanted.article)
        Layer.objects.bulk_create([wanted], ignore_conflicts=True)
        found = rows.get()
    return require_open(found, wanted.article)


def require_open(layer: Layer, article: Article) -> Layer:
    """The layer, if work has not gone on in another text meanwhile. Raises TextCorrected."""
    if layer.superseded_at:
        require_current(article)
    return layer


def load_state(layer: Layer, *, length: int, definition: Definition) -> LayerState:
    """The whole layer as a value. `length` is that of the article's text, in code points."""
    state = LayerState(length=length, definition=definition)
    _add_spans(state, Span.objects.filter(layer=layer))
    state.relations = {row.id: relation_value(row) for row in Relation.objects.filter(layer=layer)}
    _add_labels_and_rejections(state, layer)
    return state


def load_state_around(
    layer: Layer, edits: Iterable[EditRequest], *, length: int, definition: Definition
) -> LayerState:
    """The part of the layer that these edits can meet (see LayerState), so that saving one span of 5,000
    reads a handful of rows."""
    edits = list(edits)
    state = LayerState(length=length, definition=definition)
    named = _named_ids(edits)
    rows = list(Span.objects.filter(id__in=named))
    state.taken = frozenset(row.id for row in rows if row.layer_id != layer.pk)
    _add_spans(state, [row for row in rows if row.layer_id == layer.pk])
    start, end = _envelope(edits, state)
    if start < end:
        _add_spans(state, Span.objects.filter(layer=layer, start__lt=end, end__gt=start))
    if any(edit.op in ("remove_span", "change_span") or "relation" in edit.op for edit in edits):
        _add_relations(state, layer, named)
    if any(edit.op in ("set_labels", "reject_suggestion", "restore_suggestion") for edit in edits):
        _add_labels_and_rejections(state, layer)
    return state


def save_changes(layer: Layer, *, before: LayerState, after: LayerState) -> None:
    """Write the difference of two states of the layer's row set. The caller holds the layer's lock."""
    gone = before.relations.keys() - after.relations.keys()
    if gone:
        Relation.objects.filter(layer=layer, id__in=gone).delete()
    removed = before.spans.keys() - after.spans.keys()
    if removed:
        Span.objects.filter(layer=layer, id__in=removed).delete()
    added = [_span_row(layer, span, after) for id_, span in after.spans.items() if id_ not in before.spans]
    changed = [
        _span_row(layer, span, after)
        for id_, span in after.spans.items()
        if id_ in before.spans and before.spans[id_] != span
    ]
    if added:
        Span.objects.bulk_create(added)
    if changed:
        _update_spans(changed)
    _save_relations(layer, before, after)
    _save_labels_and_rejections(layer, before, after)


def copy_state(state: LayerState) -> LayerState:
    """A state that can be changed without changing `state`."""
    return LayerState(
        length=state.length,
        definition=state.definition,
        spans=dict(state.spans),
        relations=dict(state.relations),
        labels=state.labels,
        rejections=dict(state.rejections),
        origins=dict(state.origins),
        taken=state.taken,
    )


def _add_spans(state: LayerState, rows: Iterable[Span]) -> None:
    for row in rows:
        state.spans[row.id] = span_value(row)
        if row.suggestion:
            state.origins[row.id] = row.suggestion


def _add_relations(state: LayerState, layer: Layer, named: set[UUID]) -> None:
    rows = list(Relation.objects.filter(Q(id__in=named) | Q(source__in=named) | Q(target__in=named)))
    changed = [row.source_id for row in rows if row.id in named]
    rows += Relation.objects.filter(layer=layer, source__in=changed) if changed else []
    state.taken |= {row.id for row in rows if row.layer_id != layer.pk}
    state.relations = {row.id: relation_value(row) for row in rows if row.layer_id == layer.pk}
    ends = {end for one in state.relations.values() for end in (one.source, one.target)}
    _add_spans(state, Span.objects.filter(layer=layer, id__in=ends - state.spans.keys()))


def _add_labels_and_rejections(state: LayerState, layer: Layer) -> None:
    state.labels = frozenset(LayerLabel.objects.filter(layer=layer).values_list("name", flat=True))
    rows = Rejection.objects.filter(layer=layer).values_list("start", "end", "label", "suggestion")
    state.rejections = {(start, end, label): suggestion for start, end, label, suggestion in rows}


def _named_ids(edits: Iterable[EditRequest]) -> set[UUID]:
    dicts = [edit.data for edit in edits if isinstance(edit.data, dict)]
    values = [data.get(key) for data in dicts for key in ("id", "source", "target")]
    return {identity for identity in map(as_uuid, values) if identity}


def _envelope(edits: Iterable[EditRequest], state: LayerState) -> tuple[int, int]:
    """The stretch of text that the edits can touch; (0, 0) when none adds or changes a span."""
    if not any(edit.op in ("add_span", "change_span") for edit in edits):
        return 0, 0
    dicts = [edit.data for edit in edits if edit.op in ("add_span", "change_span")]
    points = [data[key] for data in dicts for key in ("start", "end") if isinstance(data.get(key), int)]
    points += [point for span in state.spans.values() for point in (span.start, span.end)]
    if not points:
        return 0, 0
    return max(0, min(points)), min(state.length, max(points))


def _span_row(layer: Layer, span: SpanValue, state: LayerState) -> Span:
    return Span(
        id=span.id,
        layer=layer,
        start=span.start,
        end=span.end,
        label=span.label,
        fragments=[list(piece) for piece in span.fragments],
        attributes=dict(span.attributes),
        confidence=span.confidence,
        suggestion=state.origins.get(span.id),
    )


_CHANGE = """
UPDATE articles_span span
SET start = new.start, "end" = new.stop, label = new.label, fragments = new.fragments::jsonb,
    attributes = new.attributes::jsonb, suggestion = new.suggestion
FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::text[], %s::text[], %s::text[], %s::uuid[])
    AS new (id, start, stop, label, fragments, attributes, suggestion)
WHERE span.id = new.id
"""


def _update_spans(rows: Iterable[Span]) -> None:
    """A `bulk_update` has a CASE for each field of each row, and takes ten times as long."""
    values = [
        (row.pk, row.start, row.end, row.label, _json(row.fragments), _json(row.attributes), row.suggestion)
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, [list(column) for column in zip(*values, strict=True)])


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _save_relations(layer: Layer, before: LayerState, after: LayerState) -> None:
    changed = [one for id_, one in after.relations.items() if before.relations.get(id_) not in (None, one)]
    fresh = [one for id_, one in after.relations.items() if id_ not in before.relations]
    for one in changed:
        Relation.objects.filter(layer=layer, id=one.id).update(
            type=one.type, source=one.source, target=one.target, attributes=dict(one.attributes)
        )
    Relation.objects.bulk_create(
        Relation(
            id=one.id,
            layer=layer,
            type=one.type,
            source_id=one.source,
            target_id=one.target,
            attributes=dict(one.attributes),
        )
        for one in fresh
    )


def _save_labels_and_rejections(layer: Layer, before: LayerState, after: LayerState) -> None:
    if before.labels != after.labels:
        LayerLabel.objects.filter(layer=layer).exclude(name__in=after.labels).delete()
        LayerLabel.objects.bulk_create(
            [LayerLabel(layer=layer, name=name) for name in sorted(after.labels - before.labels)]
        )
    for start, end, label in before.rejections.keys() - after.rejections.keys():
        Rejection.objects.filter(layer=layer, start=start, end=end, label=label).delete()
    Rejection.objects.bulk_create(
        Rejection(
            layer=layer, start=start, end=end, label=label, suggestion=after.rejections[start, end, label]
        )
        for start, end, label in after.rejections.keys() - before.rejections.keys()
    )
