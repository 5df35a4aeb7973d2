from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.texts.tokens import sentences, tokens


def words(text: str, *cuts: int) -> list[str]:
    return [text[start:end] for start, end in tokens(text, 0, len(text), cuts)]


def sentence_texts(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She paid $1,200.50, twice.", ["She", "paid", "$", "1,200.50", ",", "twice", "."]),
        ("well-known U.S.", ["well", "-", "known", "U.S", "."]),
        ("Трамвай №5 не пришёл", ["Трамвай", "№", "5", "не", "пришёл"]),
        ("قال المدير: نعم", ["قال", "المدير", ":", "نعم"]),
        ("林若水在昆明", ["林", "若", "水", "在", "昆", "明"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("a 👩‍🔧!", ["a", "👩‍🔧", "!"]),
        ("cafe\u0301 🇰🇿🇳🇴", ["cafe\u0301", "🇰🇿", "🇳🇴"]),
        ("a\u00a0b\u3000c\r\nd", ["a", "b", "c", "d"]),
        (" \n\t", []),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_token_never_crosses_a_cut() -> None:
    assert words("Leedsers won", 5, 12) == ["Leeds", "ers", "won"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He came. She left! Why? “So it is.” Then",
            ["He came.", "She left!", "Why?", "“So it is.”", "Then"],
        ),
        ("It is 3.5 km. to e.g. there", ["It is 3.5 km. to e.g. there"]),
        ("One\n\nTwo\r\nThree", ["One", "Two", "Three"]),
        ("他来了。她走了！为什么？", ["他来了。", "她走了！", "为什么？"]),
        ("他说：“来了。”她走了。", ["他说：“来了。”", "她走了。"]),
        ("جاء. ذهب؟ نعم", ["جاء.", "ذهب؟", "نعم"]),
        ("Он пришёл. Она ушла.", ["Он пришёл.", "Она ушла."]),
        ("no end", ["no end"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentence_texts(text) == expected


@given(
    st.text(
        st.sampled_from("ab .\n\r\u00a0林。é\u0301👩‍🔧🇰A1!?”“") | st.characters(exclude_categories=["Cs"]),
        max_size=60,
    ),
    st.lists(st.integers(0, 60), max_size=4),
)
def test_nothing_but_space_is_left_out(text: str, cuts: list[int]) -> None:
    within = [bounds for sentence in sentences(text) for bounds in tokens(text, *sentence, cuts)]
    assert within == sorted(within)
    assert all(start < end for start, end in within)
    assert all(not start < cut < end for start, end in within for cut in cuts)
    covered = {place for start, end in within for place in range(start, end)}
    assert all(text[place].isspace() for place in range(len(text)) if place not in covered)
    assert all(not text[place].isspace() or text[place] in "\x1c\x1d\x1e\x1f" for place in covered)
