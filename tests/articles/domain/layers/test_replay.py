"""The sum of the edits is the layer, at every version."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Definition, Label, Overlap, RelationType
from articles.domain.layers.edits import EditRefused, EditRequest
from articles.domain.layers.replay import PastEdit, replay
from articles.domain.layers.state import LayerState

LENGTH = 30
ALL = Overlap(equal=True, nested=True, crossing=True, discontinuous=True)
DEFINITION = Definition((Label("A"), Label("B")), (RelationType("R"),), overlap=ALL)
# What was allowed once is allowed in the past for ever.
TODAY = Definition((Label("C"),), overlap=Overlap(nested=False))
IDS = [UUID(int=number) for number in range(1, 5)]
_ids = st.sampled_from(IDS).map(str)
_offsets = st.integers(0, LENGTH)


def _edit(op: str, subject: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, Any]]:
    return st.fixed_dictionaries(fields).map(lambda data: (op, {subject: data}))


_label = st.sampled_from(["A", "B"])
_edits = st.one_of(
    _edit("add_span", "span", id=_ids, start=_offsets, end=_offsets, label=_label),
    _edit("change_span", "span", id=_ids, start=_offsets, end=_offsets),
    _edit("change_span", "span", id=_ids, label=_label),
    _edit("remove_span", "span", id=_ids),
    _edit("add_relation", "relation", id=_ids, type=st.just("R"), source=_ids, target=_ids),
    _edit("remove_relation", "relation", id=_ids),
    _edit("reject_suggestion", "suggestion", start=_offsets, end=_offsets, label=_label),
    _edit("restore_suggestion", "suggestion", start=_offsets, end=_offsets, label=_label),
)


def picture(state: LayerState) -> tuple[Any, ...]:
    return dict(state.spans), dict(state.relations), state.labels, dict(state.rejections), dict(state.origins)


@given(st.lists(_edits, max_size=40))
def test_at_every_version(requests: list[tuple[str, Any]]) -> None:
    live = LayerState(LENGTH, DEFINITION)
    past, pictures = list[PastEdit](), [picture(live)]
    for op, data in requests:
        (subject,) = data.values()
        try:
            live.apply(EditRequest(uuid4(), op, subject))
        except EditRefused:
            continue
        past.append(PastEdit(uuid4(), op, data))
        pictures.append(picture(live))
    for version, expected in enumerate(pictures):
        assert picture(replay(past[:version], length=LENGTH, definition=TODAY)) == expected


def test_a_change_of_the_whole_layer_takes_the_place_of_what_was_there() -> None:
    span = {"id": str(IDS[0]), "start": 0, "end": 3, "label": "A"}
    other = {"id": str(IDS[1]), "start": 4, "end": 6, "label": "B", "suggestion": str(IDS[3])}
    link = {"id": str(IDS[2]), "type": "R", "source": str(IDS[0]), "target": str(IDS[1])}
    past = [
        PastEdit(uuid4(), "add_span", {"span": {**span, "id": str(IDS[3])}}),
        PastEdit(uuid4(), "draft_gold", {"spans": [span, other], "relations": [link], "labels": ["sport"]}),
    ]
    state = replay(past, length=LENGTH, definition=TODAY)
    assert set(state.spans) == {IDS[0], IDS[1]}
    assert set(state.relations) == {IDS[2]}
    assert state.labels == frozenset({"sport"})
    assert state.origins == {IDS[1]: IDS[3]}
