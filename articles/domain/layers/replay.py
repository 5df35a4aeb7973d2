"""A layer as it was: the sum of its edits up to a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotator.schemas.definition import Definition
from articles.domain.layers.edits import SUBJECTS, EditRequest
from articles.domain.layers.state import LayerState


@dataclass(frozen=True, slots=True)
class PastEdit:
    """An edit that was applied. `data` is what is stored with it: its subject, or for a change of the whole
    layer (an import, a draft of gold) all of it."""

    id: UUID
    op: str
    data: Mapping[str, Any]


def replay(edits: Iterable[PastEdit], *, length: int, definition: Definition) -> LayerState:
    """The state after these edits, from the first on in the order of their versions.

    `length` is that of the text, in code points. Raises EditRefused when the edits do not fit each other.
    """
    state = LayerState(length=length, definition=definition, is_history=True)
    for edit in edits:
        if edit.op in SUBJECTS:
            state.apply(EditRequest(edit.id, edit.op, edit.data[SUBJECTS[edit.op]]))
        else:
            _replace_all(state, edit.data)
    return state


def _replace_all(state: LayerState, data: Mapping[str, Any]) -> None:
    """Suggestions that were rejected before stay so."""
    state.spans, state.relations, state.origins, state.labels = {}, {}, {}, frozenset()
    for span in data.get("spans", ()):
        state.add_span(span)
    for relation in data.get("relations", ()):
        state.add_relation(relation)
    state.set_labels(list(data.get("labels", ())))
    for mention in data.get("rejected", ()):
        state.reject_suggestion(mention)
