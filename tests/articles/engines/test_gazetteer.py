from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.engines.base import ArticleText, SettingsError
from articles.engines.gazetteer import Entry, GazetteerEngine, lower_by_letter, parse_entries

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
    assert parse_entries(line, LABELS) == ([Entry("Oslo", "GPE", 1)], [])


@given(st.text())
def test_lower_case_never_moves_a_character(text: str) -> None:
    assert len(lower_by_letter(text)) == len(text)


@pytest.mark.parametrize(
    ("entry", "text", "expected"),
    [
        ("İzmir", "iİ ß İZMİR ve izmir", ["İZMİR", "izmir"]),
        ("Iğdır", "İ IĞDIR, ığdır", ["IĞDIR", "ığdır"]),
        ("Straße", "ẞ STRASSE, straße", ["straße"]),
        ("ΑΣ", "ας ασ ΑΣΑ", ["ας", "ασ"]),
        ("Казань", "В КАЗАНЬ, в Казанью", ["КАЗАНЬ"]),
        ("Ǆ", "ǆ ǅ Ǆ", ["ǆ", "ǅ", "Ǆ"]),
    ],
)
def test_ignoring_case_in_other_alphabets(entry: str, text: str, expected: list[str]) -> None:
    assert [surface for _, surface in found(f"{entry}\tGPE", text, ignore_case=True)] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Oslo", 1),
        ("(Oslo)", 1),
        ("“Oslo”", 1),
        ("Oslo's", 1),
        ("Oslo-born", 1),
        ("Oslo\nOslo", 2),
        ("👩Oslo👩", 1),
        ("Oslo2", 0),
        ("Oslo_x", 0),
        ("Oslo\u0301", 0),
        ("éOslo", 0),
        ("在Oslo开", 1),
    ],
)
def test_borders(text: str, count: int) -> None:
    assert len(found("Oslo\tGPE", text)) == count


def test_names_that_overlap_give_the_first_and_longest() -> None:
    entries = "New York\tGPE\nYork City Council\tORG\nNew York City\tGPE"
    assert found(entries, "New York City Council") == [("GPE", "New York City")]


def test_one_name_with_two_labels_gives_both() -> None:
    assert found("Jordan\tGPE\nJordan\tORG", "Jordan") == [("GPE", "Jordan"), ("ORG", "Jordan")]


def test_all_bad_lines_are_counted_and_the_first_ones_named() -> None:
    with pytest.raises(SettingsError) as caught:
        GazetteerEngine({"entries": "\n".join(["Oslo\tNOPE"] * 9)}, LABELS)
    assert caught.value.problems["entries"].count("Line ") == 5
    assert "And 4 more." in caught.value.problems["entries"]


@pytest.mark.parametrize("entries", [5, ["Oslo\tGPE"], {"Oslo": "GPE"}])
def test_entries_that_are_no_text(entries: object) -> None:
    with pytest.raises(SettingsError):
        GazetteerEngine({"entries": entries}, LABELS)


@given(
    st.lists(st.text(st.sampled_from("aAßİ 林é\u0301👩‍"), min_size=1, max_size=4), max_size=5),
    st.text(st.sampled_from("aAßİ 林é\u0301👩‍.\n"), max_size=40),
    st.booleans(),
)
def test_any_names_in_any_text_are_found_where_they_stand(
    names: list[str], text: str, ignore_case: bool
) -> None:
    entries = "\n".join(f"{name}\tGPE" for name in names if name.strip())
    known = {lower_by_letter(name.strip()) for name in names}
    for _, surface in found(entries, text, ignore_case=ignore_case):
        assert lower_by_letter(surface) in known


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('"Lund, ""Bo""",ORG', 'Lund, "Bo"'),
        ('"Lund; Bo";"ORG"', "Lund; Bo"),
        ('"Steppe" Ltd\tORG', '"Steppe" Ltd'),
        ("\ufeffLund\tORG", "Lund"),
    ],
)
def test_names_as_spreadsheets_write_them(line: str, name: str) -> None:
    assert parse_entries(line, LABELS) == ([Entry(name, "ORG", 1)], [])


@pytest.mark.parametrize("text", ["Bank of\u00a0Oslo", "Bank of\nOslo", "Bank\u202fof Oslo"])
def test_spaces_of_every_kind(text: str) -> None:
    assert found("Bank of Oslo\tORG", text) == [("ORG", text)]


def test_apostrophes_of_both_kinds() -> None:
    assert found("L'Aube\tORG", "In L’Aube") == [("ORG", "L’Aube")]


def test_what_is_odd_with_lines_is_told_and_keeps_nobody_from_using_them() -> None:
    entries = "Jordan\tGPE\nOslo\tGPE\nJordan\tORG\nOslo\tGPE"
    remarks = GazetteerEngine.check({"entries": entries}, LABELS)
    assert [(one.line, one.fatal) for one in remarks] == [(3, False), (4, False)]
    assert "Line 1 says GPE" in remarks[0].reason
    assert "same as line 2" in remarks[1].reason
    assert GazetteerEngine({"entries": entries}, LABELS)


def test_a_hit_knows_its_line() -> None:
    engine = GazetteerEngine({"entries": "# ours\n\nOslo\tGPE"}, LABELS)
    ((hit,),) = engine.read([ArticleText(1, "In Oslo")]).hits
    assert hit.lines == (3,)


def test_the_good_lines_of_a_bad_list_can_be_tried() -> None:
    engine, remarks = GazetteerEngine.lenient({"entries": "Lund\nOslo\tGPE\nBergen\tX"}, LABELS)
    ((hit,),) = engine.read([ArticleText(1, "Lund, Oslo, Bergen")]).hits
    assert hit.lines == (2,)
    assert [one.line for one in remarks] == [1, 3]
