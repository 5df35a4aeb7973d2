from __future__ import annotations

from typing import Any

import pytest

from annotator.schemas.definition import Definition, parse_definition
from articles.domain.schema_changes.plan import PlanError, parse_plan
from articles.domain.schema_changes.restoring import written_back
from articles.domain.schema_changes.rewriting import rewritten

SCHEMA = parse_definition(
    {
        "labels": [
            {"name": "PERSON", "colour": 1, "hotkey": "p"},
            {"name": "ORG", "colour": 2, "hotkey": "o", "description": "A body."},
            {"name": "COMPANY", "colour": 3},
            {"name": "LOC", "colour": 4},
            {"name": "OLD", "colour": 5, "retired": True},
        ],
        "relations": [
            {"name": "works_for", "sources": ["PERSON"], "targets": ["COMPANY"]},
            {"name": "employed_by", "sources": ["PERSON"], "targets": ["ORG"]},
            {"name": "near", "sources": ["LOC"], "targets": []},
        ],
        "attributes": [
            {"name": "size", "type": "choice", "options": ["small", "big", "huge"], "labels": ["COMPANY"]},
            {"name": "extent", "type": "choice", "options": ["wide", "small"], "labels": ["LOC"]},
            {"name": "sure", "type": "boolean"},
        ],
        "article_labels": [{"name": "sport"}, {"name": "football"}],
    }
)


def change(*steps: dict[str, Any]) -> Definition:
    return rewritten(SCHEMA, parse_plan({"steps": list(steps)}))


def step(do: str, kind: str, *names: str, to: str = "", **more: Any) -> dict[str, Any]:
    return {"do": do, "kind": kind, "names": list(names), "to": to, **more}


def test_a_renamed_label_keeps_its_place_colour_key_and_what_it_is_named_in() -> None:
    new = change(step("rename", "label", "COMPANY", to="FIRM"), step("rename", "label", "ORG", to="BODY"))
    assert [label.name for label in new.labels] == ["PERSON", "BODY", "FIRM", "LOC", "OLD"]
    assert (new.labels[1].colour, new.labels[1].hotkey, new.labels[1].description) == (2, "o", "A body.")
    assert new.relations_by_name["works_for"].targets == ("FIRM",)
    assert new.attributes_by_name["size"].labels == ("FIRM",)


def test_merged_labels_are_one_in_the_place_of_that_which_stays() -> None:
    new = change(step("merge", "label", "COMPANY", "OLD", to="ORG"))
    assert [label.name for label in new.labels] == ["PERSON", "ORG", "LOC"]
    assert new.relations_by_name["works_for"].targets == ("ORG",)
    fresh = change(step("merge", "label", "ORG", "COMPANY", to="BODY"))
    assert [label.name for label in fresh.labels] == ["PERSON", "BODY", "LOC", "OLD"]


def test_what_is_split_off_stands_beside_the_rest_and_may_do_what_the_label_did() -> None:
    rules = [{"surfaces": ["Bergen"], "to": "CITY"}, {"attribute": "extent", "value": "wide", "to": "AREA"}]
    new = change(step("split", "label", "LOC", to="LOC", rules=rules))
    assert [label.name for label in new.labels] == ["PERSON", "ORG", "COMPANY", "LOC", "CITY", "AREA", "OLD"]
    assert len({label.colour for label in new.labels}) == len(new.labels)
    assert new.relations_by_name["near"].sources == ("LOC", "CITY", "AREA")
    assert new.attributes_by_name["extent"].labels == ("LOC", "CITY", "AREA")


def test_relations_attributes_options_and_article_labels() -> None:
    new = change(
        step("merge", "relation", "works_for", "employed_by", to="works_for"),
        step("merge", "attribute", "size", "extent", to="size"),
        step("merge", "option", "big", "huge", to="big", attribute="size"),
        step("delete", "article_label", "football"),
        step("require", "attribute", "sure"),
        step("add", "label", to="LAW", definition={"description": "A statute."}),
    )
    assert [one.name for one in new.relations] == ["works_for", "near"]
    assert new.relations[0].targets == ("COMPANY", "ORG")
    assert new.attributes[0].options == ("small", "big", "wide")
    assert new.attributes[0].labels == ("COMPANY", "LOC")
    assert new.attributes_by_name["sure"].required
    assert [one.name for one in new.article_labels] == ["sport"]
    assert new.labels[-1].description == "A statute."


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([], "The plan is empty"),
        ([step("rename", "label", "ORG", to="LOC")], "There is a label LOC already. Merge ORG into it"),
        ([step("rename", "label", "CAR", to="AUTO")], "There is no label 'CAR'"),
        ([step("rename", "label", "ORG", to="two words")], "'two words' cannot name a label"),
        ([step("merge", "label", "ORG", to="OLD")], "OLD is retired"),
        ([step("delete", "label", "COMPANY")], "works_for needs COMPANY at one end. Delete it, too."),
        ([step("delete", "label", "COMPANY")], "size belongs to COMPANY only. Delete it, too."),
        ([step("merge", "attribute", "size", "sure", to="size")], "are not of the same type"),
        ([step("delete", "option", "wide", attribute="extent")], "a choice needs at least two"),
        (
            [step("rename", "label", "ORG", to="A"), step("delete", "label", "ORG")],
            "ORG is changed by two steps",
        ),
        (
            [step("rename", "label", "ORG", to="BODY"), step("merge", "label", "LOC", to="ORG")],
            "ORG is changed itself. Do one after the other.",
        ),
        ([step("add", "relation", to="part_of", definition={"sources": ["CAR"]})], "there is no label 'CAR'"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_with_its_reason(
    steps: list[dict[str, Any]], reason: str
) -> None:
    with pytest.raises(PlanError) as refused:
        change(*steps)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "A plan is an object"),
        ({"steps": "rename"}, "A plan is an object"),
        ({"steps": [7]}, "Step 1: there is nothing like ''"),
        ({"steps": [step("explode", "label", "ORG")]}, "Step 1: there is nothing like 'explode'"),
        ({"steps": [step("rename", "label", to="A")]}, "say what it is done to"),
        ({"steps": [step("split", "label", "LOC", to="LOC")]}, "say by which words"),
        ({"steps": [step("split", "label", "LOC", to="LOC", rules=[{"to": "A"}])]}, "a rule has"),
        ({"steps": [step("merge", "option", "a", to="b")]}, "say whose option"),
        ({"steps": [{}] * 51}, "at most 50 steps"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_reason(data: object, reason: str) -> None:
    with pytest.raises(PlanError) as refused:
        parse_plan(data)
    assert reason in str(refused.value)


def test_a_plan_taken_back_leaves_the_schema_as_it_was() -> None:
    plan = parse_plan(
        {
            "steps": [
                step("rename", "label", "ORG", to="BODY"),
                step("merge", "label", "COMPANY", to="LOC"),
                step("rename", "attribute", "size", to="scale"),
                step("delete", "article_label", "football"),
            ]
        }
    )
    assert written_back(rewritten(SCHEMA, plan), SCHEMA, plan) == SCHEMA


def test_what_was_published_since_stays_when_a_plan_is_taken_back() -> None:
    plan = parse_plan({"steps": [step("merge", "label", "ORG", "COMPANY", to="BODY")]})
    data = rewritten(SCHEMA, plan).to_dict()
    data["labels"] += ({"name": "LAW", "colour": 9},)
    data["relations"] += ({"name": "sues", "sources": ["BODY"], "targets": ["PERSON"]},)
    back = written_back(parse_definition(data), SCHEMA, plan)
    assert [label.name for label in back.labels] == [
        *("PERSON", "ORG", "COMPANY", "LOC", "OLD"),
        *("BODY", "LAW"),
    ]
    assert back.labels[5].retired  # spans made since may carry it
    assert back.relations_by_name["sues"].sources == ("BODY",)
