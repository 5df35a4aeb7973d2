from __future__ import annotations

import pytest

from articles.domain.concordance import (
    Line,
    Sorting,
    in_order,
    indexed_words,
    line_at,
    occurrences,
    on_one_line,
    phrase_pattern,
)


def found(text: str, phrase: str, *, whole: bool = True, case: bool = False) -> list[str]:
    pattern = phrase_pattern(phrase, match_case=case)
    return [text[start:end] for start, end in occurrences(text, pattern, whole_words=whole)]


@pytest.mark.parametrize(
    ("text", "phrase", "stands"),
    [
        ("Oslo, oslo and Oslofjord", "oslo", ["Oslo", "oslo"]),
        (
            "Northline\n  Press and Northline Press",
            "northline press",
            ["Northline\n  Press", "Northline Press"],
        ),
        ("Oslo/Bergen and www.bergen.no", "Bergen", ["Bergen", "bergen"]),
        ("The U.S. Senate", "U.S.", ["U.S."]),
        ("他去了北京大学。", "北京", ["北京"]),
        ("a+b is not aab", "a+b", ["a+b"]),
    ],
)
def test_a_phrase_is_found_as_whole_words(text: str, phrase: str, stands: list[str]) -> None:
    assert found(text, phrase) == stands


def test_inside_words_and_with_capitals() -> None:
    assert found("Oslo, Oslofjord, oslo", "Oslo", whole=False) == ["Oslo", "Oslo", "oslo"]
    assert found("Oslo, Oslofjord, oslo", "Oslo", case=True) == ["Oslo"]


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Mara Ellingsen", ["Mara", "Ellingsen"]),
        ("Coca-Cola", ["Coca", "Cola"]),
        ("the U.S. fleet", ["the", "fleet"]),
        ("14 F-16", []),
        ("O’Brien", []),
    ],
)
def test_only_what_the_index_is_sure_to_hold_narrows_the_search(phrase: str, words: list[str]) -> None:
    assert indexed_words(phrase) == words


def test_a_line_is_cut_from_the_text_and_shown_without_line_breaks() -> None:
    line = line_at(7, "One two\nthree four.", 4, 13)
    assert (line.before, line.words, line.after) == ("One ", "two\nthree", " four.")
    assert on_one_line(line.words) == "two three"
    assert on_one_line("x" * 400) == "x" * 300 + "…"


def test_lines_are_ordered_by_what_stands_next_to_the_hit() -> None:
    lines = [
        Line(1, 0, 1, "by the Zoo of ", "x", " then"),
        Line(2, 0, 1, "in apple of ", "x", " Then again"),
        Line(3, 0, 1, "an ", "x", " as"),
    ]
    assert [line.article for line in in_order(lines, Sorting.BEFORE)] == [3, 2, 1]
    assert [line.article for line in in_order(lines, Sorting.AFTER)] == [3, 1, 2]
    assert in_order(lines[::-1], Sorting.PLACE) == lines
