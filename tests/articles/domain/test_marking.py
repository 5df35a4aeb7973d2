from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.marking import Piece, marked


def test_pieces_carry_the_innermost_colour_and_the_labels_that_end() -> None:
    spans = [(0, 11, "ORG"), (8, 11, "GPE"), (5, 90, "LAW")]
    assert marked("Bank of Oslo", spans, {"ORG": 1, "GPE": 2}) == [
        Piece("Bank of ", 1),
        Piece("Osl", 2, ("GPE", "ORG")),
        Piece("o"),
    ]


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40), st.just("X"))))
def test_no_character_is_lost(text: str, spans: list[tuple[int, int, str]]) -> None:
    assert "".join(piece.text for piece in marked(text, spans, {})) == text
