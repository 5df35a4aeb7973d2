from __future__ import annotations

import math
from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import (
    ATTRIBUTE_TYPES,
    MAX_TEXT,
    PALETTE_SIZE,
    ArticleLabel,
    Attribute,
    Definition,
    DefinitionError,
    Label,
    Overlap,
    RelationType,
    parse_definition,
)

names = st.from_regex(r"[A-Za-zЖшçل][A-Z0-9_.\-/+&:]{0,12}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
keys = st.from_regex(r"[a-z0-9ж林]{1,2}", fullmatch=True)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    used = draw(st.lists(names, min_size=1, max_size=6, unique=True))
    hotkeys = draw(st.lists(keys, min_size=len(used), max_size=len(used), unique=True))
    some = st.lists(st.sampled_from(used), max_size=3).map(tuple)
    colours = st.integers(0, PALETTE_SIZE - 1)
    labels = tuple(
        Label(name, draw(colours), hotkey if draw(st.booleans()) else "", draw(texts), draw(st.booleans()))
        for name, hotkey in zip(used, hotkeys, strict=True)
    )
    relations = tuple(
        RelationType(name, draw(some), draw(some), draw(texts), draw(st.booleans()))
        for name in draw(st.lists(names, max_size=3, unique=True))
    )
    attributes = tuple(
        Attribute(name, draw(st.sampled_from(ATTRIBUTE_TYPES)), ("a", "b"), draw(some), draw(st.booleans()))
        for name in draw(st.lists(names, max_size=3, unique=True))
    )
    article_labels = tuple(ArticleLabel(name) for name in draw(st.lists(names, max_size=3, unique=True)))
    overlap = Overlap(*draw(st.tuples(*[st.booleans()] * 4)))
    return Definition(labels, relations, attributes, article_labels, overlap)


@given(definitions())
def test_what_is_written_is_read_back(definition: Definition) -> None:
    assert parse_definition(definition.to_dict()) == definition
    assert parse_definition(orjson.loads(orjson.dumps(definition.to_dict()))) == definition


def test_relation_types_stored_before_there_were_chains_form_none() -> None:
    stored = {"labels": [{"name": "ORG"}], "relations": [{"name": "PART_OF", "sources": [], "targets": []}]}
    assert parse_definition(stored).relations_by_name["PART_OF"].chain is False


def with_label(**fields: Any) -> dict[str, Any]:
    return {"labels": [{"name": "ORG", **fields}]}


def with_rows(key: str, *rows: Any) -> dict[str, Any]:
    return {"labels": [{"name": "ORG"}], key: list(rows)}


def nested(depth: int) -> list[Any]:
    deep: list[Any] = []
    for _ in range(depth):
        deep = [deep]
    return deep


HOSTILE: list[tuple[Any, str]] = [
    (None, "object"),
    ([], "object"),
    ("labels", "object"),
    (math.nan, "object"),
    ({}, "at least one label"),
    ({"labels": {}}, '"labels" is a list'),
    ({"labels": "ORG"}, '"labels" is a list'),
    ({"labels": [None]}, "Entry 1"),
    ({"labels": [{"name": "ORG"}, 7]}, "Entry 2"),
    ({"labels": [{"name": f"L{n}"} for n in range(201)]}, "at most 200"),
    ({"labels": [{"name": "ORG"}, {"name": "ORG"}]}, "'ORG' is there twice"),
    ({"labels": [{"name": "A", "hotkey": "a"}, {"name": "B", "hotkey": "a"}]}, "hotkey 'a' is there twice"),
    ({"labels": [{}]}, "cannot name a label"),
    ({"labels": [{"name": nested(1020)}]}, "cannot name a label"),
    (with_label(colour=True), "colour"),
    (with_label(colour=1.0), "colour"),
    (with_label(colour=math.nan), "colour"),
    (with_label(colour=-1), "colour"),
    (with_label(colour=PALETTE_SIZE), "colour"),
    (with_label(colour="red"), "colour"),
    (with_label(hotkey="abc"), "hotkey"),
    (with_label(hotkey="?"), "hotkey"),
    (with_label(hotkey=" "), "hotkey"),
    (with_label(hotkey="\0"), "hotkey"),
    (with_label(hotkey="\ud83d"), "hotkey"),
    (with_label(hotkey=["a"]), "hotkey"),
    (with_label(description="\0"), '"description"'),
    (with_label(description="half \ud83d"), '"description"'),
    (with_label(description="x" * (MAX_TEXT + 1)), '"description"'),
    (with_label(description=None), '"description"'),
    (with_label(retired="no"), '"retired"'),
    (with_label(retired=1), '"retired"'),
    (with_rows("relations", {"name": "R", "sources": ["NOPE"]}), "no label 'NOPE'"),
    (with_rows("relations", {"name": "R", "targets": [[]]}), '"targets"'),
    (with_rows("relations", {"name": "R", "sources": "ORG"}), '"sources"'),
    (with_rows("relations", {"name": "R", "chain": "yes"}), '"chain"'),
    (with_rows("relations", {"name": "R", "sources": ["\ud800"]}), "no label"),
    (with_rows("relations", {"name": "R"}, {"name": "R"}), "twice"),
    (with_rows("relations", *[{"name": f"R{n}"} for n in range(101)]), "at most 100"),
    (with_rows("attributes", {"name": "a", "type": "number"}), "type is one of"),
    (with_rows("attributes", {"name": "a", "type": {}}), "type is one of"),
    (with_rows("attributes", {"name": "a", "type": "choice", "options": ["x"]}), "two different"),
    (with_rows("attributes", {"name": "a", "type": "choice", "options": ["x", "x"]}), "two different"),
    (with_rows("attributes", {"name": "a", "type": "choice", "options": ["x", ""]}), '"options"'),
    (with_rows("attributes", {"name": "a", "type": "choice", "options": ["x", "\0"]}), '"options"'),
    (with_rows("attributes", {"name": "a", "type": "choice", "options": ["x", "\udfff"]}), '"options"'),
    (with_rows("attributes", {"name": "a", "type": "choice", "options": [["x"], "y"]}), '"options"'),
    (
        with_rows("attributes", {"name": "a", "type": "choice", "options": [f"o{n}" for n in range(501)]}),
        "at most",
    ),
    (with_rows("attributes", {"name": "a", "labels": {"ORG": 1}}), '"labels"'),
    (with_rows("attributes", {"name": "a", "required": "yes"}), '"required"'),
    (with_rows("article_labels", {"name": "two words"}), "article label"),
    (with_rows("article_labels", {"name": "x", "description": 5}), '"description"'),
    ({"labels": [{"name": "ORG"}], "overlap": []}, '"overlap"'),
    ({"labels": [{"name": "ORG"}], "overlap": {"nested": "yes"}}, '"nested"'),
]


@pytest.mark.parametrize(("data", "reason"), HOSTILE, ids=[str(n) for n in range(len(HOSTILE))])
def test_what_cannot_be_used_is_named(data: Any, reason: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_definition(data)
    assert reason in str(caught.value)
    assert all(len(problem) < 400 for problem in caught.value.problems)


@pytest.mark.parametrize(
    "name",
    ["", " ", "1ST", "_X", "A B", "A,B", "A|B", 'A"B', "A'B", "<b>", "A\0", "A\n", "\ud800", "A" * 65, 5, []],
)
def test_a_name_survives_every_format_or_is_refused(name: Any) -> None:
    with pytest.raises(DefinitionError, match="cannot name a label"):
        parse_definition({"labels": [{"name": name}]})


def test_every_problem_is_named_at_once() -> None:
    data = {"labels": [{"name": "1"}, {"name": "A", "colour": "x", "retired": "y"}], "overlap": 3}
    with pytest.raises(DefinitionError) as caught:
        parse_definition(data)
    assert len(caught.value.problems) == 4


def test_a_retired_label_gives_its_hotkey_away() -> None:
    rows = [{"name": "A", "hotkey": "a", "retired": True}, {"name": "B", "hotkey": "a"}]
    definition = parse_definition({"labels": rows})
    assert definition.active_names == {"B"}


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(
    ["name", "colour", "hotkey", "description", "retired", "sources", "targets", "type", "options", "labels"]
)
rows = st.lists(st.dictionaries(fields, json_like | names, max_size=5) | json_like, max_size=3)


@given(
    st.dictionaries(
        st.sampled_from(["labels", "relations", "attributes", "article_labels", "overlap"]), rows | json_like
    )
)
def test_any_data_gives_a_definition_or_its_problems(data: dict[str, Any]) -> None:
    with suppress(DefinitionError):
        # What is taken can be stored: PostgreSQL keeps neither NUL nor half of a surrogate pair.
        assert b"\\u0000" not in orjson.dumps(parse_definition(data).to_dict())


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("boolean", [True, False], [1, "true", None, []]),
        ("choice", ["a", "b"], ["c", "", None, [], {}, True, math.nan]),
        ("text", ["", "x" * MAX_TEXT], ["x" * (MAX_TEXT + 1), 5, None, ["x"], "\0", "\ud800"]),
    ],
)
def test_values_of_attributes(kind: Any, good: list[Any], bad: list[Any]) -> None:
    attribute = Attribute("x", kind, ("a", "b"))
    assert [attribute.problem_with(value) for value in good] == [None] * len(good)
    assert all(attribute.problem_with(value) for value in bad)
