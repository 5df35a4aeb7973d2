from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from annotator.schemas.definition import Overlap, parse_definition
from articles.domain.layers.check import problems_with_layer
from articles.domain.spans import Relation, Span

DEFINITION = parse_definition(
    {
        "labels": [{"name": "PERSON"}, {"name": "ORG"}, {"name": "OLD", "retired": True}],
        "relations": [{"name": "WORKS_FOR", "sources": ["PERSON"], "targets": ["ORG"]}],
        "attributes": [
            {"name": "mention", "type": "choice", "options": ["name", "pronoun"]},
            {"name": "dead", "type": "boolean", "labels": ["PERSON"]},
        ],
        "article_labels": [{"name": "sport"}],
    }
)
ANY = Overlap(equal=True, nested=True, crossing=True, discontinuous=True)


def span(start: int, end: int, label: str = "PERSON", **more: Any) -> Span:
    return Span(uuid4(), start, end, label, **more)


def problems(
    *spans: Span,
    relations: tuple[Relation, ...] = (),
    labels: tuple[str, ...] = (),
    overlap: Overlap | None = None,
) -> list[str]:
    definition = replace(DEFINITION, overlap=overlap or DEFINITION.overlap)
    return problems_with_layer(spans, relations, labels, length=20, definition=definition)


def test_a_layer_that_fits() -> None:
    person, org = span(0, 4, attributes={"mention": "name", "dead": False}), span(5, 9, "ORG")
    works = Relation(uuid4(), "WORKS_FOR", person.id, org.id)
    assert problems(person, org, span(6, 8), relations=(works,), labels=("sport",)) == []


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (span(0, 21), "outside the text"),
        (span(-1, 2), "outside the text"),
        (span(3, 3), "is empty"),
        (span(0, 1, "NOPE"), "no label 'NOPE'"),
        (span(0, 1, "OLD"), "no label 'OLD'"),
        (span(0, 5, fragments=((0, 1), (3, 5))), "gaps"),
        (span(0, 1, attributes={"colour": "red"}), "no attribute 'colour'"),
        (span(0, 1, attributes={"mention": "verb"}), "one of name, pronoun"),
        (span(0, 1, attributes={"mention": ["name"]}), "one of name, pronoun"),
        (span(0, 1, "ORG", attributes={"dead": True}), "dead does not belong to ORG"),
        (span(0, 1, attributes={"dead": "no"}), "true or false"),
    ],
)
def test_a_span_that_does_not_fit(one: Span, reason: str) -> None:
    (problem,) = problems(one)
    assert reason in problem


@pytest.mark.parametrize(
    ("places", "broken"),
    [
        (((0, 4, "PERSON"), (0, 4, "ORG")), {"equal"}),
        (((0, 4, "PERSON"), (0, 4, "PERSON")), {"always"}),
        (((0, 6, "PERSON"), (2, 4, "ORG")), {"nested"}),
        (((0, 6, "PERSON"), (0, 4, "ORG")), {"nested"}),
        (((0, 6, "PERSON"), (4, 8, "ORG")), {"crossing"}),
        (((0, 4, "PERSON"), (4, 8, "ORG")), set()),
    ],
)
def test_the_schema_says_how_spans_may_meet(
    places: tuple[tuple[int, int, str], ...], broken: set[str]
) -> None:
    spans = [span(*place) for place in places]
    for kind in ("equal", "nested", "crossing"):
        refused = problems(*spans, overlap=replace(ANY, **{kind: False}))
        assert bool(refused) is (kind in broken or "always" in broken)


def relation(kind: str, source: UUID, target: UUID) -> Relation:
    return Relation(uuid4(), kind, source, target)


def test_relations_that_do_not_fit() -> None:
    person, org = span(0, 4), span(5, 9, "ORG")
    cases = {
        "There is no relation type 'NOPE' in the schema.": relation("NOPE", person.id, org.id),
        "A WORKS_FOR relation names a span that is not there.": relation("WORKS_FOR", person.id, uuid4()),
        "A WORKS_FOR relation links a span with itself.": relation("WORKS_FOR", person.id, person.id),
        "WORKS_FOR begins at PERSON, not at ORG.": relation("WORKS_FOR", org.id, person.id),
    }
    for reason, one in cases.items():
        assert problems(person, org, relations=(one,)) == [reason]


def test_one_link_twice() -> None:
    person, org = span(0, 4), span(5, 9, "ORG")
    links = (relation("WORKS_FOR", person.id, org.id), relation("WORKS_FOR", person.id, org.id))
    assert problems(person, org, relations=links) == ["Two spans are linked twice by WORKS_FOR."]


def test_an_id_twice_and_an_unknown_article_label() -> None:
    one = span(0, 4)
    assert problems(one, replace(one, start=5, end=9)) == ["Two spans have the same id."]
    assert problems(labels=("sport", "b", "a")) == [
        "There is no article label 'a' in the schema.",
        "There is no article label 'b' in the schema.",
    ]


def test_five_thousand_spans_are_checked_at_once() -> None:
    spans = [span(n, n + 1) for n in range(5000)]
    assert problems_with_layer(spans, (), (), length=5000, definition=DEFINITION) == []
