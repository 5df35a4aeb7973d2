from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.list_changes import list_changes
from articles.domain.texts.passages import MAX_PASSAGES, passages

WORDS = "word " * 200


def test_a_place_is_shown_with_some_words_around() -> None:
    text = WORDS + "Oslo " + WORDS
    ((start, end),) = passages(text, [(1000, 1004)])
    assert "Oslo" in text[start:end]
    assert 200 <= end - start < 300
    assert set(text[start:end].split()) == {"word", "Oslo"}


def test_places_near_each_other_are_in_one_passage_and_others_apart() -> None:
    assert len(passages(WORDS, [(100, 104), (150, 154), (800, 804)])) == 2


def test_a_passage_stays_in_its_paragraph() -> None:
    text = "Before.\n\nIn Oslo today.\n\nAfter."
    ((start, end),) = passages(text, [(12, 16)])
    assert text[start:end] == "In Oslo today."


def test_there_are_not_too_many() -> None:
    assert len(passages("x" * 10_000, [(n * 500, n * 500 + 1) for n in range(20)])) == MAX_PASSAGES


@given(st.text(st.sampled_from("ab \n"), min_size=1, max_size=900), st.data())
def test_every_place_is_inside_a_passage(text: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=5))
    places = [(start, min(start + 3, len(text))) for start in starts]
    found = passages(text, places)
    assert found == sorted(found)
    for start, end in places:
        assert any(first <= start and end <= last for first, last in found)


def test_what_changed_in_a_list() -> None:
    changes = list_changes("a\nb\n\nb", "b\nc\n")
    assert (changes.added, changes.removed) == (["c"], ["a", "b"])
    assert not list_changes("a\nb", "b\n\na")
