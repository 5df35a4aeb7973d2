from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Overlap
from articles.domain.spans import Meeting, meeting
from articles.domain.suggestions.conflicts import without_conflicts


def offer(start: int, end: int, label: str, confidence: float = 0.8, sources: int = 1) -> dict[str, Any]:
    return {"start": start, "end": end, "label": label, "confidence": confidence, "sources": ["x"] * sources}


def test_the_more_confident_of_two_labels_for_one_place_is_offered() -> None:
    offers = [offer(0, 6, "ORG", 0.8), offer(0, 6, "GPE", 0.95)]
    assert without_conflicts(offers, [], Overlap()) == [offers[1]]


def test_nested_offers_of_other_labels_stay() -> None:
    offers = [offer(0, 19, "ORG"), offer(14, 19, "GPE")]
    assert without_conflicts(offers, [], Overlap(nested=True)) == offers
    assert len(without_conflicts(offers, [], Overlap(nested=False))) == 1


def test_a_place_that_is_labelled_already_is_not_offered_again() -> None:
    assert without_conflicts([offer(0, 6, "ORG")], [(0, 6)], Overlap()) == []


_offers = st.builds(
    lambda start, length, label, confidence: offer(start, start + length, label, confidence),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from(["A", "B"]),
    st.floats(0.1, 1),
)


@given(st.lists(_offers, max_size=25))
def test_what_is_offered_can_all_be_accepted(offers: list[dict[str, Any]]) -> None:
    chosen = without_conflicts(offers, [], Overlap(nested=True))
    assert bool(chosen) == bool(offers)
    for number, one in enumerate(chosen):
        for other in chosen[number + 1 :]:
            how = meeting(one["start"], one["end"], other["start"], other["end"])
            assert how in (Meeting.APART, Meeting.NESTED)
