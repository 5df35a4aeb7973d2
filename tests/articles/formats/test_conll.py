from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats import writer_for
from articles.formats.base import ExportArticle, Problem
from articles.formats.conll import ConllWriter
from tests.articles.formats.builders import make_article, mark


def lines(article: ExportArticle, nested: str = "outermost") -> list[tuple[str, str]]:
    content = b"".join(ConllWriter(None, {"overlap": nested}).write([article])).decode()
    assert content.startswith("-DOCSTART- -X- O O\n\n")
    return [(line.split(" ")[0], line.split(" ")[3]) for line in content.splitlines()[2:] if line]


def test_of_nested_spans_the_outermost_is_written_and_the_rest_counted() -> None:
    text = "University of Leeds won."
    article = make_article(text, mark(text, "University of Leeds", "ORG"), mark(text, "Leeds", "GPE"))
    assert lines(article)[:4] == [("University", "B-ORG"), ("of", "I-ORG"), ("Leeds", "I-ORG"), ("won", "O")]
    assert lines(article, "innermost")[:3] == [("University", "O"), ("of", "O"), ("Leeds", "B-GPE")]
    report = ConllWriter().survey([article])
    assert (report.spans_written, report.dropped) == (1, {"nested spans": 1})


def test_two_spans_that_touch_begin_anew() -> None:
    text = "Leeds York"
    article = make_article(text, mark(text, "Leeds", "GPE"), mark(text, "York", "GPE"))
    assert lines(article) == [("Leeds", "B-GPE"), ("York", "B-GPE")]


def test_a_token_is_split_where_a_span_ends() -> None:
    text = "Leedsers"
    assert lines(make_article(text, (0, 5, "GPE"))) == [("Leeds", "B-GPE"), ("ers", "O")]


def test_chinese_has_a_token_a_character() -> None:
    text = "林若水说话。"
    assert lines(make_article(text, (0, 3, "PERSON")))[:4] == [
        ("林", "B-PERSON"),
        ("若", "I-PERSON"),
        ("水", "I-PERSON"),
        ("说", "O"),
    ]


def test_a_span_across_a_sentence_border_stays_whole() -> None:
    text = "He met Dr. Who. Then left."
    tags = [tag for _, tag in lines(make_article(text, mark(text, "Dr. Who", "PERSON")))]
    assert tags.count("B-PERSON") == 1
    assert tags.count("I-PERSON") == 2


@given(
    st.text(st.sampled_from("ab .\n林é👩‍A"), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 10), st.sampled_from(["A", "B"])), max_size=6),
)
def test_every_kept_span_can_be_read_back(text: str, places: list[tuple[int, int, str]]) -> None:
    spans = {
        (start, min(len(text), start + length), label) for start, length, label in places if start < len(text)
    }
    solid = [one for one in spans if text[one[0] : one[1]].strip()]
    article = make_article(text, *solid)
    report = ConllWriter().survey([article])
    tags = [tag for _, tag in lines(article)]
    assert sum(tag.startswith("B-") for tag in tags) == report.spans_written
    assert report.spans_written + sum(report.dropped.values()) == len(solid)
    for before, tag in zip(["O", *tags], tags, strict=False):
        assert not tag.startswith("I-") or before[2:] == tag[2:]


@pytest.mark.parametrize(
    ("name", "options"), [("xml", {}), ("conll", {"nested": "x"}), ("jsonl", {"nested": "x"})]
)
def test_an_unknown_format_or_option_is_named(name: str, options: dict[str, str]) -> None:
    assert isinstance(writer_for(name, None, options), Problem)
