"""The reducer: the same edits always give the same layer, and a refused edit changes nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Definition, parse_definition
from articles.domain.layers.edits import SUBJECTS, EditRefused, EditRequest, NotAnEdit, parse_edits
from articles.domain.layers.state import LayerState, obstacle_to_submitting

LENGTH = 30


def make_definition(**overlap: bool) -> Definition:
    return parse_definition(
        {
            "labels": [{"name": "PERSON"}, {"name": "ORG"}, {"name": "OLD", "retired": True}],
            "relations": [{"name": "WORKS_FOR", "sources": ["PERSON"], "targets": ["ORG"]}],
            "attributes": [
                {"name": "mention", "type": "choice", "options": ["name", "pronoun"], "labels": ["PERSON"]},
                {"name": "sure", "type": "boolean", "labels": ["ORG"], "required": True},
            ],
            "article_labels": [{"name": "sport"}],
            "overlap": overlap,
        }
    )


def make_state(**overlap: bool) -> LayerState:
    return LayerState(length=LENGTH, definition=make_definition(**overlap))


def do(state: LayerState, op: str, data: Any) -> None:
    state.apply(EditRequest(uuid4(), op, data))


def add(state: LayerState, start: int, end: int, label: str = "PERSON", **more: Any) -> UUID:
    id_ = uuid4()
    do(state, "add_span", {"id": str(id_), "start": start, "end": end, "label": label, **more})
    return id_


@pytest.mark.parametrize(
    ("allowed", "second", "fits"),
    [
        ({"nested": True}, (2, 4), True),
        ({"nested": False}, (2, 4), False),
        ({"crossing": True}, (5, 12), True),
        ({"crossing": False}, (5, 12), False),
        ({"equal": True}, (0, 10), True),
        ({"equal": False}, (0, 10), False),
        ({"nested": False, "crossing": False}, (10, 12), True),
    ],
)
def test_the_schema_decides_how_spans_may_meet(
    allowed: dict[str, bool], second: tuple[int, int], fits: bool
) -> None:
    state = make_state(**allowed)
    add(state, 0, 10)
    if fits:
        add(state, *second, label="ORG")
        assert len(state.spans) == 2
    else:
        with pytest.raises(EditRefused):
            add(state, *second, label="ORG")
        assert len(state.spans) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"start": 0, "end": LENGTH + 1, "label": "ORG"}, "outside"),
        ({"start": -1, "end": 3, "label": "ORG"}, "outside"),
        ({"start": 5, "end": 5, "label": "ORG"}, "empty"),
        ({"start": True, "end": 5, "label": "ORG"}, "start and end"),
        ({"start": 0.0, "end": 5, "label": "ORG"}, "start and end"),
        ({"start": 0, "end": 5, "label": "NOPE"}, "no label"),
        ({"start": 0, "end": 5, "label": "OLD"}, "no label"),
        ({"start": 0, "end": 5, "label": ["ORG"]}, "needs a label"),
        ({"start": 0, "end": 5, "label": "ORG", "attributes": {"mention": "name"}}, "does not belong"),
        ({"start": 0, "end": 5, "label": "PERSON", "attributes": {"mention": "verb"}}, "one of"),
        ({"start": 0, "end": 5, "label": "PERSON", "attributes": [1]}, "object"),
        ({"start": 0, "end": 5, "label": "ORG", "fragments": [[0, 2], [3, 5]]}, "gaps"),
        ({"start": 0, "end": 5, "label": "ORG", "fragments": [[0, 2]]}, "Fragments"),
        ({"start": 0, "end": 5, "label": "ORG", "fragments": "x"}, "Fragments"),
        ({"id": "no", "start": 0, "end": 5, "label": "ORG"}, "UUID"),
    ],
)
def test_a_span_that_does_not_fit_is_refused_with_a_reason(data: dict[str, Any], reason: str) -> None:
    state = make_state()
    with pytest.raises(EditRefused, match=reason):
        do(state, "add_span", {"id": str(uuid4()), **data})
    assert state.spans == {}


def test_removing_a_span_takes_its_relations_along() -> None:
    state = make_state()
    person, org = add(state, 0, 4), add(state, 5, 9, "ORG")
    link = {"id": str(uuid4()), "type": "WORKS_FOR", "source": str(person), "target": str(org)}
    do(state, "add_relation", link)
    do(state, "remove_span", {"id": str(org)})
    assert state.relations == {}


@pytest.mark.parametrize("kind", ["NOPE", ["WORKS_FOR"], None])
def test_a_relation_needs_a_known_type(kind: object) -> None:
    state = make_state()
    ends = {"source": str(add(state, 0, 4)), "target": str(add(state, 5, 9, "ORG"))}
    with pytest.raises(EditRefused, match="relation type"):
        do(state, "add_relation", {"id": str(uuid4()), "type": kind, **ends})


def test_a_relation_ends_at_the_labels_of_its_type() -> None:
    state = make_state()
    ends = {"source": str(add(state, 5, 9, "ORG")), "target": str(add(state, 0, 4))}
    with pytest.raises(EditRefused, match="begins at PERSON"):
        do(state, "add_relation", {"id": str(uuid4()), "type": "WORKS_FOR", **ends})


def test_a_changed_relation_keeps_what_was_not_named_and_never_doubles_another() -> None:
    state = LayerState(
        length=LENGTH,
        definition=parse_definition(
            {"labels": [{"name": "ORG"}], "relations": [{"name": "SAME", "chain": True}, {"name": "PART_OF"}]}
        ),
    )
    ends = {"source": str(add(state, 0, 4, "ORG")), "target": str(add(state, 5, 9, "ORG"))}
    one, other = str(uuid4()), str(uuid4())
    do(state, "add_relation", {"id": one, "type": "SAME", **ends, "attributes": {"name": "The port"}})
    do(state, "add_relation", {"id": other, "type": "PART_OF", **ends})
    do(state, "change_relation", {"id": one, "source": ends["target"], "target": ends["source"]})
    changed = state.relations[UUID(one)]
    assert (changed.type, str(changed.source)) == ("SAME", ends["target"])
    assert changed.attributes == {"name": "The port"}
    with pytest.raises(EditRefused, match="linked like this already"):
        do(state, "change_relation", {"id": one, "type": "PART_OF", **ends})
    assert state.relations[UUID(one)] == changed


def test_a_changed_span_keeps_what_was_not_named() -> None:
    state = make_state()
    id_ = add(state, 0, 4, attributes={"mention": "name"})
    do(state, "change_span", {"id": str(id_), "end": 6})
    span = state.spans[id_]
    assert (span.start, span.end, span.label, span.attributes) == (0, 6, "PERSON", {"mention": "name"})


def test_what_keeps_a_layer_from_being_submitted_is_said() -> None:
    state = make_state()
    org = add(state, 5, 9, "ORG")
    assert obstacle_to_submitting(state, "x" * LENGTH) == "ORG “xxxx” needs sure."
    do(state, "change_span", {"id": str(org), "attributes": {"sure": False}})
    assert obstacle_to_submitting(state, "x" * LENGTH) is None


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"edits": {}},
        {"edits": [1]},
        {"edits": [{"op": "add_span", "span": {}}]},
        {"edits": [{"id": "x", "op": "add_span", "span": {}}]},
        {"edits": [{"id": str(uuid4()), "op": "drop_table", "span": {}}]},
        {"edits": [{"id": str(uuid4()), "op": ["add_span"], "span": {}}]},
        {"edits": [{"id": str(uuid4()), "op": "set_labels", "labels": "x"}]},
        {"edits": [{"id": str(uuid4()), "op": "add_span"}]},
        {"edits": [{}] * 501},
    ],
)
def test_what_is_no_edit_is_refused_as_a_whole(body: object) -> None:
    with pytest.raises(NotAnEdit):
        parse_edits(body)


_ids = st.sampled_from([str(UUID(int=n)) for n in range(6)])
_values = st.one_of(
    st.none(), st.integers(-2, LENGTH + 2), st.sampled_from(["", "name", "x"]), _ids, st.booleans()
)
_spans = st.fixed_dictionaries(
    {
        "id": st.one_of(_ids, _values),
        "start": _values,
        "end": _values,
        "label": st.sampled_from(["PERSON", "ORG"]),
    },
    optional={
        "attributes": st.dictionaries(st.sampled_from(["mention", "sure"]), _values),
        "fragments": _values,
    },
)
_links = st.fixed_dictionaries({"id": _ids, "type": st.just("WORKS_FOR"), "source": _ids, "target": _ids})
_decisions = st.fixed_dictionaries(
    {
        "item": st.one_of(st.just("span:0-4"), _values, st.just([])),
        "choice": st.sampled_from(["own", "reading", 1]),
    },
    optional={"reader": st.one_of(st.just("A"), _values, st.just({})), "reason": _values},
)
_data = {
    "decision": _decisions,
    "span": _spans,
    "relation": _links,
    "labels": st.lists(_values),
    "suggestion": _spans,
}
_edits = st.sampled_from(sorted(SUBJECTS)).flatmap(
    lambda op: st.builds(EditRequest, st.uuids(), st.just(op), _data[SUBJECTS[op]])
)


@given(st.lists(_edits, max_size=30))
def test_any_edits_leave_a_layer_that_keeps_its_promises(edits: list[EditRequest]) -> None:
    state = make_state(nested=True)
    for edit in edits:
        before = (dict(state.spans), dict(state.relations), state.labels, dict(state.rejections))
        try:
            state.apply(edit)
        except EditRefused:
            assert before == (state.spans, state.relations, state.labels, state.rejections)
    for span in state.spans.values():
        assert 0 <= span.start < span.end <= LENGTH
    for relation in state.relations.values():
        assert {relation.source, relation.target} <= state.spans.keys()
