"""What goes out comes in again, whatever the text."""

from __future__ import annotations

import math
from dataclasses import replace
from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, ParsedArticle, Problem, Reading, Remark, Talk, Tokens
from articles.formats.common.offsets import UNITS
from tests.articles.formats.builders import make_article, make_stored, make_writer, read, write

_letters = st.sampled_from("a \r\n\u2028é\u0301👩‍🔧🇰🇿قال\u200f林\ufeff") | st.characters(
    exclude_categories=["Cs"], exclude_characters="\0"
)
_any_text = st.text(_letters, max_size=10)
_texts = st.text(_letters, min_size=1, max_size=60).filter(lambda text: bool(text.strip()))
_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _any_text,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_any_text, inner, max_size=2),
    max_leaves=5,
).filter(lambda value: value not in (math.inf, -math.inf))


_attributes = st.dictionaries(st.sampled_from(["note", "sure"]), _values, max_size=2)
_confidences = st.none() | st.floats(0, 1)
_times = st.just("") | st.datetimes().map(lambda time: time.isoformat() + "Z")


@st.composite
def _spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        fragments = ((start, start + 1), (end - 1, end)) if end - start > 2 and draw(st.booleans()) else ()
        more = (fragments, draw(_attributes), draw(_confidences))
        spans.append(Span(uuid4(), start, end, "ORG", *more))
    return tuple(spans)


@st.composite
def _relations(draw: st.DrawFn, spans: tuple[Span, ...]) -> tuple[Relation, ...]:
    if len(spans) < 2:
        return ()
    return (Relation(uuid4(), "COREF", spans[0].id, spans[1].id, draw(_attributes)),)


@st.composite
def _readings(draw: st.DrawFn, text: str) -> tuple[Reading, ...]:
    authors = draw(st.lists(st.sampled_from(["gold", "user:ada", "engine:rules"]), unique=True))
    readings = []
    for author in authors:
        spans = draw(_spans(text))
        readings.append(Reading(author, spans, draw(_relations(spans)), ("sport",)))
    return tuple(readings)


@st.composite
def _talks(draw: st.DrawFn, text: str, spans: tuple[Span, ...]) -> tuple[Talk, ...]:
    words = _any_text.filter(lambda text: bool(text.strip()))
    remarks = st.lists(st.builds(Remark, _any_text, words, _times), min_size=1, max_size=2).map(tuple)
    talks = [Talk(draw(remarks), resolved=draw(st.booleans()))]
    talks += [Talk(draw(remarks), span.start, span.end, span.id) for span in spans[:1]]
    return tuple(talks)


@st.composite
def _tokens(draw: st.DrawFn, text: str) -> Tokens | None:
    points = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2)) if len(text) > 1 else ())
    bounds = tuple(zip(points[::2], points[1::2], strict=False))
    columns = {"POS": ["X"] * len(bounds)}
    return draw(st.sampled_from([None, Tokens(bounds, (0,), columns, {"separator": " "})]))


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(_texts)
    spans = draw(_spans(text))
    return ExportArticle(
        7,
        draw(st.sampled_from(["", "ext-1"])),
        text,
        {"desk": draw(_values)},
        spans,
        draw(_relations(spans)),
        ("sport", "weather"),
        draw(_readings(text)),
        draw(_talks(text, spans)),
        draw(_tokens(text)),
    )


@given(_articles(), st.booleans(), st.sampled_from(UNITS))
def test_the_short_way_from_the_database_writes_the_same_bytes(
    article: ExportArticle, plain: bool, unit: str
) -> None:
    stored = make_stored(replace(article, readings=(), talks=(), tokens=None) if plain else article)
    short, long = make_writer("jsonl", offsets=unit), make_writer("jsonl", offsets=unit)
    assert b"".join(short.write_stored([stored])) == b"".join(long.write([stored.article()]))
    assert short.report == long.report


@given(st.lists(_articles(), max_size=3), st.sampled_from(UNITS))
def test_export_then_import_gives_the_same(articles: list[ExportArticle], unit: str) -> None:
    content, report = write("jsonl", *articles, offsets=unit)
    found = read("x.jsonl", content or b"\n")
    assert len(found) == len(articles)
    for before, after in zip(articles, found, strict=True):
        assert isinstance(after, ParsedArticle)
        assert (after.text, after.spans, after.relations) == (before.text, before.spans, before.relations)
        assert (after.labels, after.metadata) == (before.labels, before.metadata)
        assert (after.readings, after.talks, after.tokens) == (before.readings, before.talks, before.tokens)
        assert after.external_id == (before.external_id or "7")
    assert not report.dropped


def test_the_order_of_keys_is_a_promise() -> None:
    """The export in SQL writes the same bytes."""
    span = Span(UUID(int=1), 0, 4, "PERSON", ((0, 1), (3, 4)), {"x": 1}, 0.5)
    link = Relation(UUID(int=2), "KNOWS", span.id, span.id)
    content, _ = write("jsonl", ExportArticle(7, "e", "Mara", {"desk": "city"}, (span,), (link,), ("sport",)))
    assert content.decode() == (
        '{"id":7,"external_id":"e","text":"Mara","metadata":{"desk":"city"},"spans":[{"id":'
        '"00000000-0000-0000-0000-000000000001","start":0,"end":4,"label":"PERSON","text":"M ... a",'
        '"attributes":{"x":1},"fragments":[[0,1],[3,4]],"confidence":0.5}],"relations":[{"id":'
        '"00000000-0000-0000-0000-000000000002","type":"KNOWS","source":'
        '"00000000-0000-0000-0000-000000000001","target":"00000000-0000-0000-0000-000000000001",'
        '"attributes":{}}],"labels":["sport"]}\n'
    )


def test_the_history_is_written_and_counted_when_read() -> None:
    edits = ({"op": "add_span"}, {"op": "remove_span"})
    article = ExportArticle(1, "", "Mara", {}, (), readings=(Reading("user:ada", edits=edits),))
    content, _ = write("jsonl", article)
    assert orjson.loads(content)["layers"][0]["edits"] == list(edits)
    (found,) = read("x.jsonl", content)
    assert isinstance(found, ParsedArticle)
    assert (found.readings, found.dropped) == ((Reading("user:ada"),), {"edits of the history": 2})


def test_offsets_in_another_unit_are_said_on_every_line() -> None:
    article = make_article("😀é Mara", (3, 7, "PERSON"))
    for unit, place in (("utf-16", (4, 8)), ("bytes", (7, 11))):
        (line,) = write("jsonl", article, offsets=unit)[0].splitlines()
        record = orjson.loads(line)
        assert (record["offsets"], record["spans"][0]["text"]) == (unit, "Mara")
        assert (record["spans"][0]["start"], record["spans"][0]["end"]) == place


def test_what_other_tools_mean_by_tokens_and_offsets_is_metadata() -> None:
    (article,) = read("x.jsonl", b'{"text": "a", "tokens": "a", "offsets": [[0, 1]]}')
    assert isinstance(article, ParsedArticle)
    assert article.metadata == {"tokens": "a", "offsets": [[0, 1]]}


def test_a_thread_may_name_a_span_by_a_word_and_outlives_it() -> None:
    record = {
        "text": "Mara",
        "spans": [{"id": "T1", "start": 0, "end": 4, "label": "PERSON"}],
        "threads": [
            {"start": 0, "end": 4, "span": name, "comments": [{"author": "ada", "text": "Sure?"}]}
            for name in ("T1", "T2", str(UUID(int=5)))
        ],
    }
    (article,) = read("x.jsonl", orjson.dumps(record))
    assert isinstance(article, ParsedArticle)
    assert [talk.span for talk in article.talks] == [article.spans[0].id, None, UUID(int=5)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[" * 5000, "not JSON"),
        (b"[]", "object"),
        (b"{}", '"text"'),
        (b'{"text": 1}', '"text"'),
        (b'{"text": "  "}', "empty"),
        (b'{"text": "a\\u0000"}', "NUL"),
        (b'{"text": "\\ud800"}', "not JSON"),
        (b'{"text": "a", "x": "\\u0000"}', "NUL"),
        (b'{"text": "\xff"}', "UTF-8"),
        (b'{"text": "a", "published_on": "soon"}', "date"),
        (b'{"text": "a", "title": [1]}', '"title"'),
        (b'{"text": "a", "title": "' + b"x" * 501 + b'"}', "500"),
        (b'{"text": "a", "metadata": []}', '"metadata"'),
        (b'{"text": "a", "spans": {}}', '"spans"'),
        (b'{"text": "a", "spans": [1]}', '"spans"'),
        (b'{"text": "a", "spans": [{"start": 0, "end": 2, "label": "X"}]}', "outside"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 0, "label": "X"}]}', "empty"),
        (b'{"text": "a", "spans": [{"start": -1, "end": 1, "label": "X"}]}', "outside"),
        (b'{"text": "a", "spans": [{"start": true, "end": 1, "label": "X"}]}', "start and end"),
        (b'{"text": "a", "spans": [{"start": 0.0, "end": 1, "label": "X"}]}', "start and end"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1}]}', "no label"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": "X", "text": "b"}]}', "says"),
        (b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": "X", "attributes": 1}]}', "attributes"),
        (
            b'{"text": "abc", "spans": [{"start": 0, "end": 3, "label": "X", "fragments": [[0, 1], [1, 3]]}]}',  # noqa: E501
            "gap",
        ),
        (b'{"text": "abc", "spans": [{"start": 0, "end": 3, "label": "X", "fragments": [0]}]}', "pairs"),
        (b'{"text": "a", "relations": [{"type": "R"}]}', "source and target"),
        (b'{"text": "a", "labels": "x"}', '"labels"'),
    ],
)
def test_a_bad_line_is_named_and_spoils_only_itself(line: bytes, reason: str) -> None:
    content = b'{"text": "good"}\n' + line + b'\n\n{"text": "also good"}'
    first, bad, last = read("x.jsonl", content)
    assert isinstance(first, ParsedArticle)
    assert isinstance(last, ParsedArticle)
    assert isinstance(bad, Problem)
    assert (bad.file, bad.line) == ("x.jsonl", 2)
    assert reason in bad.reason


def test_the_fields_of_a_line() -> None:
    record = {
        "id": 5,
        "text": "a",
        "title": "T",
        "published_on": "2024-05-30T10:00:00Z",
        "desk": "world",
        "metadata": {"byline": "B", "x": 1},
    }
    (article,) = read("x.jsonl", orjson.dumps(record))
    assert isinstance(article, ParsedArticle)
    assert (article.external_id, article.title, article.byline) == ("5", "T", "B")
    assert str(article.published_on) == "2024-05-30"
    assert article.metadata == {"desk": "world", "x": 1}


def test_usual_names_of_fields_are_understood_where_they_fit() -> None:
    record = {
        "text": "Mara won.",
        "headline": "A win",
        "author": "Ida Lund",
        "lang": "en",
        "date": "spring",
        "published_at": "2024-05-30T10:00:00+02:00",
        "entities": [{"start": 0, "end": 4, "label": "PER"}],
    }
    (article,) = read("x.jsonl", orjson.dumps(record))
    assert isinstance(article, ParsedArticle)
    assert (article.title, article.byline, article.language) == ("A win", "Ida Lund", "en")
    assert str(article.published_on) == "2024-05-30"
    assert [(span.start, span.end, span.label) for span in article.spans] == [(0, 4, "PER")]
    assert article.metadata == {"date": "spring"}


def test_entities_are_found_where_the_first_article_has_none() -> None:
    entity = {"start": 0, "end": 4, "label": "PER"}
    lines = [{"text": "Nobody.", "entities": []}, {"text": "Mara won.", "entities": [entity]}]
    articles = read("x.jsonl", b"\n".join(orjson.dumps(line) for line in lines))
    assert [len(one.spans) for one in articles if isinstance(one, ParsedArticle)] == [0, 1]


def test_a_field_of_its_own_name_wins_and_the_other_stays_metadata() -> None:
    record = {"text": "a", "title": "T", "headline": "H", "author": ["x"]}
    (article,) = read("x.jsonl", orjson.dumps(record))
    assert isinstance(article, ParsedArticle)
    assert article.title == "T"
    assert article.metadata == {"headline": "H", "author": ["x"]}
