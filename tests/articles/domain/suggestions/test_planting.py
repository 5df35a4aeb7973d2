from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Suggestion, meeting
from articles.domain.suggestions.planting import Place, Planting, displaces

TEXT = """BERGEN, Norway, Feb. 11. Mara Ellingsen of Northline Press met reporters in Oslo.
Press cuttings show harbour plans. Harbour workers, said Mara Ellingsen, met nobody. Reporters left Norway.
"""
LABELS = ["GPE", "ORG", "PERSON"]


def offers_in(text: str = TEXT) -> list[Suggestion]:
    names = {
        "BERGEN": "GPE",
        "Norway": "GPE",
        "Mara Ellingsen": "PERSON",
        "Northline Press": "ORG",
        "Oslo": "GPE",
    }
    starts = {name: text.index(name) for name in names}
    return [Suggestion(starts[n], starts[n] + len(n), label, 0.9, ("one",)) for n, label in names.items()]


def planted(article: int, percent: int = 100, taken: set[Place] | None = None) -> list[Suggestion]:
    return Planting(article, TEXT, offers_in(), LABELS, taken or set()).plants(percent)


def kind_of(plant: Suggestion) -> str:
    for offer in offers_in():
        if (plant.start, plant.end) == (offer.start, offer.end):
            return "relabelled"
        if plant.start < offer.end and offer.start < plant.end:
            return "moved"
    return "elsewhere"


def test_all_three_kinds_are_drawn_and_read_like_names() -> None:
    seen = {kind_of(one): TEXT[one.start : one.end] for article in range(40) for one in planted(article)}
    assert set(seen) == {"relabelled", "moved", "elsewhere"}
    places = [TEXT[one.start : one.end] for article in range(40) for one in planted(article)]
    assert {"Press", "Harbour", "Reporters"} & set(places)
    assert {"Ellingsen", "Mara", "Northline"} & set(places)
    assert not any(place != place.strip() or "\n" in place for place in places)


@given(st.integers(0, 10**9), st.integers(0, 100))
def test_whatever_is_drawn_is_wrong_and_drawn_again_the_same(article: int, percent: int) -> None:
    found = planted(article, percent)
    assert found == planted(article, percent)
    right = {(one.start, one.end, one.label) for one in offers_in()}
    assert not right & {(one.start, one.end, one.label) for one in found}
    for n, one in enumerate(found):
        assert 0 <= one.start < one.end <= len(TEXT)
        assert (one.label in LABELS, one.confidence, one.sources) == (True, 0.9, ("one",))
        assert all(meeting(one.start, one.end, two.start, two.end).name == "APART" for two in found[:n])


def test_about_the_share_that_was_asked_for_is_planted() -> None:
    counts = [sum(len(planted(article, percent)) for article in range(400)) for percent in (0, 5, 10)]
    assert counts[0] == 0
    assert 60 <= counts[1] <= 140 <= counts[2] <= 260


def test_what_any_layer_says_is_never_planted() -> None:
    drawn = {(one.start, one.end, one.label) for article in range(40) for one in planted(article)}
    again = {
        (one.start, one.end, one.label) for article in range(40) for one in planted(article, taken=drawn)
    }
    assert not drawn & again


@pytest.mark.parametrize("text", ["", "奥斯陆 在 挪威", "오슬로"])
def test_texts_without_capitals_and_words_are_no_obstacle(text: str) -> None:
    offers = [Suggestion(0, len(text), "GPE")] if text else []
    assert all(one.label != "GPE" for one in Planting(1, text, offers, LABELS, set()).plants(100))


def test_what_would_give_a_plant_away_is_displaced() -> None:
    plant = Suggestion(10, 20, "ORG")
    assert displaces(plant, 10, 20, "GPE")
    assert displaces(plant, 10, 15, "ORG")
    assert displaces(plant, 15, 25, "GPE")
    assert not displaces(plant, 10, 15, "GPE")
    assert not displaces(plant, 20, 25, "ORG")
