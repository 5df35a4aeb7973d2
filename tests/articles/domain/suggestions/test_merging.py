from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Overlap
from articles.domain.evaluations.calibration import Calibrator, Curve, Judged, fit
from articles.domain.spans import Link, Meeting, Suggestion, meeting
from articles.domain.suggestions.merging import Voice, combined, merge

NESTED = Overlap()
FLAT = Overlap(nested=False)
MARA = Suggestion(25, 39, "PERSON", 0.8)


def chance(*said: tuple[str, list[Suggestion]], **voices: Voice) -> float | None:
    """Of the only mention that comes of it."""
    (one,) = merge(dict(said), voices, NESTED)
    return one.confidence


def test_one_engine_without_gold_is_believed() -> None:
    (one,) = merge({"spacy": [MARA], "newswire": []}, {}, NESTED)
    assert (one.confidence, one.sources) == (0.8, ("spacy",))


def test_agreement_raises_the_chance_by_less_than_if_engines_were_independent() -> None:
    both = combined([0.8, 0.8])
    assert 0.8 < both < 0.8**2 / (0.8**2 + 0.2**2)
    assert combined([0.8, 0.8, 0.8]) > both


def test_one_who_is_unsure_of_the_same_does_not_lower_the_chance() -> None:
    assert combined([0.9, 0.3]) == combined([0.9])


def test_who_says_it_is_named() -> None:
    (one,) = merge({"spacy": [MARA], "newswire": [Suggestion(25, 39, "PERSON", 0.9)]}, {}, NESTED)
    assert one.sources == ("newswire", "spacy")


def test_a_confidence_is_mended_by_what_gold_shows() -> None:
    judged = [Judged("PERSON", 0.8, number % 2 == 0) for number in range(400)]
    assert chance(("spacy", [MARA]), spacy=Voice(fit(judged))) == pytest.approx(0.5, abs=0.01)


def test_an_engine_without_confidences_gets_those_of_gold() -> None:
    voice = Voice(Calibrator(Curve((), unknown=0.7)))
    assert chance(("rules", [Suggestion(0, 6, "GPE")]), rules=voice) == pytest.approx(0.7)


def test_silence_of_an_engine_that_finds_most_counts_against() -> None:
    elsewhere = Suggestion(50, 60, "PERSON", 0.8)
    keen, dull = Voice(recall={"PERSON": 0.9}), Voice(recall={"PERSON": 0.1})

    def of_mara(voice: Voice) -> float:
        found = merge({"spacy": [MARA], "newswire": [elsewhere]}, {"newswire": voice}, NESTED)
        return found[0].confidence or 0

    assert of_mara(keen) < of_mara(dull) < 0.8


def test_an_engine_that_says_nothing_at_all_is_not_held_to_be_silent() -> None:
    keen = Voice(recall={"PERSON": 0.9})
    assert chance(("spacy", [MARA]), ("newswire", []), newswire=keen) == 0.8


def test_other_bounds_of_the_same_mention_are_neither_for_nor_against() -> None:
    shorter = Suggestion(25, 29, "PERSON", 0.6)
    keen = Voice(recall={"PERSON": 0.9})
    assert chance(("spacy", [MARA]), ("newswire", [shorter]), newswire=keen) == 0.8


def test_of_two_labels_for_the_same_words_the_more_likely_stays() -> None:
    found = merge({"spacy": [MARA], "newswire": [Suggestion(25, 39, "ORG", 0.6)]}, {}, NESTED)
    assert [one.label for one in found] == ["PERSON"]


def test_a_name_within_a_name_stays_where_the_schema_allows_it() -> None:
    said = {"spacy": [Suggestion(0, 20, "ORG", 0.7)], "gazetteer": [Suggestion(0, 6, "GPE", 0.9)]}
    assert [one.label for one in merge(said, {}, NESTED)] == ["ORG", "GPE"]
    assert [one.label for one in merge(said, {}, FLAT)] == ["GPE"]


def test_relations_come_along_once() -> None:
    link = Link("speaker", 25, 39, "PERSON")
    quote = Suggestion(0, 20, "QUOTE", 0.9, links=(link,))
    found = merge({"newswire": [quote, MARA], "other": [quote]}, {}, NESTED)
    assert [one.links for one in found] == [(link,), ()]


suggestions = st.builds(
    lambda start, length, label, confidence: Suggestion(start, start + length, label, confidence),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from(["PERSON", "ORG", "GPE"]),
    st.none() | st.floats(0, 1),
)


@given(
    st.dictionaries(st.sampled_from("abc"), st.lists(suggestions, max_size=8)),
    st.builds(Overlap, equal=st.booleans(), nested=st.booleans(), crossing=st.booleans()),
)
def test_whatever_engines_say_what_comes_out_can_stand_together(
    said: dict[str, list[Suggestion]], overlap: Overlap
) -> None:
    voices = {"a": Voice(recall={"PERSON": 1.0, "ORG": 0.5})}
    found = merge(said, voices, overlap)
    assert found == merge(dict(reversed(said.items())), voices, overlap)
    for number, one in enumerate(found):
        assert 0 < (one.confidence or 0) < 1
        assert one.sources
        for other in found[:number]:
            meets = meeting(one.start, one.end, other.start, other.end)
            assert overlap.crossing or meets is not Meeting.CROSSING
            assert overlap.equal or meets is not Meeting.EQUAL
            assert meets is not Meeting.NESTED or (overlap.nested and one.label != other.label)
