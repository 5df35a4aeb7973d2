from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.engines.base import ArticleText, SettingsError
from articles.engines.gazetteer import GazetteerEngine, lower_by_letter, parse_entries

LABELS = frozenset({"ORG", "GPE"})


def found(entries: str, text: str, **settings: object) -> list[tuple[str, str]]:
    engine = GazetteerEngine({"entries": entries, **settings}, LABELS)
    (suggestions,) = engine.annotate([ArticleText(1, text)])
    return [(one.label, text[one.start : one.end]) for one in suggestions]


def test_whole_words_only() -> None:
    assert found("Oslo\tGPE", "Oslo, Oslofjord, inOslo; Oslo.") == [("GPE", "Oslo")] * 2


def test_the_longest_name_wins() -> None:
    assert found("Bank\tORG\nBank of Oslo\tORG", "The Bank of Oslo") == [("ORG", "Bank of Oslo")]


def test_a_script_without_spaces_needs_no_word_border() -> None:
    assert found("杭州\tGPE", "在杭州开门") == [("GPE", "杭州")]


def test_ignoring_case_keeps_every_character_in_its_place() -> None:
    assert found("straße\tGPE", "İİ 👩‍ STRAßE", ignore_case=True) == [("GPE", "STRAßE")]


def test_without_names_nothing_is_found() -> None:
    assert found("# only a note\n\n", "Oslo") == []


@pytest.mark.parametrize("line", ["Oslo", "\tGPE", "Oslo\tCITY", "Oslo\t"])
def test_a_line_that_cannot_be_used_is_named(line: str) -> None:
    with pytest.raises(SettingsError, match="Line 2"):
        GazetteerEngine({"entries": "Bergen\tGPE\n" + line}, LABELS)


@pytest.mark.parametrize("line", ["Oslo\tGPE", "Oslo;GPE", "Oslo,GPE", '"Oslo","GPE"', " Oslo \t GPE "])
def test_three_delimiters(line: str) -> None:
    assert parse_entries(line, LABELS) == ([("Oslo", "GPE")], [])


@given(st.text())
def test_lower_case_never_moves_a_character(text: str) -> None:
    assert len(lower_by_letter(text)) == len(text)
