"""UIMA CAS: files as INCEpTION and DKPro write them, ours as dkpro-cassis reads them, and ours read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import pairwise
from uuid import uuid4

import cassis  # type: ignore[import-untyped]
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Attribute, Definition
from articles.domain.spans import Relation, Span
from articles.formats import writer_for
from articles.formats.base import ExportArticle, FolderWriter, ParsedArticle
from tests.articles.formats.builders import files_of, make_zip, problems, read, read_articles
from tests.articles.formats.standoff_files import (
    UIMA_ARU,
    UIMA_BERGEN,
    UIMA_FIRM,
    UIMA_TEXT,
    declare_type,
    make_type_system,
    make_xmi,
)


def read_one(*structures: str, types: str = "", members: str = "2 3 4 5 6 7 8 9") -> ParsedArticle:
    content = make_zip(a__xmi=make_xmi(*structures, members=members), TypeSystem__xml=make_type_system(types))
    (article,) = read_articles("a.zip", content)
    return article


def links(article: ParsedArticle | ExportArticle) -> list[tuple[str, str, str]]:
    words = {span.id: span.surface(article.text) for span in article.spans}
    return sorted((words[one.source], one.type, words[one.target]) for one in article.relations)


def labelled(article: ParsedArticle) -> list[tuple[str, str]]:
    return [(span.surface(UIMA_TEXT), span.label) for span in article.spans]


def test_named_entities_and_what_stands_around_them() -> None:
    article = read_one(
        '<meta:DocumentMetaData xmi:id="5" sofa="1" begin="0" end="41" language="en" documentTitle="Aru"'
        ' documentId="a.txt" documentUri="https://example.com/a" isLastSegment="false"/>',
        '<seg:Token xmi:id="6" sofa="1" begin="0" end="3"/>',
        '<seg:Sentence xmi:id="7" sofa="1" begin="0" end="41"/>',
        '<pos:POS xmi:id="8" sofa="1" begin="0" end="3" PosValue="NNP"/>',
        UIMA_ARU,
        UIMA_FIRM,
        UIMA_BERGEN,
    )
    assert labelled(article) == [("Aru", "PER"), ("Northline", "ORG"), ("Bergen", "NamedEntity")]
    assert [span.attributes for span in article.spans] == [{"link": "http://x/Q1"}, {}, {}]
    assert (article.title, article.language, article.url) == ("Aru", "en", "https://example.com/a")
    assert article.metadata == {"file": "a.xmi", "document_id": "a.txt"}
    assert article.dropped == {"parts of speech, syntax and the like": 1}


def test_further_layers_and_their_features() -> None:
    article = read_one(
        '<custom:Event xmi:id="2" sofa="1" begin="7" end="12" kind="lead" past="false" weight="3" note=""/>',
        '<custom:Event xmi:id="3" sofa="1" begin="6" end="6"/>',
        types=declare_type(
            "webanno.custom.Event",
            kind="uima.cas.String",
            past="uima.cas.Boolean",
            weight="uima.cas.Integer",
        ),
    )
    assert labelled(article) == [("leads", "Event")]
    assert article.spans[0].attributes == {"kind": "lead", "past": False, "weight": "3"}
    assert article.dropped == {"empty spans": 1}


def test_relations_by_governor_and_dependent() -> None:
    article = read_one(
        UIMA_ARU,
        UIMA_FIRM,
        '<custom:Relation xmi:id="5" sofa="1" begin="13" end="22" Dependent="3" Governor="2" value="LEADS"/>',
        '<custom:Relation xmi:id="6" sofa="1" begin="13" end="22" Governor="3" Dependent="2" sure="yes"/>',
    )
    assert links(article) == [("Aru", "LEADS", "Northline"), ("Northline", "Relation", "Aru")]
    assert [one.attributes for one in article.relations] == [{}, {"sure": "yes"}]


def test_relations_by_two_features_that_refer() -> None:
    owner = {"who": "uima.tcas.Annotation", "what": "custom.Thing", "since": "uima.cas.Integer"}
    article = read_one(
        UIMA_ARU,
        UIMA_FIRM,
        '<custom:Owner xmi:id="5" sofa="1" who="2" what="3" since="3"/>',
        '<custom:Owner xmi:id="6" sofa="1" who="2" what="9"/>',
        types=declare_type("webanno.custom.Owner", "uima.cas.TOP", **owner),
    )
    assert links(article) == [("Aru", "Owner", "Northline")]
    assert article.relations[0].attributes == {"since": "3"}


def test_a_feature_of_a_supertype_and_of_a_closed_list() -> None:
    types = (
        declare_type("a.Kind", "uima.cas.String")
        + declare_type("webanno.custom.Base", of="webanno.custom.Base", kind="a.Kind")
        + declare_type("webanno.custom.Part", "webanno.custom.Base")
        + declare_type("a.Loop", "b.Loop")
        + declare_type("b.Loop", "a.Loop")
    )
    article = read_one(
        UIMA_ARU, '<custom:Part xmi:id="5" sofa="1" begin="34" end="40" of="2" kind="2"/>', types=types
    )
    assert links(article) == [("Bergen", "of", "Aru")]
    assert article.spans[1].attributes == {"kind": "2"}


def test_chains_are_coreference() -> None:
    article = read_one(
        '<custom:CorefLink xmi:id="2" sofa="1" begin="0" end="3" next="3" referenceType="name"/>',
        '<custom:CorefLink xmi:id="3" sofa="1" begin="24" end="27"/>',
        '<custom:CorefChain xmi:id="4" sofa="1" first="2"/>',
    )
    assert labelled(article) == [("Aru", "CorefLink"), ("She", "CorefLink")]
    assert links(article) == [("Aru", "COREF", "She")]
    assert article.spans[0].attributes == {"referenceType": "name"}


def test_slots_are_relations_named_by_their_role() -> None:
    article = read_one(
        '<custom:Event xmi:id="2" sofa="1" begin="7" end="12" args="5 6" more="8"/>',
        '<ner:NamedEntity xmi:id="3" sofa="1" begin="13" end="22" value="ORG"/>',
        '<custom:EventArgs xmi:id="5" role="who" target="4"/>',
        '<custom:EventArgs xmi:id="6" target="3"/>',
        '<custom:EventArgs xmi:id="7" role="where" target="3"/>',
        '<cas:FSArray xmi:id="8" elements="7"/>',
        '<ner:NamedEntity xmi:id="4" sofa="1" begin="0" end="3" value="PER"/>',
        types=declare_type("webanno.custom.Event", args="uima.cas.FSArray", more="uima.cas.FSArray"),
        members="2 3 4",
    )
    assert links(article) == [
        ("leads", "args", "Northline"),
        ("leads", "where", "Northline"),
        ("leads", "who", "Aru"),
    ]


def test_relations_to_tokens_are_counted_and_a_second_view_too() -> None:
    article = read_one(
        UIMA_ARU,
        '<seg:Token xmi:id="3" sofa="1" begin="13" end="22"/>',
        '<custom:Relation xmi:id="5" sofa="1" begin="13" end="22" Governor="2" Dependent="3"/>',
        '<cas:Sofa xmi:id="90" sofaNum="2" sofaID="other" sofaString="Another text"/>',
    )
    assert article.dropped == {"relations whose ends are no spans": 1, "texts of further views": 1}


def test_the_type_system_of_the_folder_counts() -> None:
    loose = make_type_system(declare_type("webanno.custom.Event", past="uima.cas.String"))
    strict = make_type_system(declare_type("webanno.custom.Event", past="uima.cas.Boolean"))
    event = '<custom:Event xmi:id="2" sofa="1" begin="7" end="12" past="true"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("TypeSystem.xml", loose)
        archive.writestr("a/b/one.xmi", make_xmi(event))
        archive.writestr("c/TypeSystem.xml", strict)
        archive.writestr("c/two.xmi", make_xmi(event))
    one, two = read_articles("x.zip", stream.getvalue())
    assert [one.spans[0].attributes, two.spans[0].attributes] == [{"past": "true"}, {"past": True}]


JSON = {
    "%TYPES": {},
    "%FEATURE_STRUCTURES": [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": UIMA_TEXT},
        {"%ID": 2, "%TYPE": "x.NamedEntity", "@sofa": 1, "begin": 0, "end": 3, "value": "PER", "old": True},
        {"%ID": 3, "%TYPE": "x.Event", "@sofa": 1, "begin": 7, "end": 12, "@links": 4, "#w": "NaN", "n": 2},
        {"%ID": 4, "%TYPE": "x.Link[]", "%ELEMENTS": [5]},
        {"%ID": 5, "%TYPE": "x.Link", "role": "who", "@target": 2},
    ],
    "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}},
}


def test_json_cas() -> None:
    as_object = {str(row["%ID"]): row for row in JSON["%FEATURE_STRUCTURES"]}  # type: ignore[index]
    for structures in (JSON["%FEATURE_STRUCTURES"], as_object):
        content = orjson.dumps({**JSON, "%FEATURE_STRUCTURES": structures})
        (article,) = read_articles("a.json", content)
        assert labelled(article) == [("Aru", "PER"), ("leads", "Event")]
        assert [span.attributes for span in article.spans] == [{"old": True}, {"w": "NaN", "n": "2"}]
        assert links(article) == [("leads", "who", "Aru")]


def test_a_broken_type_system_is_told() -> None:
    found = read("a.zip", make_zip(a__xmi=make_xmi(UIMA_ARU), TypeSystem__xml=b"<types>"))
    assert [(file, line) for file, line, _ in problems(found)] == [("TypeSystem.xml", 1)]
    assert len(found) == 2


def test_arrays_that_all_refer_to_each_other_are_refused() -> None:
    long = '<cas:FSArray xmi:id="9" elements="' + "2 " * 2000 + '"/>'
    many = [f'<custom:Link xmi:id="{n}" elements="9"/>' for n in range(10, 1000)]
    members = " ".join(str(n) for n in range(1000))
    ((_, _, reason),) = problems(read("a.xmi", make_xmi(UIMA_ARU, long, *many, members=members)))
    assert "1,000,000 references" in reason


SCHEMA = Definition(
    (),
    attributes=(
        Attribute("link"),
        Attribute("class"),
        Attribute("Ämter/2"),
        Attribute("old", "boolean"),
    ),
)


def make_writer(file_format: str) -> FolderWriter:
    writer = writer_for(file_format, SCHEMA)
    assert isinstance(writer, FolderWriter), writer
    return writer


def test_what_cassis_reads_of_ours() -> None:
    attributes = {"link": "Q1", "class": "a", "Ämter/2": "b", "old": True, "gone": "c"}
    person, firm = Span(uuid4(), 0, 3, "PER", (), attributes), Span(uuid4(), 12, 21, "ORG")
    gap = Span(uuid4(), 0, 21, "X", ((0, 3), (12, 21)))
    relations = (
        Relation(uuid4(), "LEADS", person.id, firm.id, {"since": "2020"}),
        Relation(uuid4(), "LEADS", gap.id, firm.id),
    )
    metadata = {"title": "A \x0b title", "language": "en", "url": "https://example.com"}
    article = ExportArticle(7, "a/1", UIMA_TEXT, metadata, (person, firm, gap), relations, ("economy",))
    writer = make_writer("uima-xmi")
    files = files_of(writer, article)
    cas = cassis.load_cas_from_xmi(
        files["7-a-1.xmi"].decode(), cassis.load_typesystem(files["TypeSystem.xml"].decode())
    )
    entities = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert [(one.get_covered_text(), one.value) for one in entities] == [("Aru", "PER"), ("Northline", "ORG")]
    first = entities[0]
    assert (first.identifier, first.class_, first.a_mter_2, first.old) == ("Q1", "a", "b", True)
    (relation,) = cas.select("webanno.custom.Relation")
    assert (relation.Governor, relation.Dependent, relation.value) == (*entities, "LEADS")
    (about,) = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
    assert (about.documentTitle, about.documentId, about.language) == ("A \ufffd title", "a/1", "en")
    told_before = {
        "article labels": 1,
        "attributes that are not in the schema": 1,
        "attributes under another name": 2,
        "relations": 1,
        "relations' attributes": 1,
        "spans with gaps": 1,
    }
    assert writer.report.dropped == {**told_before, "control characters": 1}
    assert make_writer("uima-xmi").survey([replace(article, text="")]).dropped == told_before  # type: ignore[union-attr]


_attributes = st.fixed_dictionaries(
    {}, optional={"link": st.just("Q1"), "class": st.sampled_from(["a", "1"]), "old": st.booleans()}
)


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(st.text(st.sampled_from("Ab <&\n\t\r\x0b😀é林"), min_size=1, max_size=20).filter(str.strip))
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        label, attributes = draw(st.sampled_from(["ORG", "1"])), draw(_attributes)
        spans.append(Span(uuid4(), start, end, label, (), attributes))
    kinds = st.sampled_from(["COREF", "OWNS"])
    relations = [Relation(uuid4(), draw(kinds), one.id, other.id) for one, other in pairwise(spans)]
    return ExportArticle(7, "", text, {"language": "no"}, tuple(spans), tuple(relations))


@pytest.mark.parametrize("file_format", ["uima-xmi", "uima-json"])
@given(article=_articles())
def test_what_goes_out_comes_in_again(file_format: str, article: ExportArticle) -> None:
    writer = make_writer(file_format)
    (after,) = read_articles("a.zip", b"".join(writer.write([article])))
    lost = writer.report.dropped.get("control characters", 0)
    assert after.text == (article.text.replace("\x0b", "\ufffd") if lost else article.text)
    assert after.language == "no"
    assert sorted(map(told, after.spans)) == sorted(map(told, article.spans))
    assert [one.type for one in after.relations] == [one.type for one in article.relations]


def told(span: Span) -> tuple[int, int, str, list[tuple[str, object]]]:
    """The span, its attribute `class` by the name that UIMA can have for it."""
    attributes = {"class_" if name == "class" else name: value for name, value in span.attributes.items()}
    return span.start, span.end, span.label, sorted(attributes.items())
