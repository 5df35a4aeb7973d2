"""Files of brat, UIMA, GATE and TEI that are damaged, or made to do damage: a problem that says where."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.base import Found, ParsedArticle, Problem
from tests.articles.formats.builders import make_zip, problems, read
from tests.articles.formats.standoff_files import (
    GATE_ARU,
    GATE_FIRM,
    UIMA_ARU,
    UIMA_FIRM,
    annotation,
    annotation_set,
    declare_type,
    make_brat,
    make_gate,
    make_tei,
    make_type_system,
    make_xmi,
)

MARA = "T1\tPER 0 4\tMara"
QUIST = "T2\tPER 5 10\tQuist"


def brat(*lines: str) -> bytes:
    return make_brat(*lines, text="Mara Quist")


def with_declarations(document: bytes, declarations: str) -> bytes:
    """The document without what stands before its root, and declarations of entities instead."""
    start = document.index(b"?>") + 2 if b"?>" in document else 0
    return f"<!DOCTYPE a [{declarations}]>".encode() + document[start:]


ONE = '<!ENTITY x "y">'
OUTSIDE = '<!ENTITY x SYSTEM "file:///etc/passwd">'
ELSEWHERE = '<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;'
LAUGHS = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DEFAULTS = f'<!ATTLIST p x CDATA "{"y" * 9_000}">'
DEEP = "<hi>" * 300 + "x" + "</hi>" * 300

XMI = make_xmi(UIMA_ARU)
GATE = make_gate(annotation_set(GATE_ARU))
TEI = make_tei("<p><name>Mara</name></p>")
LONG = "P" * 65


def json_cas(*structures: object, **more: object) -> bytes:
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Mara 😀"}
    views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}}
    data = {"%TYPES": {}, "%FEATURE_STRUCTURES": [sofa, *structures], "%VIEWS": views}
    return orjson.dumps({**data, **more})


def entity(start: object, end: object, **more: object) -> dict[str, object]:
    return {"%ID": 2, "%TYPE": "x.NamedEntity", "@sofa": 1, "begin": start, "end": end, **more}


CASES: list[tuple[str, bytes, int | None, str]] = [
    # --- brat: lines
    ("a.zip", brat("T1 PER 0 4 Mara"), 1, "a tab"),
    ("a.zip", brat(MARA, "X1\tPER 0 4\tMara"), 2, "begins with T"),
    ("a.zip", brat("\tPER 0 4\tMara"), 1, "begins with T"),
    ("a.zip", brat("T1\t"), 1, "says nothing"),
    ("a.zip", brat("T1\tPER 0 4\tMara\0"), 1, "NUL"),
    ("a.zip", brat(MARA, "T2\tPER 5 10\tQui"), 2, "says 'Qui', but the text has 'Quist'"),
    ("a.zip", make_zip(a__txt=b"Mara", a__ann=MARA.encode("utf-16")), 1, "UTF-16"),
    ("a.zip", make_zip(a__txt=b"Mara", a__ann=b"T1\tPER 0 4\tMar\xe9"), 1, "0xE9"),
    ("a.zip", make_zip(a__txt=b"Mar\xe9", a__ann=MARA.encode()), 1, "0xE9"),
    ("a.zip", make_zip(a__txt=b" \n", a__ann=MARA.encode()), None, "empty"),
    ("a.zip", make_zip(b__txt=b"Mara", a__ann=MARA.encode()), None, "a.txt, is missing"),
    ("a.ann", MARA.encode(), None, "a.txt, is missing"),
    ("a.zip", make_zip(a__txt=b"Mara", a__ann=b"", a__ANN=b""), None, "two files of this name"),
    ("a.zip", brat(MARA, "#1\tAnnotatorNotes T1\t" + "x" * 5001), 2, "5,000 characters"),
    # --- brat: places
    ("a.zip", brat("T1\tPER 0\tMara"), 1, '"Type 0 5"'),
    ("a.zip", brat("T1\tPER 0 -4\tMara"), 1, '"Type 0 5"'),
    ("a.zip", brat("T1\tPER 0 ４\tMara"), 1, '"Type 0 5"'),
    ("a.zip", brat("T1\tPER 0 " + "9" * 5000 + "\tMara"), 1, '"Type 0 5"'),
    ("a.zip", brat("T1\tPER 0 40\tMara"), 1, "outside"),
    ("a.zip", brat("T1\tPER 4 0\t"), 1, "empty"),
    ("a.zip", brat("T1\tPER 0 3;2 4\tMarra"), 1, "in order"),
    ("a.zip", brat("T1\tPER 0 2;0 2\tMaMa"), 1, "in order"),
    ("a.zip", brat("", f"T1\t{LONG} 0 4\tMara"), 2, "64 characters"),
    # --- brat: what names what
    ("a.zip", brat(MARA, MARA), 2, "twice"),
    ("a.zip", brat("R1\tOwner Arg1:T1 Arg2:T2", MARA), 1, "no annotation 'T2'"),
    ("a.zip", brat("R1\tOwner Arg1:T1", MARA), 1, '"Type Arg1:T1 Arg2:T2"'),
    ("a.zip", brat("R1\tOwner T1 T1", MARA), 1, '"Role:T1"'),
    ("a.zip", brat(f"R1\t{LONG} Arg1:T1 Arg2:T2", MARA, QUIST), 1, "64 characters"),
    ("a.zip", brat("E1\tMeet"), 1, '"Role:T1"'),
    ("a.zip", brat("E1\tMeet:E1"), 1, "no annotation 'E1'"),
    ("a.zip", brat("E1\tMeet:T1 Who:T7", MARA), 1, "no annotation 'T7'"),
    ("a.zip", brat("E1\tMeet:T1", "E1\tMeet:T1", MARA), 2, "twice"),
    ("a.zip", brat("A1\tNegation"), 1, "no annotation ''"),
    ("a.zip", brat("A1\tNegation A1"), 1, "no annotation 'A1'"),
    ("a.zip", brat("N1\tReference T1", MARA), 1, "Wikipedia:1234"),
    ("a.zip", brat("*\tEquiv T1 T2", MARA), 1, "no annotation 'T2'"),
    # --- XMI
    ("a.xmi", b"<xmi:XMI", 1, "not XML"),
    ("a.xmi", XMI[:-20], 10, "not XML"),
    ("a.xmi", b"\x89PNG\r\n", 1, "0x89"),
    ("a.xmi", b"<a/>", 1, "no XMI"),
    ("a.xmi", XMI.replace(b"sofaString", b"x"), None, "No view"),
    ("a.xmi", XMI.replace(b"Aru", b"&#0;"), 9, "not XML"),
    ("a.xmi", XMI.replace(b"Aru", b"&#xD800;"), 9, "not XML"),
    ("a.xmi", XMI.replace(b"Aru", b"A\0u"), 9, "NUL"),
    ("a.xmi", XMI.replace(b"Aru", b"\xe9ru"), 9, "0xE9"),
    ("a.xmi", XMI.replace(b'"UTF-8"', b'"rot13"'), 1, "'rot13'"),
    ("a.xmi", XMI.replace(b"Aru", b"A" * 1_000_001), None, "1,000,000"),
    ("a.xmi", XMI.replace(b"Aru", b"A" * 10_500_000), 9, "too large"),
    ("a.xmi", make_xmi(UIMA_ARU, UIMA_ARU), 9, "'2' is there twice"),
    ("a.xmi", make_xmi(UIMA_ARU.replace('xmi:id="2"', "")), 8, "xmi:id"),
    ("a.xmi", make_xmi(UIMA_ARU.replace('"0"', '"-1"')), 8, "whole number, not '-1'"),
    ("a.xmi", make_xmi(UIMA_ARU.replace('"0"', f'"{"9" * 5000}"')), 8, "whole number"),
    ("a.xmi", make_xmi(UIMA_ARU.replace('"0"', '"5"')), 8, "within a character"),
    ("a.xmi", make_xmi(UIMA_ARU.replace('end="3"', 'end="99"')), 8, "outside the text"),
    ("a.xmi", make_xmi(UIMA_FIRM.replace('"22"', '"9"')), 8, "empty"),
    ("a.xmi", make_xmi(UIMA_ARU.replace("PER", LONG)), 8, "64 characters"),
    ("a.xmi", make_xmi("<b xmi:id='2'/>"), 8, "no type of UIMA"),
    ("a.xmi", with_declarations(XMI, ONE), None, "entities"),
    ("a.xmi", with_declarations(XMI.replace(b"Aru", b"&x;"), OUTSIDE), 9, "not XML"),
    ("a.xmi", with_declarations(XMI, LAUGHS).replace(b"Aru", b"&l9;"), 9, "too large"),
    ("a.zip", make_zip(a__xmi=XMI, TypeSystem__xml=b"<types>"), 1, "not XML"),
    (
        "a.zip",
        make_zip(a__xmi=XMI, TypeSystem__xml=with_declarations(make_type_system(declare_type("a.B")), ONE)),
        None,
        "entities",
    ),
    # --- JSON CAS
    ("a.json", b'{"%TYPES": {}', 1, "not JSON"),
    ("a.json", b'{"%TYPES": {}, "x": ' + b"[" * 2000 + b"]" * 2000 + b"}", 1, "not JSON"),
    ("a.json", b'{"%TYPES": {}, "x": ' + b"[" * 1_000_001, None, "1,000,000 values"),
    ("a.json", b'{"%TYPES": {}, "x": "\xff"}', 1, "0xFF"),
    ("a.json", json_cas(**{"%VIEWS": []}), None, "is an object"),
    ("a.json", json_cas(**{"%VIEWS": {}}), None, "No view"),
    ("a.json", json_cas(**{"%VIEWS": {"a": {"%MEMBERS": 3}}}), None, "%MEMBERS"),
    ("a.json", json_cas(**{"%FEATURE_STRUCTURES": 3}), None, "list or an object"),
    ("a.json", json_cas(3), None, "is an object"),
    ("a.json", json_cas(entity(0, 4), entity(0, 4)), None, "'2' is there twice"),
    ("a.json", json_cas(entity("0", 9)), None, "outside"),
    ("a.json", json_cas(entity(0, 6)), None, "within a character"),
    ("a.json", json_cas(entity(True, 4)), None, "whole number, not 'True'"),
    ("a.json", json_cas(entity(0, 4.5)), None, "whole number, not '4.5'"),
    ("a.json", json_cas(entity(0, 4, value=LONG)), None, "64 characters"),
    # --- GATE
    ("a.xml", b"<GateDocument", 1, "not XML"),
    ("a.xml", GATE[:-5], 12, "not XML"),
    ("a.xml", b"<rss/>", 1, "its root is rss"),
    ("a.xml", b"<GateDocument/>", None, "no TextWithNodes"),
    ("a.xml", make_gate(text=""), None, "empty"),
    ("a.xml", make_gate(text="a<b/>"), 7, "empty Node elements"),
    ("a.xml", make_gate(text="a<Node id='0'>b</Node>"), 7, "empty Node elements"),
    ("a.xml", make_gate(annotation_set(annotation(1, "Person", 0, 4))), 10, "EndNode is '4'"),
    ("a.xml", make_gate(annotation_set(annotation(1, "Person", 3, 0))), 10, "empty"),
    ("a.xml", make_gate(annotation_set(GATE_ARU, GATE_ARU)), 11, "'1' is there twice"),
    ("a.xml", make_gate(annotation_set(annotation(1, "", 0, 3))), 10, "1 to 64"),
    ("a.xml", make_gate(annotation_set(annotation(1, LONG, 0, 3))), 10, "1 to 64"),
    ("a.xml", with_declarations(GATE, ONE), None, "entities"),
    ("a.xml", with_declarations(GATE.replace(b"Aru", b"&x;"), OUTSIDE), None, "entities"),
    ("a.xml", with_declarations(GATE, ELSEWHERE), None, "entities"),
    # --- TEI
    ("a.tei", b"<TEI", 1, "not XML"),
    ("a.tei", TEI[:-8], 9, "not XML"),
    ("a.tei", TEI.decode().encode("utf-16-le"), 1, "NUL"),
    ("a.xml", b"<TEI.3><a/></TEI.3>", 1, "not TEI: TEI.3"),
    ("a.xml", b"<TEI>\n</TEI>", 1, "no text"),
    ("a.xml", make_tei(""), 1, "empty"),
    ("a.xml", make_tei("<note>only</note>"), 1, "empty"),
    ("a.xml", make_tei(f'\n<p><name type="{LONG}">x</name></p>'), 9, "64 characters"),
    ("a.xml", make_tei('<p><name xml:id="a">x</name>\n<name xml:id="a">y</name></p>'), 9, "ID a already"),
    ("a.xml", make_tei(DEEP), 8, "too deeply"),
    ("a.xml", make_tei("<p/>" * 1_000_001), None, "1,000,000 elements"),
    ("a.xml", with_declarations(make_tei("<p>&x;</p>"), ONE), None, "entities"),
    ("a.xml", with_declarations(make_tei("<p>&x;</p>"), OUTSIDE), None, "entities"),
    ("a.xml", with_declarations(make_tei("<p>&l9;</p>"), LAUGHS), 1, "too large"),
    ("a.xml", with_declarations(make_tei("<p>a</p>" * 20_000), DEFAULTS), 8, "too large"),
    ("a.xml", b'<!DOCTYPE TEI SYSTEM "tei.dtd">' + make_tei("<p>&mdash;</p>"), 8, "&mdash;"),
]


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"), CASES, ids=[str(n) for n in range(len(CASES))]
)
def test_malformed(name: str, content: bytes, line: int | None, reason: str) -> None:
    found = problems(read(name, content))
    assert len(found) == 1, "one thing is wrong with each of these"
    assert reason in found[0][2]
    assert found[0][1] == line
    assert len(found[0][2]) < 300


def test_relations_that_run_in_circles_are_relations() -> None:
    circle = brat(MARA, QUIST, "R1\tKnows Arg1:T1 Arg2:T2", "R2\tKnows Arg1:T2 Arg2:T1", "*\tEquiv T1 T2 T1")
    links = [f'<custom:Link xmi:id="{n}" sofa="1" begin="0" end="{n}" next="{5 - n}"/>' for n in (2, 3)]
    for name, content in (
        ("a.zip", circle),
        ("a.xmi", make_xmi(*links).replace(b"Aru \xf0\x9f\x98\x80", b"Aru abc")),
    ):
        (article,) = read(name, content)
        assert isinstance(article, ParsedArticle)
        assert {(one.source, one.target) for one in article.relations} >= {
            (article.spans[0].id, article.spans[1].id),
            (article.spans[1].id, article.spans[0].id),
        }


LINES = (MARA, QUIST, "R1\tKnows Arg1:T1 Arg2:T2", "E1\tMeet:T1 Who:T2", "A1\tSure E1 no", "*\tEquiv T1 T2")
SAMPLES = {
    "brat": "\n".join(LINES).encode(),
    "uima-xmi": make_xmi(UIMA_ARU, UIMA_FIRM, '<custom:R xmi:id="4" sofa="1" Governor="2" Dependent="3"/>'),
    "uima-json": json_cas(entity(0, 4, **{"@next": 3}), {"%ID": 3, "%TYPE": "x[]", "%ELEMENTS": [2]}),
    "gate": make_gate(annotation_set(GATE_ARU, GATE_FIRM)),
    "tei": make_tei('<p><name xml:id="a">Mara</name><lb/></p>', beside='<span target="#a"/>'),
}
PIECES = [b"", b"0", b"-1", b"99", b'"', b"<", b"/>", b"&x;", b"\0", b"\xff", b"\n", b"\t", b"T1", b"{", b"]"]


def read_as(file_format: str, content: bytes) -> list[Found]:
    packed = make_zip(a__txt=b"Mara Quist", a__ann=content) if file_format == "brat" else content
    return read("a", packed, file_format)


@given(st.data())
def test_whatever_happens_to_a_file_it_gives_articles_or_problems(data: st.DataObject) -> None:
    file_format = data.draw(st.sampled_from(sorted(SAMPLES)))
    content = bytearray(SAMPLES[file_format])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        content[place : place + data.draw(st.integers(0, 6))] = data.draw(st.sampled_from(PIECES))
    for found in read_as(file_format, bytes(content)):
        assert isinstance(found, ParsedArticle | Problem)
        assert isinstance(found, ParsedArticle) or len(found.reason) < 300


@given(st.sampled_from(sorted(SAMPLES)), st.binary(max_size=30))
def test_any_bytes_give_articles_or_problems(file_format: str, content: bytes) -> None:
    assert all(isinstance(one, ParsedArticle | Problem) for one in read_as(file_format, content))
