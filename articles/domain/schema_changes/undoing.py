"""Edits of a change of the label schema undone, where nobody has changed the span since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from articles.domain.layers.edits import EditRefused, EditRequest
from articles.domain.layers.state import LayerState, relation_as_data
from articles.domain.schema_changes.carrying import CarryingEdit
from articles.domain.spans import Fragment

Place = tuple[int, int, tuple[Fragment, ...], str]
_GONE = object()
_NO_ID = UUID(int=0)


@dataclass
class TakenBack:
    """`edits` undo what can be undone. `left` are spans that somebody has changed since; they stay as they
    are."""

    edits: list[CarryingEdit] = field(default_factory=list)
    left: list[UUID] = field(default_factory=list)


def take_back(state: LayerState, done: Sequence[CarryingEdit]) -> TakenBack:
    """Reverse the edits of a change, the last one first. `state` is changed, and must take any edit
    (`is_history`)."""
    return _Undoer(state).undo(done)


class _Undoer:
    """Keeps the place of each span, so that a long layer is not searched for every span."""

    def __init__(self, state: LayerState) -> None:
        self._state = state
        self._places = {_place(state, id_) for id_ in state.spans}
        self._result = TakenBack()

    def undo(self, done: Sequence[CarryingEdit]) -> TakenBack:
        for edit in reversed(done):
            getattr(self, f"_{edit.op}")(edit)
        return self._result

    def _do(self, op: str, data: Any, was: Any = None) -> None:
        self._state.apply(EditRequest(_NO_ID, op, data))
        self._result.edits.append(CarryingEdit(op, data, was))

    def _change_span(self, edit: CarryingEdit) -> None:
        span = self._state.spans.get(UUID(edit.data["id"]))
        if span is None:
            return
        label = edit.was.get("label", span.label)
        attributes = _attributes_back(span.attributes, edit)
        here, there = _place(self._state, span.id), (span.start, span.end, span.fragments, label)
        is_changed = span.label != edit.data.get("label", span.label) or attributes is None
        if is_changed or (there != here and there in self._places):
            self._result.left.append(span.id)
            return
        was = {"label": span.label, "attributes": dict(span.attributes)}
        self._do("change_span", {"id": str(span.id), "label": label, "attributes": attributes}, was)
        self._places.discard(here)
        self._places.add(there)

    def _remove_span(self, edit: CarryingEdit) -> None:
        """It comes back unless another one stands there by now."""
        id_ = UUID(edit.was["id"])
        fragments = tuple((start, end) for start, end in edit.was["fragments"])
        there = (edit.was["start"], edit.was["end"], fragments, edit.was["label"])
        if there not in self._places and id_ not in self._state.spans:
            self._do("add_span", edit.was)
            self._places.add(there)

    def _change_relation(self, edit: CarryingEdit) -> None:
        relation = self._state.relations.get(UUID(edit.data["id"]))
        now = relation_as_data(relation) if relation else {}
        if relation and all(now[key] == edit.data[key] for key in edit.data):
            was = {key: now[key] for key in edit.was}
            self._do_if_it_fits("change_relation", {"id": now["id"], **edit.was}, was)

    def _remove_relation(self, edit: CarryingEdit) -> None:
        self._do_if_it_fits("add_relation", edit.was)

    def _do_if_it_fits(self, op: str, data: Any, was: Any = None) -> None:
        """Does nothing where an end is gone or the same link exists already."""
        try:
            self._do(op, data, was)
        except EditRefused:
            return

    def _set_labels(self, edit: CarryingEdit) -> None:
        made, was, now = set(edit.data), set(edit.was), self._state.labels
        self._do("set_labels", sorted((now - (made - was)) | (was - made)), sorted(now))

    def _restore_suggestion(self, edit: CarryingEdit) -> None:
        self._do("reject_suggestion", edit.data)

    def _reject_suggestion(self, edit: CarryingEdit) -> None:
        self._do("restore_suggestion", edit.data, edit.data)


def _place(state: LayerState, id_: UUID) -> Place:
    span = state.spans[id_]
    return span.start, span.end, span.fragments, span.label


def _attributes_back(now: Mapping[str, Any], edit: CarryingEdit) -> dict[str, Any] | None:
    """The old values of the attributes, with those that were set since; None where somebody has changed a
    value that the change had set."""
    made, was = edit.data.get("attributes", {}), edit.was.get("attributes", {})
    touched = {name for name in (*made, *was) if made.get(name, _GONE) != was.get(name, _GONE)}
    if any(now.get(name, _GONE) != made.get(name, _GONE) for name in touched):
        return None
    others = {name: value for name, value in now.items() if name not in touched}
    return {**others, **{name: was[name] for name in was if name in touched}}
