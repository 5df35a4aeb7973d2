from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.measures.f_measure import Mention, f1
from articles.domain.measures.scores import Counts, Scores, Tally, bootstrap, score, summary


def mention(start: int, end: int, label: str = "PERSON") -> Mention:
    return start, end, label, ()


MARA, NORTHLINE, BERGEN = mention(0, 4), mention(10, 25, "ORG"), mention(30, 36, "GPE")
# Two articles, worked out on paper.
READINGS: list[tuple[list[Mention], list[Mention]]] = [
    ([MARA, NORTHLINE, BERGEN], [MARA, mention(10, 19, "ORG"), mention(30, 36, "ORG")]),
    ([mention(5, 9), mention(20, 24)], [mention(5, 9), mention(40, 44)]),
]

mentions = st.sets(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from(["PERSON", "GPE"])).map(
        lambda one: mention(one[0], one[0] + one[1], one[2])
    ),
    max_size=8,
)
readings = st.lists(st.tuples(mentions, mentions), max_size=6)


def test_exact_counts_are_those_on_paper() -> None:
    found = score(READINGS).exact
    assert found.labels == {"GPE": Counts(0, 0, 1), "ORG": Counts(0, 2, 1), "PERSON": Counts(2, 1, 1)}
    assert found.micro == Counts(2, 3, 3)
    assert (found.micro.precision, found.micro.recall, found.micro.f1) == (0.4, 0.4, 0.4)
    assert found.macro_f1 == pytest.approx((0 + 0 + 2 / 3) / 3)


def test_overlapping_counts_are_those_on_paper() -> None:
    found = score(READINGS).overlap
    assert found.labels == {"GPE": Counts(0, 0, 1), "ORG": Counts(1, 1, 0), "PERSON": Counts(2, 1, 1)}
    assert found.micro == Counts(3, 2, 2)
    assert found.macro_f1 == pytest.approx((0 + 2 / 3 + 2 / 3) / 3)


def test_what_has_nothing_to_divide_by_is_nothing() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)
    assert score([]).exact.macro_f1 == 0.0


def test_a_label_that_gold_lacks_weighs_nothing_in_the_mean_of_labels() -> None:
    tally = score([([MARA], [MARA, BERGEN])]).exact
    assert tally.macro_f1 == 1.0
    assert tally.micro == Counts(1, 1, 0)


def test_pieces_count_when_exact_and_not_when_overlapping() -> None:
    whole, torn = mention(0, 9), (0, 9, "PERSON", ((0, 4), (6, 9)))
    found = score([([torn], [whole])])
    assert found.exact.micro == Counts(0, 1, 1)
    assert found.overlap.micro == Counts(1, 0, 0)


def test_a_mention_is_matched_once() -> None:
    """A suggestion over two names is right once, and who meets one partner only is not robbed of it."""
    assert score([([mention(0, 4), mention(5, 9)], [mention(0, 9)])]).overlap.micro == Counts(1, 0, 1)
    crossing = ([mention(0, 9), mention(0, 3)], [mention(2, 3), mention(5, 9)])
    assert score([crossing]).overlap.micro == Counts(2, 0, 0)


def test_mentions_that_only_touch_do_not_meet() -> None:
    assert score([([mention(0, 4)], [mention(4, 8)])]).overlap.micro == Counts(0, 1, 1)


def most_pairs(gold: Collection[Mention], engine: Collection[Mention]) -> int:
    """The size of a largest matching, by augmenting paths (Kuhn 1955)."""
    partner: dict[Mention, Mention] = {}

    def find(one: Mention, tried: set[Mention]) -> bool:
        for other in engine:
            meets = one[2] == other[2] and one[0] < other[1] and other[0] < one[1]
            if meets and other not in tried:
                tried.add(other)
                if other not in partner or find(partner[other], tried):
                    partner[other] = one
                    return True
        return False

    return sum(find(one, set()) for one in gold)


@given(mentions, mentions)
def test_no_other_matching_finds_more(gold: set[Mention], engine: set[Mention]) -> None:
    assert score([(gold, engine)]).overlap.micro.true_positive == most_pairs(gold, engine)


@given(readings)
def test_counts_add_up(read: list[tuple[set[Mention], set[Mention]]]) -> None:
    found = score(read)
    in_gold, suggested = (sum(len(pair[side]) for pair in read) for side in (0, 1))
    for tally in (found.exact, found.overlap):
        assert tally.micro.in_gold == in_gold
        assert tally.micro.true_positive + tally.micro.false_positive == suggested
    assert found.overlap.micro.true_positive >= found.exact.micro.true_positive


@given(mentions, mentions)
def test_exact_f1_is_what_agreement_says(gold: set[Mention], engine: set[Mention]) -> None:
    if gold or engine:
        assert score([(gold, engine)]).exact.micro.f1 == pytest.approx(
            f1(len(gold & engine), len(gold), len(engine))
        )


def tally(*articles: Counts) -> Tally:
    return Tally(tuple({"PERSON": counts} for counts in articles))


def test_articles_that_are_all_alike_leave_no_doubt() -> None:
    found = bootstrap(tally(*[Counts(3, 1, 1)] * 12))
    assert found.micro.f1 == (0.75, 0.75)
    assert found.labels["PERSON"] == found.micro


def test_an_interval_is_as_wide_as_the_binomial_makes_it() -> None:
    """100 articles of one mention each, found in half of them: recall 0.5 with a standard error of 0.05."""
    found = bootstrap(tally(*[Counts(1, 0, 0), Counts(0, 0, 1)] * 50))
    low, high = found.micro.recall
    assert low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.02)
    assert high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.02)


def test_more_articles_narrow_the_interval() -> None:
    few, many = (bootstrap(tally(*[Counts(4, 0, 0), Counts(0, 2, 2)] * times)).micro.f1 for times in (2, 40))
    assert few[1] - few[0] > 2 * (many[1] - many[0])


def test_the_same_seed_gives_the_same_interval() -> None:
    counts = tally(*[Counts(n % 5, n % 3, n % 4) for n in range(20)])
    assert bootstrap(counts, seed=1) == bootstrap(counts, seed=1)
    assert bootstrap(counts, seed=1) != bootstrap(counts, seed=2)


def test_many_articles_are_drawn_block_by_block() -> None:
    found = bootstrap(tally(*[Counts(1, 0, 0), Counts(0, 0, 1)] * 2_000), resamples=1_200)
    assert 0.47 < found.micro.recall[0] < 0.5 < found.micro.recall[1] < 0.53


@given(readings.filter(bool))
def test_a_value_lies_between_0_and_1_and_its_interval_too(
    read: list[tuple[set[Mention], set[Mention]]],
) -> None:
    found = summary(score(read))
    for way in ("exact", "overlap"):
        rows = [found[way]["micro"], *found[way]["labels"].values()]
        figures = [row[name] for row in rows for name in ("precision", "recall", "f1")]
        for value, low, high in [*figures, found[way]["macro_f1"]]:
            assert 0 <= value <= 1
            assert 0 <= low <= high <= 1


def test_a_summary_says_how_it_was_measured() -> None:
    found = summary(score(READINGS))
    assert found["articles"] == 2
    assert found["few"]
    assert found["interval"] == {"level": 0.95, "resamples": 1000, "seed": 13}
    assert found["exact"]["micro"]["f1"][0] == 0.4
    assert found["exact"]["labels"]["PERSON"]["true_positive"] == 2


def test_without_articles_there_is_a_summary_of_nothing() -> None:
    assert summary(Scores(Tally(()), Tally(())))["exact"]["micro"]["f1"] == [0.0, 0.0, 0.0]
    with pytest.raises(ValueError, match="Without articles"):
        bootstrap(Tally(()))
