"""What goes out comes in again, whatever the text."""

from __future__ import annotations

import math
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, ParsedArticle, Problem
from tests.articles.formats.builders import read, write

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


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(_texts)
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        fragments = ((start, start + 1), (end - 1, end)) if end - start > 2 and draw(st.booleans()) else ()
        spans.append(Span(uuid4(), start, end, "ORG", fragments, {"note": draw(_any_text)}))
    relations = []
    if len(spans) > 1:
        relations.append(Relation(uuid4(), "COREF", spans[0].id, spans[1].id))
    return ExportArticle(
        7,
        draw(st.sampled_from(["", "ext-1"])),
        text,
        {"desk": draw(_values)},
        tuple(spans),
        tuple(relations),
        ("sport", "weather"),
    )


@given(st.lists(_articles(), max_size=3))
def test_export_then_import_gives_the_same(articles: list[ExportArticle]) -> None:
    content, _ = write("jsonl", *articles)
    found = read("x.jsonl", content or b"\n")
    assert len(found) == len(articles)
    for before, after in zip(articles, found, strict=True):
        assert isinstance(after, ParsedArticle)
        assert (after.text, after.spans, after.relations) == (before.text, before.spans, before.relations)
        assert (after.labels, after.metadata) == (before.labels, before.metadata)
        assert after.external_id == before.external_id or after.external_id == "7"


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
