from __future__ import annotations

import random

import pytest

from articles.domain.evaluations.comparison import compare
from articles.domain.measures.scores import Counts, Tally


def tally(chance: float, articles: int = 60, seed: int = 1, label: str = "PERSON") -> Tally:
    """An engine that finds ten entities an article, each with this chance, and invents none."""
    lot = random.Random(seed)
    found = [sum(lot.random() < chance for _ in range(10)) for _ in range(articles)]
    return Tally(tuple({label: Counts(right, 0, 10 - right)} for right in found))


def test_a_clear_difference_is_sure_and_one_by_chance_is_not() -> None:
    better = compare(tally(0.6), tally(0.8, seed=2))
    assert better.micro.is_sure
    assert better.micro.low < better.micro.by < better.micro.high
    assert 0.05 < better.micro.by < 0.2
    assert not compare(tally(0.7), tally(0.7, seed=2)).micro.is_sure


def test_the_same_twice_differs_by_nothing() -> None:
    same = compare(tally(0.7), tally(0.7))
    assert (same.micro.by, same.micro.low, same.micro.high) == (0, 0, 0)
    assert same.labels["PERSON"].by == 0


def test_pairs_see_what_hard_articles_would_hide() -> None:
    hard_and_easy = [n % 10 for n in range(40)]
    first = Tally(tuple({"GPE": Counts(right, 0, 10 - right)} for right in hard_and_easy))
    second = Tally(tuple({"GPE": Counts(right + 1, 0, 9 - right)} for right in hard_and_easy))
    assert compare(first, second).micro.is_sure


def test_a_label_that_only_one_suggests_is_there_for_both() -> None:
    labels = compare(tally(0.7), tally(0.7, label="ORG")).labels
    assert (labels["ORG"].first, labels["PERSON"].second) == (0, 0)
    assert labels["ORG"].is_sure


def test_other_articles_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="same articles"):
        compare(tally(0.7), tally(0.7, articles=59))
    with pytest.raises(ValueError, match="same articles"):
        compare(Tally(()), Tally(()))
