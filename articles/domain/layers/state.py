"""A layer as a value, and what each edit does to it.

The same code decides for the server, replays a history and restores an earlier state, so that the sum of the
edits always is the layer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard
from uuid import UUID

from annotator.schemas.definition import Definition, Overlap, RelationType
from articles.domain.layers.deciding import Deciding
from articles.domain.layers.edits import EditRefused, EditRequest, as_uuid
from articles.domain.spans import Fragment, Meeting, Relation, Span, meeting, problem_with_offsets


@dataclass
class LayerState:
    """Spans, relations, article labels and rejected suggestions of one layer.

    `spans` may hold only the part of the layer that the edits at hand can meet: those they name and those
    that share characters with what they add or change. `taken` are ids that other layers use. `is_history`:
    what is applied was accepted once, perhaps under another schema version, and is not held against it.
    """

    length: int
    definition: Definition
    spans: dict[UUID, Span] = field(default_factory=dict)
    relations: dict[UUID, Relation] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    rejections: dict[tuple[int, int, str], UUID | None] = field(default_factory=dict)
    origins: dict[UUID, UUID] = field(default_factory=dict)
    taken: frozenset[UUID] = frozenset()
    deciding: Deciding = field(default_factory=Deciding)
    is_history: bool = False

    def apply(self, edit: EditRequest) -> None:
        """Change the state. Raises EditRefused and changes nothing when the edit does not fit."""
        if not self.is_history:
            self.deciding.apply(edit)
        if edit.op != "decide":
            _OPERATIONS[edit.op](self, edit.data)

    # --- spans

    def add_span(self, data: Mapping[str, Any]) -> None:
        span = self._read_span(data)
        if span.id in self.spans:
            raise EditRefused("A span with this id is there already.")
        if span.id in self.taken:
            raise EditRefused("This span id is in use elsewhere. Make a new one.")
        self._check_label(span.label)
        self._check_place(span)
        self.spans[span.id] = span
        origin = as_uuid(data.get("suggestion"))
        if origin:
            self.origins[span.id] = origin

    def change_span(self, data: Mapping[str, Any]) -> None:
        old = self._span(data)
        merged = {**span_as_data(old), **{k: v for k, v in data.items() if k != "id"}}
        if ("start" in data or "end" in data) and "fragments" not in data:
            merged["fragments"] = []
        new = replace(self._read_span(merged), id=old.id)
        if new.label != old.label:
            self._check_label(new.label)
        del self.spans[old.id]
        try:
            self._check_place(new)
        except EditRefused:
            self.spans[old.id] = old
            raise
        self.spans[old.id] = new

    def remove_span(self, data: Mapping[str, Any]) -> None:
        span = self._span(data)
        del self.spans[span.id]
        self.origins.pop(span.id, None)
        self.relations = {
            id_: one for id_, one in self.relations.items() if span.id not in (one.source, one.target)
        }

    # --- relations

    def add_relation(self, data: Mapping[str, Any]) -> None:
        relation = self._read_relation(data)
        if relation.id in self.relations or relation.id in self.taken:
            raise EditRefused("This relation id is in use already. Make a new one.")
        self._link(relation)

    def change_relation(self, data: Mapping[str, Any]) -> None:
        old = self._relation(data)
        self._link(self._read_relation({**relation_as_data(old), **data, "id": str(old.id)}))

    def remove_relation(self, data: Mapping[str, Any]) -> None:
        del self.relations[self._relation(data).id]

    # --- the rest

    def set_labels(self, data: list[Any]) -> None:
        for name in data:
            known = self.is_history or name in self.definition.article_label_names
            if not isinstance(name, str) or not known:
                raise EditRefused(f"There is no article label {name!r:.80} in this project's schema.")
        self.labels = frozenset(data)

    def reject_suggestion(self, data: Mapping[str, Any]) -> None:
        self.rejections[self._mention(data)] = as_uuid(data.get("id"))

    def restore_suggestion(self, data: Mapping[str, Any]) -> None:
        self.rejections.pop(self._mention(data), None)

    # --- reading and checking

    def _span(self, data: Mapping[str, Any]) -> Span:
        span = self.spans.get(as_uuid(data.get("id")))  # type: ignore[arg-type]
        if span is None:
            raise EditRefused("This span is gone: it was removed here or by somebody else.")
        return span

    def _relation(self, data: Mapping[str, Any]) -> Relation:
        relation = self.relations.get(as_uuid(data.get("id")))  # type: ignore[arg-type]
        if relation is None:
            raise EditRefused("This relation is gone: it was removed here or by somebody else.")
        return relation

    def _read_span(self, data: Mapping[str, Any]) -> Span:
        identity, start, end = as_uuid(data.get("id")), data.get("start"), data.get("end")
        if identity is None:
            raise EditRefused("A span needs an id that is a UUID.")
        if not _is_offset(start) or not _is_offset(end):
            raise EditRefused("A span needs start and end: whole numbers of code points.")
        label = data.get("label")
        if not isinstance(label, str) or len(label) > 64:
            raise EditRefused("A span needs a label.")
        fragments = _read_fragments(data.get("fragments"))
        problem = problem_with_offsets(start, end, self.length, fragments)
        if problem:
            raise EditRefused(problem)
        attributes = data.get("attributes") or {}
        self._check_attributes(label, attributes)
        return Span(identity, start, end, label, fragments, dict(attributes))

    def _check_label(self, name: str) -> None:
        if name not in self.definition.active_names and not self.is_history:
            raise EditRefused(f"There is no label {name!r:.80} in this project's schema.")

    def _check_attributes(self, label: str, attributes: object) -> None:
        if not isinstance(attributes, Mapping):
            raise EditRefused("Attributes are an object.")
        for name, value in () if self.is_history else attributes.items():
            attribute = self.definition.attributes_by_name.get(name)
            if attribute is None:
                raise EditRefused(f"There is no span attribute {name!r:.80} in this project's schema.")
            if attribute.labels and label not in attribute.labels:
                raise EditRefused(f"{name} does not belong to {label}.")
            problem = attribute.problem_with(value)
            if problem:
                raise EditRefused(problem)

    def _check_place(self, span: Span) -> None:
        if self.is_history:
            return
        if span.fragments and not self.definition.overlap.discontinuous:
            raise EditRefused("This project's schema does not allow spans with gaps.")
        for other in self.spans.values():
            problem = problem_with_overlap(span, other, self.definition.overlap)
            if problem:
                raise EditRefused(problem)

    def _read_relation(self, data: Mapping[str, Any]) -> Relation:
        identity = as_uuid(data.get("id"))
        source = self.spans.get(as_uuid(data.get("source")))  # type: ignore[arg-type]
        target = self.spans.get(as_uuid(data.get("target")))  # type: ignore[arg-type]
        if identity is None:
            raise EditRefused("A relation needs an id that is a UUID.")
        if source is None or target is None:
            raise EditRefused("One end of this relation is gone.")
        if source.id == target.id:
            raise EditRefused("A relation links two different spans.")
        kind = data.get("type")
        if not isinstance(kind, str):
            raise EditRefused(f"There is no relation type {kind!r:.80} in this project's schema.")
        self._check_relation(kind, source, target)
        attributes = data.get("attributes") or {}
        if not isinstance(attributes, Mapping):
            raise EditRefused("Attributes are an object.")
        return Relation(identity, kind, source.id, target.id, dict(attributes))

    def _check_relation(self, kind: str, source: Span, target: Span) -> None:
        if self.is_history:
            return
        definition = self.definition.relations_by_name.get(kind)
        if definition is None:
            raise EditRefused(f"There is no relation type {kind!r:.80} in this project's schema.")
        problem = problem_with_ends(definition, source.label, target.label)
        if problem:
            raise EditRefused(problem)

    def _link(self, new: Relation) -> None:
        for one in self.relations.values():
            if one.id != new.id and (one.type, one.source, one.target) == (new.type, new.source, new.target):
                raise EditRefused("These two spans are linked like this already.")
        self.relations[new.id] = new

    def _mention(self, data: Mapping[str, Any]) -> tuple[int, int, str]:
        start, end, label = data.get("start"), data.get("end"), data.get("label")
        if not _is_offset(start) or not _is_offset(end) or not isinstance(label, str) or len(label) > 64:
            raise EditRefused("A suggestion is named by start, end and label.")
        problem = problem_with_offsets(start, end, self.length)
        if problem:
            raise EditRefused(problem)
        return start, end, label


def problem_with_overlap(span: Span, other: Span, allowed: Overlap) -> str | None:
    """Why the two spans cannot be in one layer, or None. Spans with gaps may interlock freely."""
    how = meeting(span.start, span.end, other.start, other.end)
    if how is Meeting.EQUAL and span.fragments == other.fragments:
        if span.label == other.label:
            return f"This is labelled {span.label} already."
        if not allowed.equal:
            return f"This is labelled {other.label} already, and the schema allows one label here."
    if span.fragments or other.fragments:
        return None
    if how is Meeting.NESTED and not allowed.nested:
        return f"It lies within or around a {other.label} span, and the schema does not allow nested spans."
    if how is Meeting.CROSSING and not allowed.crossing:
        return f"It crosses a {other.label} span, and the schema does not allow crossing spans."
    return None


def problem_with_ends(relation: RelationType, source: str, target: str) -> str | None:
    """Why the labels `source` and `target` cannot be the ends of such a relation, or None."""
    if relation.sources and source not in relation.sources:
        return f"{relation.name} begins at {' or '.join(relation.sources)}, not at {source}."
    if relation.targets and target not in relation.targets:
        return f"{relation.name} ends at {' or '.join(relation.targets)}, not at {target}."
    return None


def missing_attributes(definition: Definition, spans: Mapping[UUID, Span]) -> list[tuple[Span, str]]:
    """Spans that lack a required attribute, with its name: what keeps an article from being submitted."""
    required = [attribute for attribute in definition.attributes if attribute.required]
    return [
        (span, attribute.name)
        for span in spans.values()
        for attribute in required
        if (not attribute.labels or span.label in attribute.labels)
        and span.attributes.get(attribute.name) in (None, "")
    ]


def obstacle_to_submitting(state: LayerState, text: str) -> str | None:
    """What keeps this layer from being handed in, as a sentence, or None: a required attribute that is
    missing, or a relation that no longer fits the labels at its ends."""
    missing = missing_attributes(state.definition, state.spans)
    if missing:
        span, name = missing[0]
        more = f" ({len(missing) - 1} more)" if len(missing) > 1 else ""
        return f"{span.label} “{span.surface(text)[:60]}” needs {name}{more}."
    for relation in state.relations.values():
        definition = state.definition.relations_by_name.get(relation.type)
        source, target = state.spans[relation.source], state.spans[relation.target]
        problem = problem_with_ends(definition, source.label, target.label) if definition else None
        if problem:
            return problem
    return None


def _is_offset(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _read_fragments(value: object) -> tuple[Fragment, ...]:
    if not value:
        return ()
    pairs: list[Any] = list(value) if isinstance(value, list | tuple) and len(value) <= 50 else [None]
    if not all(
        isinstance(pair, list | tuple) and len(pair) == 2 and _is_offset(pair[0]) and _is_offset(pair[1])
        for pair in pairs
    ):
        raise EditRefused("Fragments are a list of at most 50 pairs [start, end].")
    return tuple((pair[0], pair[1]) for pair in pairs)


def span_as_data(span: Span) -> dict[str, Any]:
    """The span as an edit writes it."""
    return {
        "id": str(span.id),
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "fragments": [list(piece) for piece in span.fragments],
        "attributes": dict(span.attributes),
    }


def relation_as_data(relation: Relation) -> dict[str, Any]:
    """The relation as an edit writes it."""
    return {
        "id": str(relation.id),
        "type": relation.type,
        "source": str(relation.source),
        "target": str(relation.target),
        "attributes": dict(relation.attributes),
    }


_OPERATIONS: Mapping[str, Callable[[LayerState, Any], None]] = {
    "add_span": LayerState.add_span,
    "change_span": LayerState.change_span,
    "remove_span": LayerState.remove_span,
    "add_relation": LayerState.add_relation,
    "change_relation": LayerState.change_relation,
    "remove_relation": LayerState.remove_relation,
    "set_labels": LayerState.set_labels,
    "reject_suggestion": LayerState.reject_suggestion,
    "restore_suggestion": LayerState.restore_suggestion,
}
