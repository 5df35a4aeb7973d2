from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

from annotator.schemas.definition import parse_definition
from articles.domain.layers.unknown_names import UnknownNames
from articles.domain.spans import Relation, Span

DEFINITION = parse_definition(
    {
        "labels": [
            {"name": "PERSON", "hotkey": "p"},
            {"name": "PLACE", "hotkey": "p", "retired": True},
            {"name": "SHIP", "hotkey": "s", "retired": True},
        ],
        "relations": [{"name": "KNOWS"}],
        "attributes": [{"name": "dead", "type": "boolean"}],
        "article_labels": [{"name": "sport"}],
    }
)


def counted(*spans: tuple[str, dict[str, Any]], relations: str = "", labels: str = "") -> UnknownNames:
    rows = [Span(uuid4(), n, n + 1, label, attributes=more) for n, (label, more) in enumerate(spans)]
    links = [Relation(uuid4(), kind, uuid4(), uuid4()) for kind in relations.split()]
    names = UnknownNames()
    names.count(rows, links, labels.split(), DEFINITION)
    return names


def test_only_what_the_schema_lacks_is_counted() -> None:
    names = counted(
        ("PERSON", {"dead": True, "age": "9"}),
        ("SHIP", {}),
        ("GPE", {}),
        ("GPE", {}),
        relations="KNOWS MEETS",
        labels="sport war",
    )
    assert names.as_dict() == {
        "labels": {"GPE": 2, "SHIP": 1},
        "relations": {"MEETS": 1},
        "attributes": {"age": 1},
        "article_labels": {"war": 1},
    }
    assert names
    assert not counted(("PERSON", {}), relations="KNOWS", labels="sport")


def test_they_are_added_once() -> None:
    names = counted(("GPE", {"age": "9"}), ("PERSON", {}), relations="MEETS", labels="war")
    once = names.added_to(DEFINITION)
    assert [label.name for label in once.labels] == ["PERSON", "PLACE", "SHIP", "GPE"]
    assert [one.name for one in once.relations] == ["KNOWS", "MEETS"]
    assert [one.name for one in once.attributes] == ["dead", "age"]
    assert [one.name for one in once.article_labels] == ["sport", "war"]
    assert names.added_to(once) == once
    assert parse_definition(once.to_dict()) == once


def test_a_retired_label_is_used_again_with_its_key_if_that_is_free() -> None:
    definition = counted(("PLACE", {}), ("SHIP", {})).added_to(DEFINITION)
    assert [(label.name, label.hotkey) for label in definition.labels if not label.retired] == [
        ("PERSON", "p"),
        ("PLACE", ""),
        ("SHIP", "s"),
    ]
    assert parse_definition(definition.to_dict()) == definition


def test_an_attribute_is_yes_or_no_only_when_nothing_else_was_seen() -> None:
    first = counted(("PERSON", {"alive": True, "known": True}), ("PERSON", {"known": "perhaps"}))
    second = counted(("PERSON", {"alive": False, "named": "no"}))
    first.add(second)
    kinds = {one.name: one.type for one in first.added_to(DEFINITION).attributes}
    assert kinds == {"dead": "boolean", "alive": "boolean", "known": "text", "named": "text"}


def test_authors_are_counted_and_add_nothing_to_a_schema() -> None:
    names = UnknownNames(authors=Counter({"user:ghost": 2}))
    assert names.as_dict() == {"authors": {"user:ghost": 2}}
    assert names.added_to(DEFINITION) == DEFINITION
