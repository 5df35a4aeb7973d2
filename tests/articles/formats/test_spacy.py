from __future__ import annotations

import io
import pickle
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, Tokens
from articles.formats.spacy import SpacyWriter
from articles.formats.spacy import writer as spacy_format
from tests.articles.formats.builders import (
    make_article,
    make_zip,
    mark,
    problems,
    read,
    read_articles,
    write,
)

spacy = pytest.importorskip("spacy", reason="the extra 'en' is not installed")


def test_spacy_reads_what_was_written() -> None:
    from spacy.tokens import DocBin

    text = "University of Leeds won."
    article = make_article(
        text, mark(text, "University of Leeds", "ORG"), mark(text, "Leeds", "GPE"), (0, 3, "LOC")
    )
    content = b"".join(SpacyWriter().write([article]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        docs = DocBin().from_bytes(archive.read("part-0001.spacy"))
        report = orjson.loads(archive.read("report.json"))
    (doc,) = docs.get_docs(vocabulary("en"))
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("University of Leeds", "ORG")]
    assert {span.text for span in doc.spans["sc"]} == {"University of Leeds", "Leeds"}
    assert report["dropped"] == {"spans that do not end at a token": 1}


def docs_of(articles: list[ExportArticle]) -> tuple[list[Any], dict[str, Any]]:
    from spacy.tokens import DocBin

    content = b"".join(SpacyWriter().write(articles))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".spacy")]
        report = orjson.loads(archive.read("report.json"))
    vocab = vocabulary("xx")
    return [doc for part in parts for doc in DocBin().from_bytes(part).get_docs(vocab)], report


@pytest.mark.parametrize(
    ("language", "text", "surface"),
    [
        ("en", "Zoe\u0308 of 👩‍🔧 Leeds\r\n\r\nleft. ", "Leeds"),
        ("ru", "Он живёт в Казани.", "Казани"),
        ("kk", "Ол Алматыда тұрады.", "Алматыда"),
        ("tr-TR", "İzmir'de yağmur", "yağmur"),
        ("ar", "قال مدير بنك النيل", "بنك النيل"),
        ("zh", "林若水在昆明说", "昆明"),
        ("ja", "林さんは東京に住んでいる", "東京に住んでいる"),
        ("", "Leeds won", "Leeds"),
        ("xx-no-such", "Leeds won", "Leeds"),
        ("../en", "Leeds won", "Leeds"),
        ("en.stop_words", "Leeds won", "Leeds"),
    ],
)
def test_texts_and_places_survive_in_every_language(language: str, text: str, surface: str) -> None:
    article = make_article(text, mark(text, surface, "GPE"), language=language)
    (doc,), report = docs_of([article])
    assert doc.text == text
    whole = [(one.start_char, one.end_char, one.label_) for one in doc.spans["sc"]]
    assert whole == [mark(text, surface, "GPE")] or report["dropped"] == {
        "spans that do not end at a token": 1
    }


def test_many_articles_are_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_format, "DOCS_A_FILE", 2)
    docs, report = docs_of([make_article(f"Article {number}.") for number in range(5)])
    assert [doc.text for doc in docs] == [f"Article {number}." for number in range(5)]
    assert docs[0].user_data["external_id"] == "a1"
    assert report["sentence"] == "5 articles, 0 spans written; dropped: nothing."


def test_no_article_is_an_empty_zip_with_its_report() -> None:
    docs, report = docs_of([])
    assert (docs, report["articles"]) == ([], 0)


def test_gaps_attributes_and_relations_are_counted() -> None:
    text = "North and South Korea"
    ids = [span.id for span in make_article(text, (0, 1, "X"), (0, 2, "X")).spans]
    spans = (
        Span(ids[0], 0, 21, "GPE", ((0, 5), (16, 21))),
        Span(ids[1], 10, 21, "GPE", (), {"mention": "name"}),
    )
    article = ExportArticle(1, "", text, {}, spans, (Relation(ids[0], "R", ids[0], ids[1]),))
    _, report = docs_of([article])
    assert report["dropped"] == {"relations": 1, "spans with gaps": 1, "spans' attributes": 1}


@cache
def vocabulary(language: str) -> Any:
    return spacy.blank(language).vocab


def doc_of(words: list[str], **more: Any) -> Any:
    from spacy.tokens import Doc

    return Doc(vocabulary("en"), words=words, **more)


def bin_of(*docs: Any, **more: Any) -> bytes:
    from spacy.tokens import DocBin

    return bytes(DocBin(docs=docs, **more).to_bytes())


def test_docs_as_spacy_saves_them() -> None:
    from spacy.tokens import Span as DocSpan

    doc = doc_of(["Mara", "Lind", "won", "in", "New", "York", "."], sent_starts=[1, 0, 0, 0, 0, 0, 0])
    doc.ents = [DocSpan(doc, 0, 2, "PERSON", kb_id="Q1"), DocSpan(doc, 4, 6, "GPE")]
    doc.spans["sc"] = [DocSpan(doc, 0, 2, "PERSON"), DocSpan(doc, 5, 6, "NEWWORD")]
    doc.spans["more"] = [DocSpan(doc, 0, 1, "FIRST")]
    doc.cats = {"sport": 1.0, "economy": 0.1}
    content = bin_of(doc, store_user_data=True)
    (one,) = read_articles("train.spacy", content)
    assert one.text == "Mara Lind won in New York ."
    assert [(span.surface(one.text), span.label, dict(span.attributes)) for span in one.spans] == [
        ("Mara Lind", "PERSON", {"link": "Q1"}),
        ("New York", "GPE", {}),
        ("York", "NEWWORD", {}),
        ("Mara", "FIRST", {}),
    ]
    assert one.labels == ("sport",)
    assert one.tokens is not None
    assert one.tokens.bounds[:2] == ((0, 4), (5, 9))
    (one,) = read_articles("train.spacy", content, "spacy", spans_key="more, none")
    assert [span.label for span in one.spans] == ["FIRST"]


def test_docs_that_touch_repeat_and_have_unknown_spaces() -> None:
    from spacy.tokens import Span as DocSpan

    first, second = doc_of(["A", "B"], spaces=[False, False]), doc_of(["A", "B"])
    first.ents = [DocSpan(first, 0, 1, "X"), DocSpan(first, 1, 2, "X")]
    second.has_unknown_spaces = True
    found = read_articles("x.zip", make_zip(part__spacy=bin_of(first, second)))
    assert [(one.text, len(one.spans), one.line) for one in found] == [("AB", 2, 1), ("A B", 0, 2)]


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(st.text(st.sampled_from("Ab 1,.\n😀é林"), min_size=1, max_size=20).filter(str.strip))
    spans = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        attributes = draw(st.sampled_from([{}, {"link": "Q1"}]))
        spans.append(Span(uuid4(), start, end, draw(st.sampled_from(["ORG", "GPE"])), (), attributes))
    points = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2)) if len(text) > 1 else ())
    tokens = draw(st.sampled_from([None, Tokens(tuple(pairwise(points)))]))
    metadata = {"language": "en", "desk": ["city", 1, None], "published_on": date(2026, 1, 2)}
    return ExportArticle(7, "a-1", text, metadata, tuple(spans), (), ("sport",), tokens=tokens)


@given(st.lists(_articles(), min_size=1, max_size=3))
def test_what_goes_out_comes_in_again(articles: list[ExportArticle]) -> None:
    """Texts are exact; spans come back that are on tokens, each once, and the others are in the report."""
    content, report = write("spacy", *articles, spans_key="mine")
    after = read_articles("x.zip", content)
    assert [one.text for one in after] == [one.text for one in articles]
    places = [{(span.start, span.end, span.label) for span in one.spans} for one in articles]
    back = [{(span.start, span.end, span.label) for span in one.spans} for one in after]
    assert all(some <= whole for some, whole in zip(back, places, strict=True))
    assert all(one.labels == ("sport",) and one.metadata["desk"] == ["city", 1, None] for one in after)
    assert {(one.external_id, one.published_on) for one in after} == {("a-1", date(2026, 1, 2))}
    lost = report.dropped.get("spans that do not end at a token", 0)
    assert report.spans_written + lost == sum(len(one.spans) for one in articles)


def test_tokens_of_the_article_are_kept() -> None:
    text = "Mara-Lind won.\nShe left"
    tokens = Tokens(((0, 9), (10, 13), (13, 14), (14, 15), (15, 18), (19, 23)), (0, 4))
    article = ExportArticle(1, "", text, {}, (Span(uuid4(), 0, 9, "PER"),), tokens=tokens)
    (one,) = read_articles("x.zip", write("spacy", article)[0])
    assert one.tokens == tokens
    odd = replace(article, spans=(Span(uuid4(), 0, 4, "PER"),))
    (one,) = read_articles("x.zip", write("spacy", odd)[0])
    assert (one.text, len(one.spans)) == (text, 1)


def test_which_of_overlapping_spans_is_an_entity() -> None:
    text = "University of Leeds"
    article = make_article(text, (0, 19, "ORG"), (14, 19, "GPE"))
    for overlap, label in (("outermost", "ORG"), ("innermost", "GPE")):
        content, _ = write("spacy", article, overlap=overlap, spans_key="mine")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            (doc,) = docs_in(archive.read("part-0001.spacy"))
        assert [entity.label_ for entity in doc.ents] == [label]
        assert len(doc.spans["mine"]) == 2


def docs_in(content: bytes) -> list[Any]:
    from spacy.tokens import DocBin

    return list(DocBin().from_bytes(content).get_docs(vocabulary("xx")))


def packed(**changes: Any) -> bytes:
    """A DocBin of one document, with parts replaced; None takes a part away."""
    from spacy.tokens import Span as DocSpan
    from srsly import msgpack_dumps, msgpack_loads  # type: ignore[import-untyped]

    doc = doc_of(["Mara", "won"])
    doc.spans["sc"] = [DocSpan(doc, 0, 1, "PERSON")]
    parts = {**msgpack_loads(zlib.decompress(bin_of(doc))), **changes}
    kept = {name: value for name, value in parts.items() if value is not None}
    return zlib.compress(bytes(msgpack_dumps(kept)))


def group_of(first: int, end: int, label: int = 0) -> bytes:
    from srsly import msgpack_dumps

    span = struct.pack(">QQQllll", 0, 0, label, first, end, 0, 0)
    return bytes(msgpack_dumps({msgpack_dumps({"name": "sc", "attrs": {}, "spans": [span]}): ["sc"]}))


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"x", None, "DocBin"),
        (b"x\x9c" + b"\0" * 30, None, "DocBin"),
        (zlib.compress(b""), None, "incomplete"),
        (zlib.compress(b"\x80"), None, "does not say what it holds"),
        (zlib.compress(b"\x90"), None, "does not say what it holds"),
        (zlib.compress(b"\xdd\xff\xff\xff\xff"), None, "max_array_len"),
        (zlib.compress(b"\xdd\x00\x4c\x4b\x40" * 500), None, "max_array_len"),
        (zlib.compress(b"\x81" * 5000), None, "DocBin"),
        (zlib.compress(b"\x81\x91\x01\x02"), None, "unhashable"),
        (packed()[:-5], None, "too early"),
        (zlib.compress(b"\0" * (130 * 2**20)), None, "more than 128 MB"),
        (packed(tokens=b"\0" * 80), None, "different lengths"),
        (packed(tokens=b"\0" * 7), None, "no row of numbers"),
        (packed(tokens="text"), None, "no row of numbers"),
        (packed(spaces=None), None, "no row of numbers"),
        (packed(lengths=struct.pack("<ii", -1, 3)), None, "different lengths"),
        (packed(lengths=struct.pack("<i", 2**31 - 1)), None, "different lengths"),
        (packed(strings=[1]), None, "list of words"),
        (packed(strings=[]), 1, "DocBin"),
        (packed(attrs=[]), None, "does not say what it holds"),
        (packed(span_groups=[group_of(0, 99)]), 1, "names the tokens 0-99"),
        (packed(span_groups=[group_of(-1, 1)]), 1, "names the tokens -1-1"),
        (packed(span_groups=[group_of(1, 1)]), 1, "names the tokens 1-1"),
        (packed(span_groups=[group_of(0, 1, label=12345)]), 1, "12345"),
        (packed(span_groups=[group_of(0, 1)]), 1, "no label"),
        (packed(span_groups=[b"\xc1"]), 1, "DocBin"),
        (packed(span_groups=[b"\x01"]), 1, "DocBin"),
        (packed(cats=[{"sport": "much"}]), 1, "DocBin"),
        (packed(cats=[5]), 1, "DocBin"),
        (packed(user_data=[b"\xc1"]), 1, "DocBin"),
        (bin_of(doc_of(["a"]), doc_of([" "])), 2, "empty"),
        (bin_of(doc_of(["a"]), doc_of(["a\0"])), 2, "NUL"),
        (bin_of(doc_of(["x" * 10_000] * 101)), 1, "at most 1,000,000"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_hostile_file_is_refused(content: bytes, line: int | None, reason: str) -> None:
    found = problems(read("x.spacy", content))
    assert found, "nothing was refused"
    assert (found[0][1], reason in found[0][2], len(found[0][2]) < 300) == (line, True, True), found


def test_data_of_the_user_is_never_unpickled() -> None:
    """Only plain values are taken from there; what runs on loading does not."""

    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (pytest.fail, ("It was unpickled.",))

    from srsly import msgpack_dumps

    notes = {"id": 5, "metadata": {"desk": "city"}, "other": pickle.dumps(Trap())}
    numpy_array = {b"nd": True, b"type": "<U1", b"data": b"\0" * 400, b"shape": [1]}
    expected: tuple[tuple[Any, object], ...] = (
        (notes, {"desk": "city"}),
        ({"metadata": numpy_array}, {}),
        ({(1, 2): 3}, {}),
    )
    for user_data, metadata in expected:
        (one,) = read_articles("x.spacy", packed(user_data=[bytes(msgpack_dumps(user_data))]))
        assert one.metadata == metadata


WHOLE = packed()


@given(st.data())
def test_a_damaged_file_gives_articles_or_problems(data: st.DataObject) -> None:
    content = bytearray(zlib.decompress(WHOLE))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read("x.spacy", zlib.compress(bytes(content)))
