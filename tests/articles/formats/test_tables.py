"""Spans one a row, in CSV and TSV: written, read back, joined with texts, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Attribute, Definition
from articles.domain.spans import Relation, Span
from articles.formats import writer_for
from articles.formats.base import ExportArticle, ParsedArticle, Reading, Writer
from articles.formats.tables import reader
from articles.formats.tables.cells import guarded, unguarded
from tests.articles.formats.builders import (
    make_article,
    make_writer,
    make_zip,
    mark,
    problems,
    read,
    read_articles,
    write,
)

LETTERS = st.sampled_from("Ab 1,;\t\r\n\"'=+-@|😀é林")
WORDS = st.text(LETTERS, max_size=6)


@given(WORDS)
def test_a_guard_is_undone_and_no_cell_is_a_formula(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@st.composite
def _spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    spans = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        fragments = ((start, start + 1), (end - 1, end)) if end - start > 2 and draw(st.booleans()) else ()
        attributes = draw(st.dictionaries(st.sampled_from(["a", "b"]), WORDS | st.booleans()))
        confidence = draw(st.none() | st.floats(0, 1))
        spans.append(
            Span(uuid4(), start, end, draw(st.sampled_from(["ORG", "=X"])), fragments, attributes, confidence)
        )
    return tuple(spans)


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(st.text(LETTERS, min_size=1, max_size=20).filter(str.strip))
    readings = [Reading(author, draw(_spans(text))) for author in draw(st.sampled_from([(), ("user:=ada",)]))]
    return ExportArticle(
        draw(st.integers(1, 10**6)),
        draw(st.sampled_from(["", "-1", "a,b"])),
        text,
        {"desk": draw(WORDS)},
        draw(_spans(text)),
        (),
        draw(st.sampled_from([(), ("sport",)])),
        tuple(one for one in readings if one.spans),
    )


@pytest.mark.parametrize("file_format", ["spans-csv", "spans-tsv"])
@given(articles=st.lists(_articles(), min_size=1, max_size=3, unique_by=lambda one: one.id))
def test_what_goes_out_with_texts_comes_in_again(file_format: str, articles: list[ExportArticle]) -> None:
    writer = make_writer(file_format, texts="yes")
    content = b"".join(writer.write(articles))
    after = read_articles(f"x{writer.extension}", content)
    assert [(one.text, one.spans, one.readings) for one in after] == [
        (one.text, one.spans, one.readings) for one in articles
    ]
    assert [(one.labels, one.metadata) for one in after] == [(one.labels, one.metadata) for one in articles]
    assert [one.external_id for one in after] == [one.external_id or str(one.id) for one in articles]
    assert not writer.report.dropped
    assert writer.survey(articles) == writer.report


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_row_says_what_the_span_is() -> None:
    text = "Mara works at =Northline=."
    article = make_article(text, mark(text, "Mara", "PERSON"), mark(text, "=Northline=", "ORG"))
    content, report = write("spans-csv", article)
    person, org = rows_of(content)
    assert {**person, "id": ""} == {
        "article_id": "1",
        "external_id": "a1",
        "layer": "",
        "id": "",
        "start": "0",
        "end": "4",
        "label": "PERSON",
        "text": "Mara",
        "fragments": "",
        "confidence": "",
        "attributes": "",
    }
    assert org["text"] == "'=Northline="
    assert (report.articles, report.spans_written, report.dropped) == (1, 2, {})


def schema_writer(**options: str) -> Writer:
    definition = Definition(labels=(), attributes=(Attribute("kind"), Attribute("sure", "boolean")))
    writer = writer_for("spans-csv", definition, options)
    assert isinstance(writer, Writer)
    return writer


def test_attributes_in_columns_of_their_own() -> None:
    span = Span(uuid4(), 0, 4, "ORG", (), {"kind": "-firm", "sure": True, "old": "x"})
    article = ExportArticle(1, "a", "Acme", {}, (span,))
    writer = schema_writer(attributes="columns", texts="yes")
    content = b"".join(writer.write([article]))
    (row,) = rows_of(content)
    assert (row["attributes.kind"], row["attributes.sure"]) == ("'-firm", "true")
    (after,) = read_articles("x.csv", content)
    assert after.spans[0].attributes == {"kind": "-firm", "sure": True}
    assert writer.report.dropped == {"attributes that the schema does not have": 1}
    assert writer.survey([article]) == writer.report


def test_what_has_no_place_is_counted() -> None:
    span = Span(uuid4(), 0, 4, "ORG")
    link = Relation(uuid4(), "R", span.id, span.id)
    article = ExportArticle(
        1, "a", "Acme", {}, (span,), (link,), ("sport",), (Reading("user:ada", labels=("x",)),)
    )
    assert write("spans-csv", article)[1].dropped == {"relations": 1, "article labels": 2}
    assert write("spans-csv", article, texts="yes")[1].dropped == {"relations": 1, "article labels": 1}


SPANS = b"""external_id,start,end,label,text,desk
a1,0,4,PERSON,Mara,city
b.txt,0.0,5.0,GPE,,
a1,8,13,GPE,Leeds,
"""


def test_spans_find_their_texts_in_an_archive() -> None:
    texts = b"external_id,text,desk\na1,Mara in Leeds,city\nc,No spans,\n"
    content = make_zip(
        texts__csv=texts, data_b__txt=b"Leeds won", my_spans__csv=SPANS.replace(b"b.txt", b"data_b")
    )
    by_name = {one.external_id or one.file: one for one in read_articles("x.zip", content)}
    assert {name: [(span.start, span.end) for span in one.spans] for name, one in by_name.items()} == {
        "a1": [(0, 4), (8, 13)],
        "data_b.txt": [(0, 5)],
        "c": [],
    }
    assert by_name["a1"].metadata == {"desk": "city"}
    assert by_name["a1"].dropped == {"values in columns without a meaning here": 1}


@pytest.mark.parametrize(
    ("spans", "line", "reason"),
    [
        (SPANS, 3, "no text of the article 'b.txt'"),
        (SPANS.replace(b"b.txt,0.0,5.0", b"a1,0,five"), 3, "whole numbers"),
        (SPANS.replace(b"b.txt,0.0,5.0", b"a1,0,99"), 2, "outside"),
        (SPANS.replace(b"Leeds", b"London"), 2, "says 'London'"),
        (SPANS.replace(b"b.txt,", b"b.txt"), 3, "5 values for 6"),
    ],
)
def test_spans_that_do_not_fit_their_texts(spans: bytes, line: int, reason: str) -> None:
    found = problems(read("x.zip", make_zip(a1__txt=b"Mara in Leeds", spans__csv=spans)))
    assert ("spans.csv", line, True) in [(file, where, reason in why) for file, where, why in found], found


def test_a_table_without_texts_says_what_to_do() -> None:
    ((file, line, reason),) = problems(read("x.csv", SPANS))
    assert (file, line) == ("x.csv", None)
    assert "zip" in reason


def test_tables_beside_their_texts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_WHOLE", len(SPANS) + 5)
    content = make_zip(a1__txt=b"Mara in Leeds", b__txt=b"Leeds", a_spans__csv=SPANS, b_spans__csv=SPANS)
    assert "together" in problems(read("x.zip", content))[0][2]


def test_rows_of_an_article_stand_together_and_the_first_has_the_text() -> None:
    content = b"article_text,start,end,label\nMara,0,4,PERSON\n,0,1,X\nLeeds,0,5,GPE\nLeeds,0,1,X\n"
    found = read_articles("x.csv", content)
    assert [(one.text, len(one.spans), one.line) for one in found] == [("Mara", 2, 2), ("Leeds", 2, 4)]


def test_csv_of_texts_is_read_line_by_line() -> None:
    content = b'text,title\r\n"one\r\ntwo",T\r\n\r\nthree,\r\n'
    assert [(one.text, one.line) for one in read_articles("a.csv", content)] == [
        ("one\r\ntwo", 2),
        ("three", 5),
    ]
    old = b"text,title\rone,T\rtwo,T\r"
    assert [(one.text, one.line) for one in read_articles("a.csv", old)] == [("one", 2), ("two", 3)]
    assert all(isinstance(one, ParsedArticle) for one in read("a.csv", content))
