from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from articles.domain.spans import Relation, Span
from articles.formats.base import ParsedArticle, Reading
from articles.formats.common.mapping import BadMapping, NameMap

TEXT = "Mara Ellingsen leads Northline Press."


def span(start: int, end: int, label: str, **attributes: Any) -> Span:
    return Span(uuid4(), start, end, label, attributes=attributes)


def link(kind: str, source: Span, target: Span) -> Relation:
    return Relation(uuid4(), kind, source.id, target.id)


MARA, PRESS = span(0, 14, "PER", certainty="high"), span(21, 36, "ORGANISATION")
LEADS = link("heads", MARA, PRESS)
ARTICLE = ParsedArticle(
    text=TEXT,
    file="a",
    spans=(MARA, PRESS),
    relations=(LEADS,),
    labels=("business",),
    readings=(Reading("user:ada", (MARA,)), Reading("engine:ner", (PRESS,))),
    dropped={"empty spans": 1},
)


def mapped(**mapping: Any) -> ParsedArticle:
    return NameMap.parse(mapping).applied(ARTICLE)


def labels(article: ParsedArticle) -> list[str]:
    return [span.label for span in article.spans]


def test_every_kind_of_name_gets_its_new_one() -> None:
    article = mapped(
        labels={"PER": "PERSON", "ORGANISATION": "ORG"},
        relations={"heads": "LEADS"},
        attributes={"certainty": "sure"},
        article_labels={"business": "economy"},
        authors={"user:ada": "user:eva"},
    )
    assert labels(article) == ["PERSON", "ORG"]
    assert [one.type for one in article.relations] == ["LEADS"]
    assert article.spans[0].attributes == {"sure": "high"}
    assert article.labels == ("economy",)
    assert [(one.author, one.spans[0].label) for one in article.readings] == [
        ("user:eva", "PERSON"),
        ("engine:ner", "ORG"),
    ]
    assert article.dropped == {"empty spans": 1}


@pytest.mark.parametrize(
    ("mapping", "dropped"),
    [
        ({"labels": {"PER": ""}}, {"spans left out": 2, "relations left out": 1}),
        ({"relations": {"heads": ""}}, {"relations left out": 1}),
        ({"attributes": {"certainty": ""}}, {"attributes left out": 2}),
        ({"article_labels": {"business": ""}}, {"article labels left out": 1}),
        ({"authors": {"engine:ner": ""}}, {"layers left out": 1}),
    ],
)
def test_what_is_mapped_to_nothing_is_left_out_and_counted(mapping: Any, dropped: Any) -> None:
    assert mapped(**mapping).dropped == {"empty spans": 1, **dropped}


def test_spans_that_become_the_same_are_one_and_keep_their_relations() -> None:
    city, country = span(0, 4, "CITY"), span(0, 4, "COUNTRY")
    river = span(5, 9, "RIVER")
    article = ParsedArticle(
        text=TEXT,
        file="a",
        spans=(city, country, river),
        relations=(link("NEAR", city, river), link("NEAR", country, river), link("SAME", city, country)),
    )
    found = NameMap(labels={"CITY": "GPE", "COUNTRY": "GPE"}).applied(article)
    assert [(one.start, one.label) for one in found.spans] == [(0, "GPE"), (5, "RIVER")]
    assert [(one.type, one.source, one.target) for one in found.relations] == [("NEAR", city.id, river.id)]
    assert found.dropped == {"spans under a name that their place has already": 1, "relations left out": 2}


def test_spans_under_their_old_names_are_the_same_objects() -> None:
    assert mapped(labels={"OTHER": "MISC"}).spans == ARTICLE.spans
    assert mapped(labels={"OTHER": "MISC"}).spans[0] is MARA


def test_no_mapping_changes_nothing() -> None:
    assert mapped() is ARTICLE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "an object of labels, relations, attributes, article_labels, authors"),
        ("labels", "an object of labels"),
        ({"label": {}}, "an object of labels"),
        ({"labels": ["PER"]}, '"labels" is an object'),
        ({"labels": {"PER": None}}, '"labels" is an object'),
        ({"relations": {"R": {"to": "S"}}}, '"relations" is an object'),
        ({"labels": {"PER\0": "PERSON"}}, "NUL"),
        ({"authors": {"user:a": "user:\0"}}, "NUL"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(data: Any, reason: str) -> None:
    with pytest.raises(BadMapping, match=reason):
        NameMap.parse(data)
