"""brat's annotation.conf: what the collections of the tool's authors say, as a label schema."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import (
    Attribute,
    Definition,
    DefinitionError,
    Label,
    Overlap,
    RelationType,
)
from articles.formats.brat import definition_from_conf
from articles.formats.brat.conf import conf_from_definition

NEWS = """
# People and firms in the news
[entities]
!Agent
\tPerson|human being
\tFirm
------------
Place

[relations]
<AGENT>=Person|Firm
Owner   Arg1:<AGENT>, Arg2:Firm
Owner\tArg1:<AGENT>, Arg2:Place
Near\tArg1:Place, Arg2:<ANY>
Equiv\tArg1:Firm, Arg2:Firm
Equiv\tArg1:Person, Arg2:Person
Alias\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:contain

[events]
!Trade
\tSale\tSeller:<AGENT>, Goods*:<ANY>, Cause?:<EVENT>
\tStrike\tBy+:Person

[attributes]
Negated\tArg:<EVENT>
Certainty\tArg:Person|Firm, Value:low|high
!Mood\tArg:<EVENT>, Asked:?, Wished:~, <DEFAULT>:Asked
Only\tArg:<ANY>, Value:one
"""


def test_a_conf_as_a_label_schema() -> None:
    definition = definition_from_conf(NEWS)
    assert [label.name for label in definition.labels] == ["Person", "Firm", "Place", "Sale", "Strike"]
    assert definition.relations == (
        RelationType("Owner", ("Person", "Firm"), ("Firm", "Place")),
        RelationType("Near", ("Place",), ()),
        RelationType("COREF", ("Firm", "Person"), ("Firm", "Person"), chain=True),
        RelationType("Alias", chain=True),
        RelationType("Seller", ("Sale",), ("Person", "Firm")),
        RelationType("Goods", ("Sale",), ()),
        RelationType("Cause", ("Sale",), ("Sale", "Strike")),
        RelationType("By", ("Strike",), ("Person",)),
    )
    assert definition.attributes == (
        Attribute("Negated", "boolean"),
        Attribute("Certainty", "choice", ("low", "high"), ("Person", "Firm")),
        Attribute("Mood", "choice", ("Asked", "Wished")),
        Attribute("Only", "text"),
    )
    assert definition.overlap == Overlap(equal=False, nested=True, crossing=False, discontinuous=True)


@pytest.mark.parametrize(
    ("line", "overlap"),
    [
        ("", Overlap(nested=True)),
        ("ENTITY-NESTING\tArg1:<ANY>, Arg2:<ANY>", Overlap(nested=True)),
        ("<OVERLAP> Arg1:A, Arg2:A", Overlap(equal=True, nested=True, crossing=True)),
        ("<OVERLAP> Arg1:A, Arg2:A, <OVL-TYPE>:<ANY>", Overlap(equal=True, nested=True, crossing=True)),
        ("<OVERLAP> Arg1:A, Arg2:A, <OVL-TYPE>:cross|equal", Overlap(True, False, True)),
        ("<OVERLAP> Arg1:A, Arg2:A, <OVL-TYPE>:<NONE>", Overlap(nested=False)),
    ],
)
def test_what_may_overlap(line: str, overlap: Overlap) -> None:
    definition = definition_from_conf(f"[entities]\nA\n[relations]\n{line}\n")
    assert definition.overlap == replace(overlap, discontinuous=True)


@pytest.mark.parametrize(
    ("conf", "reason"),
    [
        ("", "at least one label"),
        ("[relations]\nOwner\tArg1:A, Arg2:B", "at least one label"),
        ("[entities]\n9lives", "'9lives' cannot name a label"),
        ("[entities]\nA\n[attributes]\nSure\tArg:A\nSure\tArg:A", "'Sure' is there twice"),
        ("[entities]\n" + "\n".join(f"L{n}" for n in range(201)), "200 labels, not 201"),
        ("[entities]\n<A>=" + "x" * 15_000 + "\n<B>=<A><A>\nA\n", "Line 3 is too long"),
        ("[entities]\n" + "\n".join(f"<{'M' * n}>=x" for n in range(1, 102)), "100 macros"),
        ("x" * 200_001, "200,000 characters"),
    ],
)
def test_a_conf_that_makes_no_schema_says_why(conf: str, reason: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        definition_from_conf(conf)
    assert reason in str(refused.value)


def test_a_schema_as_a_conf() -> None:
    schema = Definition(
        (Label("PER"), Label("ORG")),
        (RelationType("OWNS", ("PER",), ("ORG",)), RelationType("COREF", chain=True)),
        (Attribute("dead", "boolean", labels=("PER",)), Attribute("role", "text")),
    )
    assert conf_from_definition(schema).splitlines() == [
        "[entities]",
        "PER",
        "ORG",
        "",
        "[relations]",
        "OWNS\tArg1:PER, Arg2:ORG",
        "Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:contain",
        "",
        "[events]",
        "",
        "[attributes]",
        "dead\tArg:PER",
    ]


def _some(*names: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), unique=True).map(tuple)


_labels = ("PER", "ORG", "Ort/Stadt")
_relations = st.builds(
    RelationType,
    st.sampled_from(["COREF", "OWNS", "part-of"]),
    _some(*_labels),
    _some(*_labels),
    chain=st.booleans(),
)
_attributes = st.builds(
    Attribute,
    st.sampled_from(["sure", "kind", "x.y"]),
    st.just("choice"),
    st.just(("low", "very high", "É")),
    _some(*_labels),
) | st.builds(Attribute, st.sampled_from(["dead", "old"]), st.just("boolean"), st.just(()), _some(*_labels))


@given(
    st.lists(_relations, max_size=3, unique_by=lambda one: one.name).map(tuple),
    st.lists(_attributes, max_size=3, unique_by=lambda one: one.name).map(tuple),
    st.builds(Overlap, st.booleans(), st.booleans(), st.booleans(), st.just(True)),
)
def test_a_schema_goes_out_and_comes_in_again(
    relations: tuple[RelationType, ...], attributes: tuple[Attribute, ...], overlap: Overlap
) -> None:
    labels = tuple(Label(name, colour) for colour, name in enumerate(_labels))
    schema = Definition(labels, relations, attributes, (), overlap)
    assert definition_from_conf(conf_from_definition(schema)) == schema


@given(st.text(st.sampled_from("[]<>|:,=!-?*\n\tentitiesArgx1 ")))
def test_any_text_makes_a_schema_or_is_refused(conf: str) -> None:
    try:
        definition = definition_from_conf("[entities]\nA\n" + conf)
    except DefinitionError:
        return
    assert definition.labels
