from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.assignments.ordering import (
    A_CHARACTER,
    A_SUGGESTION,
    OPENING,
    Candidate,
    Time,
    ease,
    predictor,
    promises,
    queue,
    unsureness,
    words,
)
from articles.domain.spans import Suggestion


def make_candidate(
    article: int, promised: dict[str, float], *, seconds: float = 10, **more: int
) -> Candidate:
    return Candidate(article, seconds, sum(promised.values()), promised, more.get("group", article))


def test_a_coin_flip_is_one_bit_and_certainty_none() -> None:
    assert (unsureness(0.5), unsureness(None)) == (1, 1)
    assert (unsureness(1.0), unsureness(0.0)) == (0, 0)
    assert unsureness(0.9) == pytest.approx(0.469, abs=0.001)


def test_what_is_unsure_comes_first_and_what_takes_long_later() -> None:
    sure, unsure = make_candidate(1, {"a": 0.1}), make_candidate(2, {"b": 0.9})
    slow = make_candidate(3, {"c": 0.9}, seconds=100)
    assert [article for article, _ in queue([sure, unsure, slow], Counter())] == [2, 1, 3]


def test_names_that_are_known_teach_less() -> None:
    again, fresh = make_candidate(1, {"Bergen": 1.0}), make_candidate(2, {"Oslo": 0.9})
    assert [article for article, _ in queue([again, fresh], Counter({"Bergen": 5}))] == [2, 1]


def test_a_queue_does_not_say_the_same_thing_over_and_over() -> None:
    same = [make_candidate(number, {"Bergen": 1.0, "Northline": 1.0}) for number in (1, 2, 3)]
    other = make_candidate(4, {"Oslo": 0.7, "Ferry": 0.7})
    assert [article for article, _ in queue([*same, other], Counter())] == [1, 4, 2, 3]


def test_what_repeats_a_finished_or_an_earlier_article_has_no_gain() -> None:
    done, first, reprint = (
        make_candidate(n, {"a": 1.0}, group=group) for n, group in ((1, 7), (2, 8), (3, 8))
    )
    gains = dict(queue([done, first, reprint], Counter(), done=[7]))
    assert gains[2] > 0
    assert gains[1] == gains[3] == 0


@given(
    st.lists(
        st.builds(
            make_candidate,
            st.integers(0, 10**6),
            st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 1), max_size=6),
            seconds=st.floats(0, 500),
            group=st.integers(0, 8),
        ),
        max_size=30,
    )
)
def test_every_article_is_queued_once_and_gains_never_grow(candidates: list[Candidate]) -> None:
    order = list(queue(candidates, Counter()))
    assert sorted(article for article, _ in order) == sorted(one.article for one in candidates)
    gains = [gain for _, gain in order]
    assert gains == sorted(gains, reverse=True)


def test_without_times_people_read_as_people_do() -> None:
    assert predictor([]) == (OPENING, A_CHARACTER, A_SUGGESTION)


def test_a_team_that_takes_four_seconds_a_suggestion_is_predicted_so() -> None:
    times = [
        Time(length, count, 20 + 0.03 * length + 4 * count)
        for length in range(500, 4_500, 100)
        for count in range(0, 60, 6)
    ]
    opening, character, suggestion = predictor(times)
    assert opening + character * 1_600 + suggestion * 30 == pytest.approx(20 + 48 + 120, rel=0.03)
    assert suggestion == pytest.approx(4, rel=0.1)


def test_one_odd_sitting_changes_little() -> None:
    opening, character, suggestion = predictor([Time(1_600, 20, 36_000)])
    assert opening + character * 1_600 + suggestion * 20 < 10_000


def test_short_and_sure_is_easy() -> None:
    short, long = (make_candidate(1, {"bergen": 1}, seconds=seconds) for seconds in (30, 60))
    unsure = make_candidate(1, {"bergen": 1, "oslo": 2}, seconds=60)
    assert ease(short) > ease(long) > ease(unsure)


def test_likely_names_promise_most_where_the_engine_is_unsure_of_them() -> None:
    text = "Oslo's mayor met Ada Bull"
    said = [Suggestion(0, 4, "GPE", 0.5), Suggestion(17, 25, "PERSON", 0.99), Suggestion(7, 12, "ROLE", 0.05)]
    found = promises(text, said)
    assert found.keys() == {"oslo", "ada", "bull", "mayor"}
    assert found["ada"] == found["bull"] > found["oslo"] > found["mayor"]


def test_words_are_told_without_case_and_apostrophes() -> None:
    assert words("Oslo's OSLO, l’ONU 东京") == {"oslo", "s", ",", "l", "onu", "东", "京"}
