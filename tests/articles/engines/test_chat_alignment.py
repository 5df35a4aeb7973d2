from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Span
from articles.engines.chat.alignment import Mention, locate, mentions_of, occurrences
from articles.engines.chat.windows import windows
from articles.engines.gazetteer import is_whole

TEXT = "“Northline” said Iran's envoy. The Iranian envoy left Iran; NORTHLINE\n  Press, Iran said."


def surfaces(mentions: list[Mention], text: str = TEXT) -> list[tuple[str, str]]:
    return [(text[start:end], label) for start, end, label in locate(text, mentions)[0]]


def test_a_mention_is_found_where_it_stands() -> None:
    places, lost = locate(TEXT, [Mention("Iran", "GPE"), Mention("Iran", "GPE", 3)])
    assert [start for start, *_ in places] == [TEXT.index("Iran's"), TEXT.index("Iran said")]
    assert lost == 0


def test_words_inside_other_words_do_not_count_where_whole_ones_stand() -> None:
    assert len(occurrences(TEXT, "Iran")) == 3


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        ("northline", "Northline"),
        ("NORTHLINE Press", "NORTHLINE\n  Press"),
        ('"Northline"', "“Northline”"),
        ("Iran’s", "Iran's"),
        (" Iran. ", "Iran"),
        ("«Northline press»,", "NORTHLINE\n  Press"),
    ],
)
def test_capitals_spaces_and_quotes_may_differ(quoted: str, found: str) -> None:
    assert surfaces([Mention(quoted, "ORG")]) == [(found, "ORG")]


@pytest.mark.parametrize("invented", ["Bergen", "Iran Press", "", "   ", "rani", "x" * 301, "Ir", "(", "a|e"])
def test_what_is_not_there_gets_no_place(invented: str) -> None:
    assert locate(TEXT, [Mention(invented, "ORG")]) == ([], 1)


def test_an_ending_may_be_left_out() -> None:
    assert surfaces([Mention("Алматы", "GPE")], "Жиналыс Алматыда өтті.") == [("Алматы", "GPE")]
    assert surfaces([Mention("東京", "GPE")], "会議は東京で開かれた。") == [("東京", "GPE")]


def test_a_mention_said_again_is_the_next_one_until_there_is_none() -> None:
    places, lost = locate(TEXT, [Mention("Iran", "GPE")] * 5)
    assert len(set(places)) == 3
    assert lost == 2


@pytest.mark.parametrize("number", [0, -1, 99, 10**30])
def test_an_occurrence_that_there_is_not_is_the_next_one_that_is_free(number: int) -> None:
    assert surfaces([Mention("envoy", "PERSON", number)]) == [("envoy", "PERSON")]


words = st.text(alphabet="aAbİıß“\"' \n.🚢é", max_size=8)


@given(text=st.lists(words, max_size=12).map("".join), quoted=st.lists(words, max_size=6))
def test_every_place_is_in_the_text_and_says_what_was_quoted(text: str, quoted: list[str]) -> None:
    places, lost = locate(text, [Mention(one, "X") for one in quoted])
    assert len(places) + lost == len(quoted)
    assert len(set(places)) == len(places)
    said = {_bare(one) for one in quoted}
    for start, end, _ in places:
        assert 0 <= start < end <= len(text)
        assert _bare(text[start:end]) in said


def _bare(words: str) -> str:
    """Without what may differ: case, spaces, and quotes and stops."""
    return "".join(one for one in words.casefold() if one.isalnum() or ord(one) > 0x1F000).replace("ı", "i")


@given(text=st.lists(words, min_size=1, max_size=12).map("".join), data=st.data())
def test_what_is_quoted_from_gold_is_found_again(text: str, data: st.DataObject) -> None:
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    chosen = data.draw(st.lists(bounds, max_size=5, unique_by=tuple))
    spans = [Span(uuid4(), start, end, "X") for start, end in chosen if start < end]
    quoted = mentions_of(text, spans)
    places, lost = locate(text, quoted)
    assert lost == 0
    assert {(start, end) for start, end, _ in places} <= {(one.start, one.end) for one in spans}
    assert len(places) == len(quoted)
    whole = {(one.start, one.end) for one in spans if is_whole(text, one.start, one.end)}
    exact = {place for place in whole if text[slice(*place)].strip()}
    assert exact <= {(start, end) for start, end, _ in places}


@given(text=st.text(alphabet="ab.! \n。", max_size=200), size=st.integers(1, 30))
def test_windows_are_the_text(text: str, size: int) -> None:
    pieces = list(windows(text, size))
    assert "".join(piece for _, piece in pieces) == text
    assert all(len(piece) <= size and text.startswith(piece, start) for start, piece in pieces)


def test_windows_end_where_paragraphs_do() -> None:
    text = "One sentence. Another.\n\nThe second paragraph goes on. And on, and on."
    assert next(piece for _, piece in windows(text, 40)) == "One sentence. Another.\n\n"
