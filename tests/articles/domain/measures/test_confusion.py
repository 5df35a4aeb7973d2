from __future__ import annotations

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.measures.confusion import NOTHING, Kind, confusion, pair_with_gold
from articles.domain.spans import Span, Suggestion

places = st.integers(0, 12)
mentions = st.lists(
    st.builds(
        lambda start, length, label: Suggestion(start, start + length, label),
        places,
        st.integers(1, 6),
        st.sampled_from(["PERSON", "GPE"]),
    ),
    max_size=12,
)


def spans(*gold: Suggestion) -> list[Span]:
    """The same places as gold has them."""
    return [Span(UUID(int=0), one.start, one.end, one.label) for one in gold]


def kinds(gold: list[Suggestion], found: list[Suggestion]) -> list[tuple[str, str, str]]:
    return [(pair.kind.value, *pair.cell) for pair in pair_with_gold(spans(*gold), found)]


def test_each_kind_of_difference() -> None:
    gold = [
        Suggestion(0, 5, "PERSON"),
        Suggestion(10, 15, "ORG"),
        Suggestion(20, 30, "GPE"),
        Suggestion(40, 44, "DATE"),
    ]
    found = [
        Suggestion(0, 5, "PERSON", 0.9),
        Suggestion(10, 15, "GPE", 0.8),
        Suggestion(22, 30, "GPE", 0.7),
        Suggestion(50, 55, "ORG", 0.6),
    ]
    assert kinds(gold, found) == [
        ("right", "PERSON", "PERSON"),
        ("label", "ORG", "GPE"),
        ("boundary", "GPE", "GPE"),
        ("missed", "DATE", NOTHING),
        ("invented", NOTHING, "ORG"),
    ]


def test_what_overlaps_under_another_label_was_missed_and_invented() -> None:
    assert kinds([Suggestion(0, 9, "ORG")], [Suggestion(0, 4, "GPE")]) == [
        ("invented", NOTHING, "GPE"),
        ("missed", "ORG", NOTHING),
    ]


def test_nested_entities_are_each_judged_by_themselves() -> None:
    gold = [Suggestion(0, 20, "ORG"), Suggestion(14, 20, "GPE")]
    assert kinds(gold, [Suggestion(0, 20, "ORG"), Suggestion(14, 20, "GPE")]) == [
        ("right", "ORG", "ORG"),
        ("right", "GPE", "GPE"),
    ]
    assert kinds(gold, [Suggestion(0, 20, "ORG")]) == [("right", "ORG", "ORG"), ("missed", "GPE", NOTHING)]


def test_one_long_suggestion_stands_for_only_one_of_two_entities() -> None:
    gold = [Suggestion(0, 4, "PERSON"), Suggestion(9, 18, "PERSON")]
    pairs = pair_with_gold(spans(*gold), [Suggestion(0, 18, "PERSON", 0.5)])
    assert [(pair.kind, pair.place) for pair in pairs] == [
        (Kind.MISSED, (0, 4)),
        (Kind.BOUNDARY, (9, 18)),
    ]


def test_two_labels_of_the_same_bounds_keep_the_right_one() -> None:
    gold = [Suggestion(0, 4, "GPE"), Suggestion(0, 4, "ORG")]
    assert kinds(gold, [Suggestion(0, 4, "LOC"), Suggestion(0, 4, "ORG")]) == [
        ("label", "GPE", "LOC"),
        ("right", "ORG", "ORG"),
    ]


def test_the_matrix_leaves_out_other_boundaries() -> None:
    pairs = pair_with_gold(spans(Suggestion(0, 5, "GPE"), Suggestion(8, 9, "GPE")), [Suggestion(0, 4, "GPE")])
    assert confusion(pairs) == Counter({("GPE", NOTHING): 1})


def test_a_suggestion_without_the_gaps_of_gold_has_other_boundaries() -> None:
    gold = Span(UUID(int=0), 0, 20, "PERSON", ((0, 4), (12, 20)))
    assert [pair.kind for pair in pair_with_gold([gold], [Suggestion(0, 20, "PERSON")])] == [Kind.BOUNDARY]
    other_label = pair_with_gold([gold], [Suggestion(0, 20, "ORG")])
    assert [pair.kind for pair in other_label] == [Kind.INVENTED, Kind.MISSED]


@given(mentions, mentions)
def test_every_entity_is_in_exactly_one_pair(gold: list[Suggestion], found: list[Suggestion]) -> None:
    pairs = pair_with_gold(spans(*gold), found)
    key = lambda one: (one.start, one.end, one.label)  # noqa: E731
    assert Counter(key(pair.gold) for pair in pairs if pair.gold) == Counter(set(map(key, gold)))
    assert Counter(key(pair.found) for pair in pairs if pair.found) == Counter(set(map(key, found)))
    assert sum(pair.kind is Kind.RIGHT for pair in pairs) == len(set(map(key, gold)) & set(map(key, found)))


@given(mentions, mentions)
def test_the_order_of_what_comes_in_does_not_matter(gold: list[Suggestion], found: list[Suggestion]) -> None:
    assert pair_with_gold(spans(*gold), found) == pair_with_gold(spans(*gold)[::-1], found[::-1])


@given(mentions, mentions)
def test_nothing_is_missed_that_a_free_suggestion_of_its_label_overlaps(
    gold: list[Suggestion], found: list[Suggestion]
) -> None:
    pairs = pair_with_gold(spans(*gold), found)
    missed = [pair.gold for pair in pairs if pair.kind is Kind.MISSED and pair.gold]
    invented = [pair.found for pair in pairs if pair.kind is Kind.INVENTED and pair.found]
    for one in missed:
        for other in invented:
            apart = other.end <= one.start or one.end <= other.start
            assert apart or other.label != one.label


@given(mentions)
def test_a_reading_is_right_against_itself(gold: list[Suggestion]) -> None:
    assert all(pair.kind is Kind.RIGHT for pair in pair_with_gold(spans(*gold), gold))
