from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.measures.f_measure import FEWEST_ARTICLES, Agreement, Mention, f1

MARA: Mention = (0, 4, "PERSON", ())
LEEDS: Mention = (8, 13, "GPE", ())
mentions = st.sets(
    st.tuples(st.integers(0, 3), st.integers(4, 6), st.sampled_from(["PERSON", "GPE"]), st.just(())),
    max_size=6,
)


def entity_f1(a: Collection[Mention], b: Collection[Mention]) -> float:
    """Of two readings of the same text."""
    return f1(len(set(a) & set(b)), len(set(a)), len(set(b)))


def test_the_f_measure_is_the_share_of_what_both_marked() -> None:
    """As precision and recall give it: 2PR / (P + R), with one annotator as the truth."""
    a, b = {MARA, LEEDS}, {MARA, (0, 4, "GPE", ()), (1, 4, "PERSON", ())}
    precision, recall = 1 / 3, 1 / 2
    assert entity_f1(a, b) == pytest.approx(2 * precision * recall / (precision + recall))


def test_bounds_label_and_pieces_count() -> None:
    for other in ((0, 5, "PERSON", ()), (0, 4, "ORG", ()), (0, 4, "PERSON", ((0, 1), (3, 4)))):
        assert entity_f1([MARA], [other]) == 0.0


def test_two_who_marked_nothing_agree() -> None:
    assert entity_f1([], []) == 1.0
    assert entity_f1([MARA], []) == 0.0


@given(mentions, mentions)
def test_it_is_symmetric_and_one_only_for_equals(a: set[Mention], b: set[Mention]) -> None:
    found = entity_f1(a, b)
    assert found == entity_f1(b, a)
    assert 0 <= found <= 1
    assert (found == 1) == (a == b)


@given(st.lists(st.tuples(mentions, mentions), min_size=FEWEST_ARTICLES, max_size=12))
def test_articles_add_up_to_one_long_article(readings: list[tuple[set[Mention], set[Mention]]]) -> None:
    added = Agreement()
    for pair in readings:
        added.add(pair)
    one, other = (
        {(number * 100 + start, number * 100 + end, label, pieces) for number, pair in enumerate(readings)
         for start, end, label, pieces in pair[side]}
        for side in (0, 1)
    )  # fmt: skip
    assert added.summary()["f1"] == round(entity_f1(one, other), 4)


def test_three_annotators_are_three_pairs() -> None:
    found = Agreement()
    for _ in range(FEWEST_ARTICLES):
        found.add([{MARA}, {MARA}, {LEEDS}])
    summary = found.summary()
    assert (summary["articles"], summary["pairs"], summary["f1"]) == (10, 30, round(1 / 3, 4))
    assert summary["labels"] == {"GPE": 0.0, "PERSON": 0.5}


def test_too_few_articles_are_no_figure() -> None:
    found = Agreement()
    for _ in range(FEWEST_ARTICLES - 1):
        found.add([{MARA}, {MARA}])
    found.add([{MARA}])
    assert found.summary() == {
        "articles": 9,
        "f1": None,
        "why_not": "Too few: 9 articles were read by two or more annotators, of at least 10.",
    }
