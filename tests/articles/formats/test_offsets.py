"""Positions in code points, UTF-16 units and bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.common.offsets import BYTES, CODE_POINTS, UNITS, UTF16, BadOffset, from_unit, to_unit

TEXTS = st.text(st.sampled_from("a é\u0301林😀👩‍🔧"), max_size=20)


@given(TEXTS)
def test_a_position_is_the_length_of_what_stands_before_it(text: str) -> None:
    for point in range(len(text) + 1):
        before = text[:point]
        assert to_unit(text, CODE_POINTS)(point) == point
        assert to_unit(text, UTF16)(point) == len(before.encode("utf-16-le")) // 2
        assert to_unit(text, BYTES)(point) == len(before.encode())


@given(TEXTS, st.sampled_from(UNITS))
def test_there_and_back(text: str, unit: str) -> None:
    there, back = to_unit(text, unit), from_unit(text, unit)
    assert [back(there(point)) for point in range(len(text) + 1)] == list(range(len(text) + 1))


@pytest.mark.parametrize(("unit", "offset"), [(UTF16, 2), (BYTES, 2), (BYTES, 4), (BYTES, 6)])
def test_a_position_within_a_character_is_refused(unit: str, offset: int) -> None:
    with pytest.raises(BadOffset, match=f"The offset {offset} "):
        from_unit("a😀é", unit)(offset)


def test_what_lies_outside_stays_outside() -> None:
    back = from_unit("😀", BYTES)
    assert (back(-1), back(5)) == (-1, 5)
