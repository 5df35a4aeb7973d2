from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.stories.carrying import Alignment
from articles.domain.stories.side_by_side import Part, side_by_side

texts = st.lists(st.sampled_from(["Ann", "went", "to", "Oslo.", "She", "\n", "李明。"])).map(" ".join)


@given(texts, texts, texts)
def test_the_rows_hold_both_texts_whole(head: str, body: str, tail: str) -> None:
    first, second = f"{head} {body}", f"{body} {tail}"
    rows = side_by_side(Alignment(first, second))
    assert "".join(part.text for row in rows for part in row.first) == first
    assert "".join(part.text for row in rows for part in row.second) == second


def test_paragraphs_stand_beside_each_other_and_what_differs_is_told_apart() -> None:
    first = "The ferry sails again.\n\nFourteen ships left the harbour on Monday."
    second = "The ferry sails again.\n\nFourteen ships left the harbour on Tuesday evening."
    same, changed = side_by_side(Alignment(first, second))
    assert same.is_same
    same_words = [Part("Fourteen ships left the harbour on", False), Part(" ", False)]
    assert changed.first == [*same_words, Part("Monday.", True)]
    assert changed.second == [*same_words, Part("Tuesday evening.", True)]
