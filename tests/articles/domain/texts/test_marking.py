from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.texts.marking import Piece, compared, marked, without_cut_words


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


def quoted(text: str, start: int, end: int, **whole: bool) -> str:
    pieces = without_cut_words(compared(text, (start, end, "X"), None), **whole)
    return "".join(piece.text for piece in pieces)


def test_words_that_a_quotation_cuts_give_way_to_an_ellipsis() -> None:
    assert quoted("rbour of Oslo was clo", 9, 13, is_begun=False, is_ended=False) == "… of Oslo was …"
    assert quoted("Harbour of Oslo", 11, 15, is_begun=True, is_ended=True) == "Harbour of Oslo"
    assert quoted("奥斯陆港口", 0, 3, is_begun=False, is_ended=False) == "奥斯陆港口…"
    assert quoted("Oslo", 0, 4, is_begun=False, is_ended=False) == "Oslo"
