from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.newswire import read_header

STORY = (
    " date 2024-05-30 SHYMKENT, Kazakhstan, May 30. President of Kazakhstan, Aibek Sarsen, opened the 12th "
    "session of the Assembly of Farmers of Kazakhstan, a body with over 100 members, Steppe Herald reports."
    "\n\nIt was founded in 1995."
)


def test_a_dated_header_and_the_agency_at_the_end_of_the_sentence() -> None:
    found = read_header(STORY)
    assert found.published_on == date(2024, 5, 30)
    assert (found.dateline, found.place, found.country) == (
        "SHYMKENT, Kazakhstan, May 30",
        "SHYMKENT",
        "Kazakhstan",
    )
    assert found.agency == "Steppe Herald"
    assert STORY[found.body_start :].startswith("President of Kazakhstan")
    assert found.place_at is not None
    assert STORY[slice(*found.place_at)] == "SHYMKENT"


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("BERGEN, Norway, Feb. 11 (Northline) — The harbour", "BERGEN", "Northline"),
        ("LONDON (Meridian) - Shares rose", "LONDON", "Meridian"),
        ("ALMATY. May 3. SteppeTAG - The city", "ALMATY", "SteppeTAG"),
        ("КАЗАНЬ, 3 мая. /Волга/ — Президент", "КАЗАНЬ", "Волга"),
        ("İZMİR, 12 Nisan — Köprü", "İZMİR", ""),
        ("PARIS. The city", "PARIS", ""),
        ("АСТАНА, 14 маусым. Фестиваль", "АСТАНА", ""),
        ("The minister said on Monday. Then", "", ""),
        ("Oslo — the capital", "", ""),
        ("", "", ""),
    ],
)
def test_datelines(text: str, place: str, agency: str) -> None:
    found = read_header(text)
    assert (found.place, found.agency) == (place, agency)


def test_a_year_is_never_guessed() -> None:
    assert read_header("OSLO, May 3. The city").published_on is None
    assert read_header("OSLO, May 3, 2024 — The city").published_on == date(2024, 5, 3)


def test_a_date_that_does_not_exist_is_no_date() -> None:
    assert read_header(" date 2024-13-45 OSLO. The").published_on is None


@given(st.text(st.sampled_from("Aa .,—-(/)1date20é\n"), max_size=200))
def test_any_text_gives_offsets_inside_it(text: str) -> None:
    found = read_header(text)
    assert 0 <= found.body_start <= len(text)
    for place in (found.place_at, found.country_at, found.agency_at):
        assert place is None or 0 <= place[0] < place[1] <= len(text)


def test_a_hostile_text_is_read_at_its_edges_only() -> None:
    read_header("A" * 1_000_000)
    read_header("A, " * 300_000)
