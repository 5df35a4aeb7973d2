"""GATE: documents as its Developer saves them, and our own read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, ParsedArticle
from tests.articles.formats.builders import make_writer, problems, read, read_articles
from tests.articles.formats.standoff_files import (
    GATE_ARU,
    GATE_FIRM,
    GATE_NODES,
    GATE_SHE,
    GATE_TEXT,
    annotation,
    annotation_set,
    feature,
    make_gate,
)


def read_one(*sets: str, features: str = "", **options: str) -> ParsedArticle:
    (article,) = read_articles(
        "a.xml", make_gate(*sets, features=features), "gate" if options else "auto", **options
    )
    return article


def labelled(article: ParsedArticle) -> list[tuple[str, str]]:
    return [(span.surface(article.text), span.label) for span in article.spans]


def test_text_annotations_and_features() -> None:
    known = (
        feature("gate.SourceURL", "https://example.com/a"),
        feature("MimeType", "text/html"),
        feature("title", "A lead"),
        feature("desk", "city"),
        feature("MatchesAnnots", "x", "gate.corpora.ObjectWrapper"),
    )
    person = annotation(
        1,
        "Person",
        0,
        3,
        feature("gender", "female"),
        feature("known", "true", "java.lang.Boolean"),
        feature("rank", "2", "java.lang.Integer"),
        feature("matches", "1;2", "java.util.ArrayList"),
    )
    tokens = (annotation(8, "Token", 0, 3), annotation(9, "Lookup", 13, 22), annotation(10, "Split", 3, 3))
    article = read_one(
        annotation_set(person, GATE_FIRM, annotation(7, "Gap", 3, 3), *tokens), features="".join(known)
    )
    assert article.text == GATE_TEXT
    assert labelled(article) == [("Aru", "Person"), ("Nord & Co", "Organization")]
    assert article.spans[0].attributes == {"gender": "female", "known": True, "rank": "2"}
    assert (article.title, article.url) == ("A lead", "https://example.com/a")
    assert article.metadata == {"file": "a.xml", "desk": "city"}
    assert article.dropped == {"features that are lists or objects": 2, "empty spans": 1}


@pytest.mark.parametrize(
    ("sets", "options", "labels", "further"),
    [
        ((annotation_set(GATE_ARU), annotation_set(GATE_FIRM, GATE_SHE, name="Key")), {}, ["Person"], 2),
        (
            (
                annotation_set(),
                annotation_set(GATE_ARU, name="Original markups"),
                annotation_set(GATE_FIRM, name="Key"),
            ),
            {},
            ["Organization"],
            1,
        ),
        (
            (annotation_set(GATE_ARU), annotation_set(GATE_FIRM, name="Key")),
            {"annotation_set": "Key"},
            ["Organization"],
            1,
        ),
        ((annotation_set(annotation(5, "Token", 0, 3)),), {}, [], 0),
    ],
)
def test_which_annotation_set_is_read(
    sets: tuple[str, ...], options: dict[str, str], labels: list[str], further: int
) -> None:
    article = read_one(*sets, **options)
    assert [span.label for span in article.spans] == labels
    assert article.dropped == ({"annotations of further sets": further} if further else {})


def test_relations_and_coreference() -> None:
    relations = """<RelationSet>
      <Relation Id="10" Type="leads" Members="1;2"><UserData/>%s</Relation>
      <Relation Id="11" Type="coref" Members="3;1"><UserData/></Relation>
      <Relation Id="12" Type="meet" Members="1;2;3"><UserData/></Relation>
      <Relation Id="13" Type="meet" Members="1;9"><UserData/></Relation>
    </RelationSet>"""
    article = read_one(annotation_set(GATE_ARU, GATE_FIRM, GATE_SHE), relations % feature("since", "2020"))
    words = {span.id: span.surface(article.text) for span in article.spans}
    found = [(words[one.source], one.type, words[one.target]) for one in article.relations]
    assert found == [
        ("Aru", "leads", "Nord & Co"),
        ("Aru", "COREF", "She"),
        ("Aru", "meet", "Nord & Co"),
        ("Nord & Co", "meet", "She"),
    ]
    assert article.relations[0].attributes == {"since": "2020"}
    assert article.dropped == {"relations whose ends are no spans": 1}


def test_annotations_of_older_files_have_no_ids() -> None:
    old = (one.replace('Id="1" ', "").replace('Id="2" ', "") for one in (GATE_ARU, GATE_FIRM))
    assert len(read_one(annotation_set(*old)).spans) == 2


def test_a_set_that_is_not_there_is_told() -> None:
    ((_, _, reason),) = problems(
        read("a.xml", make_gate(annotation_set(GATE_ARU)), "gate", annotation_set="Gold")
    )
    assert "no annotation set 'Gold'" in reason


def test_what_gate_gets() -> None:
    aru, firm = Span(uuid4(), 0, 3, "Person", (), {"known": True}), Span(uuid4(), 12, 21, "Organization")
    gap = Span(uuid4(), 0, 21, "X", ((0, 3), (12, 21)))
    relation = Relation(uuid4(), "leads", aru.id, firm.id)
    metadata = {"url": "https://example.com", "title": "A\x0b"}
    article = ExportArticle(7, "", GATE_TEXT, metadata, (aru, firm, gap), (relation,), ("economy",))
    writer = make_writer("gate")
    content = b"".join(writer.write([article]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("7.xml").decode()
    assert f"<TextWithNodes>{GATE_NODES.partition('&#13;')[0]}&#13;" in document
    assert annotation(0, "Person", 0, 3, feature("known", "true", "java.lang.Boolean")) in document
    assert '<Relation Id="2" Type="leads" Members="0;1"><UserData/></Relation>' in document
    assert feature("gate.SourceURL", "https://example.com") in document
    told_before = {"article labels": 1, "spans with gaps": 1}
    assert writer.report.dropped == {**told_before, "control characters": 1}
    survey = make_writer("gate").survey([replace(article, text="")])
    assert survey
    assert survey.dropped == told_before


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(st.text(st.sampled_from("Ab <&\n\t\r\x0b😀é林"), min_size=1, max_size=20).filter(str.strip))
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        attributes = draw(
            st.dictionaries(
                st.sampled_from(["a", "b.c"]), st.sampled_from([True, False, "", "x\ny"]), max_size=2
            )
        )
        spans.append(Span(uuid4(), start, end, draw(st.sampled_from(["ORG", "é/1"])), (), attributes))
    relations = [Relation(uuid4(), "OWNS", one.id, other.id) for one, other in pairwise(spans)]
    return ExportArticle(7, "", text, {"language": "no"}, tuple(spans), tuple(relations))


@given(_articles())
def test_what_goes_out_comes_in_again(article: ExportArticle) -> None:
    writer = make_writer("gate")
    (after,) = read_articles("a.zip", b"".join(writer.write([article])))
    lost = writer.report.dropped.get("control characters", 0)
    assert after.text == (article.text.replace("\x0b", "\ufffd") if lost else article.text)
    assert after.language == "no"
    assert [told(one) for one in after.spans] == [told(one) for one in article.spans]
    assert linked(after) == linked(article)


def linked(article: ParsedArticle | ExportArticle) -> list[tuple[int, int]]:
    numbers = {span.id: number for number, span in enumerate(article.spans)}
    return [(numbers[one.source], numbers[one.target]) for one in article.relations]


def told(span: Span) -> tuple[int, int, str, dict[str, object]]:
    return span.start, span.end, span.label, dict(span.attributes)
