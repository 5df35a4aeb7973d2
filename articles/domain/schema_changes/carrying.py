"""A layer carried over to a changed label schema.

It is done by edits like those of people, so that the history shows them and the layer is still the sum of its
edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from articles.domain.layers.state import LayerState, relation_as_data, span_as_data
from articles.domain.schema_changes.mapping import SchemaMapping
from articles.domain.spans import Relation, Span, reading_order

_Heirs = Mapping[UUID, UUID]


@dataclass(frozen=True, slots=True)
class CarryingEdit:
    """An edit with `was`, the values that it replaces, from which it can be undone. `data` is the subject of
    `op`."""

    op: str
    data: Any
    was: Any


def carry_over(state: LayerState, mapping: SchemaMapping, text: str) -> list[CarryingEdit]:
    """The edits that carry a whole layer over, in an order in which each can be applied. `state` is not
    changed.

    Equal spans that get the same label become one, with the attributes and relations of all. A relation that
    would lead from a span to itself, or that exists already, is removed.
    """
    become = {id_: mapping.span(span, text) for id_, span in state.spans.items()}
    kept, heirs = _without_repeats(state, {id_: span for id_, span in become.items() if span})
    return [
        *_relation_edits(state, mapping, kept, heirs),
        *(_removal(state, span) for span in state.spans.values() if span.id not in kept),
        *(
            _change(state.spans[span.id], span)
            for span in sorted(kept.values(), key=reading_order)
            if span is not state.spans[span.id]
        ),
        *_label_edits(state, mapping),
        *_rejection_edits(state, mapping, text),
    ]


def _without_repeats(
    state: LayerState, become: Mapping[UUID, Span]
) -> tuple[dict[UUID, Span], dict[UUID, UUID]]:
    """The spans that stay, and for each span that is removed as a repeat the one that it is a repeat of."""
    kept, heirs = dict[UUID, Span](), dict[UUID, UUID]()
    first: dict[tuple[object, ...], UUID] = {}
    # Those that change nothing come first, so that as little as can be changes.
    for span in sorted(become.values(), key=lambda one: one.label != state.spans[one.id].label):
        place = (span.start, span.end, span.fragments, span.label)
        stays = first.setdefault(place, span.id)
        if stays == span.id:
            kept[span.id] = span
            continue
        heirs[span.id] = stays
        both = {**span.attributes, **kept[stays].attributes}
        if both != kept[stays].attributes:
            kept[stays] = replace(kept[stays], attributes=both)
    return kept, heirs


def _relation_edits(
    state: LayerState, mapping: SchemaMapping, kept: Mapping[UUID, Span], heirs: _Heirs
) -> list[CarryingEdit]:
    gone, changed = list[CarryingEdit](), list[CarryingEdit]()
    seen = set[tuple[str, UUID, UUID]]()
    moved = [(old, _moved(old, mapping, heirs)) for old in state.relations.values()]
    for old, new in sorted(moved, key=lambda pair: pair[0] != pair[1]):
        link = (new.type, new.source, new.target) if new else None
        if new is None or link in seen or not _stands(new, kept):
            gone.append(CarryingEdit("remove_relation", {"id": str(old.id)}, relation_as_data(old)))
            continue
        seen.add((new.type, new.source, new.target))
        if new != old:
            data, was = _differing(relation_as_data(old), relation_as_data(new))
            changed.append(CarryingEdit("change_relation", data, was))
    return gone + changed


def _moved(relation: Relation, mapping: SchemaMapping, heirs: _Heirs) -> Relation | None:
    new = mapping.relations.get(relation.type, relation.type)
    source = heirs.get(relation.source, relation.source)
    target = heirs.get(relation.target, relation.target)
    return replace(relation, type=new, source=source, target=target) if new else None


def _stands(relation: Relation, kept: Mapping[UUID, Span]) -> bool:
    return relation.source != relation.target and relation.source in kept and relation.target in kept


def _removal(state: LayerState, span: Span) -> CarryingEdit:
    origin = state.origins.get(span.id)
    was = {**span_as_data(span), "suggestion": str(origin) if origin else None}
    return CarryingEdit("remove_span", {"id": str(span.id)}, was)


def _change(old: Span, new: Span) -> CarryingEdit:
    data, was = _differing(span_as_data(old), span_as_data(new))
    return CarryingEdit("change_span", data, was)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The new values, with the id, and the values that they replace."""
    keys = [key for key in new if new[key] != old[key]]
    return {"id": new["id"], **{key: new[key] for key in keys}}, {key: old[key] for key in keys}


def _label_edits(state: LayerState, mapping: SchemaMapping) -> Iterator[CarryingEdit]:
    labels = mapping.article_names(state.labels)
    if labels != state.labels:
        yield CarryingEdit("set_labels", sorted(labels), sorted(state.labels))


def _rejection_edits(state: LayerState, mapping: SchemaMapping, text: str) -> Iterable[CarryingEdit]:
    """Suggestions rejected under the old name stay rejected under the new one."""
    for (start, end, label), suggestion in state.rejections.items():
        new = mapping.label(label, text[start:end]) if label in mapping.labels else label
        if new is None or new == label:
            continue
        old = rejection_as_data(start, end, label, suggestion)
        yield CarryingEdit("restore_suggestion", old, old)
        if (start, end, new) not in state.rejections:
            yield CarryingEdit("reject_suggestion", {**old, "label": new}, None)


def rejection_as_data(start: int, end: int, label: str, suggestion: UUID | None) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "label": label,
        **({"id": str(suggestion)} if suggestion else {}),
    }
