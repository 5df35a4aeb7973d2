from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import parse_definition
from articles.domain.layers.edits import EditRequest
from articles.domain.layers.state import LayerState
from articles.domain.schema_changes.carrying import CarryingEdit, carry_over
from articles.domain.schema_changes.mapping import SchemaMapping, mapping_of
from articles.domain.schema_changes.plan import parse_plan
from articles.domain.schema_changes.undoing import take_back
from articles.domain.spans import Relation, Span

TEXT = "Mara Ellingsen of Northline Press in Bergen"
SCHEMA = parse_definition({"labels": [{"name": "ANY"}]})
PLAN = mapping_of(
    parse_plan(
        {
            "steps": [
                {"do": "rename", "kind": "label", "names": ["A"], "to": "A2"},
                {"do": "merge", "kind": "label", "names": ["B", "C"], "to": "C"},
                {"do": "delete", "kind": "label", "names": ["D"]},
                {
                    "do": "split",
                    "kind": "label",
                    "names": ["E"],
                    "to": "E",
                    "rules": [
                        {"surfaces": ["bergen "], "to": "E2"},
                        {"attribute": "x", "value": "1", "to": "E3"},
                    ],
                },
                {"do": "rename", "kind": "attribute", "names": ["x"], "to": "x2"},
                {"do": "delete", "kind": "attribute", "names": ["y"]},
                {"do": "merge", "kind": "option", "attribute": "x", "names": ["2", "3"], "to": "3"},
                {"do": "merge", "kind": "relation", "names": ["r"], "to": "s"},
                {"do": "delete", "kind": "relation", "names": ["t"]},
                {"do": "rename", "kind": "article_label", "names": ["sport"], "to": "sports"},
            ]
        }
    )
)


def make_state(spans: list[Span], relations: list[Relation] = [], **more: Any) -> LayerState:  # noqa: B006
    return LayerState(
        length=len(TEXT),
        definition=SCHEMA,
        spans={one.id: one for one in spans},
        relations={one.id: one for one in relations},
        is_history=True,
        **more,
    )


def span(start: int, end: int, label: str, **attributes: Any) -> Span:
    return Span(uuid4(), start, end, label, (), attributes)


def carried(state: LayerState, mapping: SchemaMapping = PLAN) -> tuple[LayerState, list[CarryingEdit]]:
    after, edits = deepcopy(state), carry_over(state, mapping, TEXT)
    for edit in edits:
        after.apply(EditRequest(uuid4(), edit.op, edit.data))
    return after, edits


def marks(state: LayerState) -> list[tuple[int, int, str, dict[str, Any]]]:
    return sorted(((s.start, s.end, s.label, dict(s.attributes)) for s in state.spans.values()), key=str)


def test_spans_get_new_labels_and_attributes_each_by_one_edit() -> None:
    state = make_state(
        [span(0, 4, "A", x="2", y="9", z="0"), span(5, 9, "D"), span(37, 43, "E"), span(0, 1, "E", x="1")]
    )
    after, edits = carried(state)
    assert marks(after) == [
        (0, 1, "E3", {"x2": "1"}),
        (0, 4, "A2", {"x2": "3", "z": "0"}),
        (37, 43, "E2", {}),
    ]
    assert sorted(edit.op for edit in edits) == ["change_span"] * 3 + ["remove_span"]


def test_equal_spans_that_come_to_have_one_label_become_one_with_all_that_they_had() -> None:
    gone, stays, other = span(0, 4, "B", z="1"), span(0, 4, "C"), span(5, 9, "F")
    links = [Relation(uuid4(), "s", gone.id, other.id), Relation(uuid4(), "r", other.id, gone.id)]
    loop = Relation(uuid4(), "s", gone.id, stays.id)
    again = Relation(uuid4(), "r", stays.id, other.id)
    after, _ = carried(make_state([gone, stays, other], [*links, loop, again]))
    assert after.spans.keys() == {stays.id, other.id}
    assert after.spans[stays.id].attributes == {"z": "1"}
    assert {(one.type, one.source, one.target) for one in after.relations.values()} == {
        ("s", stays.id, other.id),
        ("s", other.id, stays.id),
    }


def test_relations_article_labels_and_rejections() -> None:
    one, two = span(0, 4, "F"), span(5, 9, "G")
    links = [Relation(uuid4(), "r", one.id, two.id), Relation(uuid4(), "t", two.id, one.id)]
    suggestion = uuid4()
    state = make_state(
        [one, two],
        links,
        labels=frozenset({"sport"}),
        rejections={(0, 4, "A"): suggestion, (5, 9, "D"): None},
    )
    after, _ = carried(state)
    assert [link.type for link in after.relations.values()] == ["s"]
    assert after.labels == {"sports"}
    assert after.rejections == {(0, 4, "A2"): suggestion, (5, 9, "D"): None}


LABELS = st.sampled_from("ABCDEF")
ATTRIBUTES = st.dictionaries(st.sampled_from("xyz"), st.sampled_from("123"))


@st.composite
def states(draw: st.DrawFn) -> LayerState:
    places = st.tuples(st.integers(0, 3), st.integers(4, 6), LABELS)
    spans = [
        Span(UUID(int=number), *place, (), draw(ATTRIBUTES))
        for number, place in enumerate(sorted(draw(st.sets(places, max_size=12))), start=1)
    ]
    ids = [one.id for one in spans]
    links = draw(
        st.sets(st.tuples(st.sampled_from("rst"), st.sampled_from(ids), st.sampled_from(ids)), max_size=8)
        if ids
        else st.just(set())
    )
    relations = [
        Relation(UUID(int=100 + number), *link)
        for number, link in enumerate(sorted(links))
        if link[1] != link[2]
    ]
    return make_state(spans, relations, labels=frozenset(draw(st.sets(st.sampled_from(["sport", "war"])))))


@given(states())
def test_a_layer_carried_over_twice_is_as_if_it_were_once(state: LayerState) -> None:
    after, _ = carried(state)
    assert carry_over(after, PLAN, TEXT) == []
    assert {one.label for one in after.spans.values()} <= {"A2", "C", "E", "E2", "E3", "F"}
    places = [(one.start, one.end, one.label) for one in after.spans.values()]
    assert len(places) == len(set(places))


@given(states())
def test_what_is_taken_back_at_once_is_as_it_was(state: LayerState) -> None:
    after, edits = carried(state)
    undone = take_back(after, edits)
    assert (undone.left, after.spans, after.relations, after.labels) == (
        [],
        state.spans,
        state.relations,
        state.labels,
    )


def test_what_somebody_changed_since_stays_and_is_listed() -> None:
    state = make_state([span(0, 4, "A"), span(5, 9, "B"), span(10, 14, "A", x="2")])
    touched, merged, described = state.spans
    after, edits = carried(state)
    after.apply(EditRequest(uuid4(), "change_span", {"id": str(touched), "label": "F"}))
    after.apply(EditRequest(uuid4(), "change_span", {"id": str(described), "attributes": {"x2": "1"}}))
    undone = take_back(after, edits)
    assert set(undone.left) == {touched, described}
    assert after.spans[touched].label == "F"
    assert after.spans[merged].label == "B"
