"""Parquet of articles and the layout of Hugging Face datasets: written, read back, and never trusted."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import uuid4

import orjson
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.schemas.definition import Definition, Label
from articles.domain.spans import Relation, Span
from articles.formats import writer_for
from articles.formats.base import ExportArticle, FolderWriter, Reading, Remark, Talk, Tokens
from articles.formats.parquet import guards, process, reader, writer
from articles.formats.parquet.apart import Columns, rows_told
from articles.formats.parquet.table import Row
from tests.articles.formats.builders import (
    files_of,
    make_article,
    make_writer,
    make_zip,
    mark,
    problems,
    read,
    read_articles,
    write,
)

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

LETTERS = st.sampled_from("Ab 1,\r\n😀é林")
VALUES = st.none() | st.booleans() | st.integers(-5, 5) | st.text(LETTERS, max_size=3)


@st.composite
def _spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    spans = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        fragments = ((start, start + 1), (end - 1, end)) if end - start > 2 and draw(st.booleans()) else ()
        attributes = draw(st.dictionaries(st.sampled_from(["a", "b"]), VALUES))
        confidence = draw(st.none() | st.floats(0, 1))
        spans.append(Span(uuid4(), start, end, "ORG", fragments, attributes, confidence))
    return tuple(spans)


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(st.text(LETTERS, min_size=1, max_size=20).filter(str.strip))
    spans, others = draw(_spans(text)), draw(_spans(text))
    links = (Relation(uuid4(), "R", spans[0].id, spans[1].id, {"x": 1}),) if len(spans) > 1 else ()
    readings = (Reading("user:ada", others, (), ("x",)),) if others else ()
    metadata = draw(st.dictionaries(st.sampled_from(["desk", "agency", "tags"]), VALUES | st.lists(VALUES)))
    named = draw(st.sampled_from([{}, {"title": "T", "published_on": date(2026, 1, 2)}]))
    return ExportArticle(7, "a-1", text, {**metadata, **named}, spans, links, ("sport",), readings)


@contextmanager
def taken_apart_here() -> Iterator[None]:
    """Files are read without a process for each, which takes a third of a second to start."""

    def rows(content: BinaryIO) -> Iterator[Columns | Row]:
        answers = process.answers(content)
        return rows_told(orjson.loads(orjson.dumps(answer, default=str)) for answer in answers)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reader, "rows_apart", rows)
        yield


@settings(max_examples=20)
@given(st.lists(_articles(), max_size=5), st.integers(1, 3))
def test_what_goes_out_comes_in_again(articles: list[ExportArticle], group: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(writer, "ROWS_A_GROUP", group)
        content, report = write("parquet", *articles)
    with taken_apart_here():
        after = read_articles("x.parquet", content)
    assert len(after) == len(articles)
    for before, one in zip(articles, after, strict=True):
        assert (one.text, one.spans, one.relations) == (before.text, before.spans, before.relations)
        assert (one.labels, one.readings) == (before.labels, before.readings)
        named = {"title": one.title, "published_on": one.published_on}
        metadata = {**one.metadata, **{name: value for name, value in named.items() if value}}
        assert metadata == before.metadata
    assert not report.dropped
    assert make_writer("parquet").survey(articles) == report


def table_of(content: bytes) -> Any:
    return pq.read_table(io.BytesIO(content))


def test_columns_have_types_that_others_can_use() -> None:
    article = make_article("Mara in Leeds", (0, 4, "PERSON"), (8, 13, "GPE"))
    table = table_of(write("parquet", article)[0])
    assert str(table.schema.field("spans").type).startswith("list<element: struct<id: string, start: int32")
    assert table.column("spans").to_pylist()[0][1]["text"] == "Leeds"
    assert (table.column("id").to_pylist(), table.column("language").to_pylist()) == ([1], ["en"])


def test_comments_have_no_place() -> None:
    talk = Talk((Remark("ada", "Sure?"),))
    assert write("parquet", ExportArticle(1, "", "a", {}, (), talks=(talk,)))[1].dropped == {"comments": 1}


def file_of(rows: list[dict[str, Any]], **notes: str) -> bytes:
    stream = io.BytesIO()
    table = pa.Table.from_pylist(rows)
    pq.write_table(table.replace_schema_metadata(notes or None), stream)
    return stream.getvalue()


def test_texts_with_columns_of_many_kinds() -> None:
    row = {
        "id": 5,
        "text": "Mara in Leeds",
        "title": "T",
        "published_on": datetime(2026, 1, 2),
        "score": 0.5,
        "bad": float("nan"),
        "raw": b"x",
        "tags": ["a"],
        "nested": {"a": 1, "b": None},
        "spans": [{"start": 0, "end": 4, "label": "PERSON", "attributes": {"kind": "name", "x": None}}],
    }
    (one,) = read_articles("x.parquet", file_of([row]))
    assert (one.external_id, one.title, str(one.published_on)) == ("5", "T", "2026-01-02")
    assert one.metadata == {"score": 0.5, "tags": ["a"], "nested": {"a": 1}}
    assert (one.spans[0].label, one.spans[0].attributes) == ("PERSON", {"kind": "name"})


def test_spans_that_are_json_in_a_column_of_text() -> None:
    spans = orjson.dumps([{"start": 0, "end": 4, "label": "PERSON"}]).decode()
    (one,) = read_articles("x.parquet", file_of([{"text": "Mara", "spans": spans, "labels": '["sport"]'}]))
    assert (one.spans[0].label, one.labels) == ("PERSON", ("sport",))


NAMES = ["O", "B-PER", "I-PER", "B-LOC"]
FEATURES = {"info": {"features": {"ner_tags": {"feature": {"names": NAMES, "_type": "ClassLabel"}}}}}


def test_tokens_and_numbered_tags_as_datasets_have_them() -> None:
    row = {
        "id": "0",
        "tokens": ["Mara", "Lind", "won", "in", "Leeds", "."],
        "ner_tags": [1, 2, 0, 0, 3, 0],
        "pos_tags": [1, 1, 2, 3, 1, 4],
        "lang": "en",
    }
    content = file_of([row], huggingface=orjson.dumps(FEATURES).decode())
    (one,) = read_articles("x.parquet", content, "parquet", spacing="tight")
    assert one.text == "Mara Lind won in Leeds."
    assert [(span.surface(one.text), span.label) for span in one.spans] == [
        ("Mara Lind", "PER"),
        ("Leeds", "LOC"),
    ]
    assert one.tokens is not None
    assert one.tokens.bounds[-1] == (22, 23)
    assert one.tokens.columns == {"pos_tags": ["1", "1", "2", "3", "1", "4"]}
    assert (one.external_id, one.metadata) == ("0", {"lang": "en"})


def test_tags_as_words() -> None:
    (one,) = read_articles("x.parquet", file_of([{"tokens": ["In", "Leeds"], "tags": ["O", "S-LOC"]}]))
    assert [(span.start, span.end, span.label) for span in one.spans] == [(3, 8, "LOC")]


def hugging_face(*labels: str, **options: str) -> FolderWriter:
    made = writer_for("huggingface", Definition(labels=tuple(map(Label, labels))), options)
    assert isinstance(made, FolderWriter)
    return made


def front_matter(card: bytes) -> dict[str, Any]:
    front: dict[str, Any] = yaml.safe_load(card.decode().split("---\n")[1])
    return front


def features_in(content: bytes) -> dict[str, Any]:
    """Where `datasets` looks for them."""
    features: dict[str, Any] = orjson.loads(pq.read_schema(io.BytesIO(content)).metadata[b"huggingface"])
    return dict(features["info"]["features"])


def test_a_folder_for_datasets_with_spans() -> None:
    article = make_article("Mara in Leeds", (0, 4, "PERSON"), (0, 13, "X"))
    files = files_of(hugging_face("PERSON"), article)
    front = front_matter(files["README.md"])
    assert front["configs"] == [{"config_name": "default", "data_files": "data-*.parquet"}]
    features = {one["name"]: one for one in front["dataset_info"]["features"]}
    assert features["text"] == {"name": "text", "dtype": "string"}
    assert features["published_on"]["dtype"] == "date32"
    assert {"name": "fragments", "sequence": {"sequence": "int32"}} in features["spans"]["list"]
    (data,) = (content for name, content in files.items() if name != "README.md")
    table = table_of(data)
    assert list(features) == table.schema.names
    in_parquet = features_in(data)
    assert in_parquet["spans"][0]["start"] == {"dtype": "int32", "_type": "Value"}
    assert len(read_articles("x.parquet", data)[0].spans) == 2


def test_a_folder_for_datasets_is_imported_as_it_is() -> None:
    article = make_article("Mara in Leeds", (0, 4, "PERSON"))
    (one,) = read_articles("x-huggingface.zip", write("huggingface", article)[0])
    assert (one.text, one.spans) == (article.text, article.spans)


def test_a_folder_for_datasets_with_tokens() -> None:
    text = "Mara Lind's Leeds"
    article = make_article(
        text, mark(text, "Mara Lind", "PER"), mark(text, "Leeds", "LOC"), (0, 17, "PER"), (0, 4, "X")
    )
    made = hugging_face("PER", "LOC", shape="tokens", overlap="innermost")
    files = files_of(made, article)
    table = table_of(files["data-00000-of-00001.parquet"])
    assert table.column("tokens").to_pylist() == [["Mara", "Lind", "'s", "Leeds"]]
    assert table.column("ner_tags").to_pylist() == [[1, 2, 0, 3]]
    features = {one["name"]: one for one in front_matter(files["README.md"])["dataset_info"]["features"]}
    names = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    numbered = {str(number): name for number, name in enumerate(names)}
    assert features["ner_tags"]["sequence"] == {"class_label": {"names": numbered}}
    in_parquet = features_in(files["data-00000-of-00001.parquet"])
    assert in_parquet["ner_tags"]["feature"] == {"names": names, "_type": "ClassLabel"}
    assert list(in_parquet) == table.schema.names
    assert made.report.dropped == {"nested spans": 1, "spans of labels that the schema does not have": 1}
    assert made.survey([article]) == made.report
    assert b"1 articles, 2 spans written" in files["README.md"]


@settings(max_examples=20)
@given(st.lists(_articles(), min_size=1, max_size=5))
def test_tokens_go_out_and_come_in_again(articles: list[ExportArticle]) -> None:
    """Texts are exact; what is flat and holds a word comes back, and all else is in the report."""
    made = hugging_face("ORG", shape="tokens")
    with taken_apart_here():
        after = read_articles("x.parquet", files_of(made, *articles)["data-00000-of-00001.parquet"])
    assert [one.text for one in after] == [one.text for one in articles]
    assert made.report.spans_written == sum(len(one.spans) for one in after)
    reasons = ("spans with gaps", "nested spans", "equal spans", "crossing spans", "spans of white space")
    lost = sum(made.report.dropped.get(reason, 0) for reason in reasons)
    assert made.report.spans_written + lost == sum(len(one.spans) for one in articles)


def test_tokens_of_the_article_are_kept() -> None:
    tokens = Tokens(((0, 9), (10, 13)))
    article = ExportArticle(1, "", "Mara-Lind won", {}, (Span(uuid4(), 0, 9, "PER"),), tokens=tokens)
    files = files_of(hugging_face("PER", shape="tokens"), article)
    (one,) = read_articles("x.parquet", files["data-00000-of-00001.parquet"])
    assert one.tokens == tokens


def test_parquet_in_a_zip() -> None:
    content = write("parquet", *(make_article(f"Article {number}", (0, 7, "X")) for number in range(5)))[0]
    found = read_articles("x.zip", make_zip(train__parquet=content, test__parquet=content))
    assert len(found) == 10


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"PAR1", None, "not Parquet"),
        (b"PAR1" + b"\0" * 40 + b"PAR1", None, "not Parquet"),
        (b"PAR1\xff\xff\xff\x7fPAR1", None, "not Parquet"),
        (file_of([{"text": "a"}])[:-20], None, "not Parquet"),
        (file_of([{"words": "a"}]), None, '"text"'),
        (file_of([{"text": "a"}, {"text": None}]), 2, '"text"'),
        (file_of([{"text": 5}]), 1, '"text"'),
        (file_of([{"text": "a\0"}]), None, "NUL"),
        (file_of([{"text": "a", "spans": [{"start": 0, "end": 9, "label": "X"}]}]), 1, "outside"),
        (file_of([{"text": "a", "spans": [{"start": 0.0, "end": 1.0, "label": "X"}]}]), 1, "whole numbers"),
        (file_of([{"text": "a", "spans": [1]}]), 1, "lists of structs"),
        (file_of([{"text": "a", "spans": "[{"}]), 1, "not JSON"),
        (file_of([{"text": "a", "metadata": "[1]"}]), 1, '"metadata"'),
        (file_of([{"text": "a", "metadata": '{"a": "\\u0000"}'}]), 1, "NUL"),
        (file_of([{"tokens": ["a"], "ner_tags": [1]}]), 1, "no name"),
        (file_of([{"tokens": ["a"], "ner_tags": ["X"]}]), 1, "no tag"),
        (file_of([{"tokens": ["a", "b"], "ner_tags": ["O"]}]), 1, "a tag for each token"),
        (file_of([{"tokens": ["a", ""], "ner_tags": ["O", "O"]}]), 1, "list of words"),
        (
            file_of([{"tokens": ["a"], "ner_tags": ["O"], "text": "b", "token_starts": [0]}]),
            1,
            "does not stand in the text",
        ),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, line: int | None, reason: str) -> None:
    with taken_apart_here():
        found = problems(read("x.parquet", content))
    assert found, "nothing was refused"
    assert (found[0][1], reason in found[0][2], len(found[0][2]) < 300) == (line, True, True), found


def test_a_file_that_is_packed_too_tightly_is_not_read() -> None:
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": ["x" * 30_000_000]}), stream, compression="zstd", use_dictionary=False)
    ((_, _, reason),) = problems(read("x.parquet", stream.getvalue()))
    assert "trap" in reason


def test_one_long_text_that_many_rows_name_is_not_multiplied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MAX_BATCH", 500_000)
    content = file_of([{"text": "a", "note": "".join(map(chr, range(1000, 11_000)))}] * 64)
    *_, last = process.answers(io.BytesIO(content))
    assert "MB of text" in last["problem"]


def test_without_pyarrow_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    monkeypatch.delattr(pa, "parquet")
    (answer,) = process.answers(io.BytesIO(b"PAR1"))
    assert "extra 'formats'" in answer["problem"]
    assert "extra 'formats'" in str(writer_for("parquet"))


def test_a_file_that_breaks_what_reads_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage in the footer can crash the library: here the process ends before it has said anything."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert "breaks the program" in problems(read("x.parquet", file_of([{"text": "a"}])))[0][2]


@settings(max_examples=10)  # a process each
@given(st.data())
def test_a_damaged_file_gives_articles_or_problems(data: st.DataObject) -> None:
    content = bytearray(file_of([{"text": "Mara", "spans": [{"start": 0, "end": 4, "label": "X"}]}] * 3))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    read("x.parquet", bytes(content))
