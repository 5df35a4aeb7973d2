from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.suggestions.effect import FEWEST, Middle, middle_of


def test_below_the_floor_there_is_only_a_count() -> None:
    assert middle_of([60.0] * (FEWEST - 1)) == Middle(FEWEST - 1)


@given(st.lists(st.floats(0, 10_000), min_size=FEWEST, max_size=200))
def test_the_median_lies_in_its_interval(values: list[float]) -> None:
    found = middle_of(values)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert min(values) <= found.low <= found.value <= found.high <= max(values)


def test_the_interval_covers_the_true_median_about_as_often_as_it_says() -> None:
    lot = random.Random(1)
    covered = 0
    for _ in range(400):
        found = middle_of([lot.expovariate(1) for _ in range(40)])
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 0.6931 <= found.high
    assert 0.93 < covered / 400 <= 0.99
