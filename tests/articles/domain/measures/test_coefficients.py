from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance

from articles.domain.measures.coefficients import (
    Distance,
    cohens_kappa,
    distances_between,
    jaccard,
    krippendorffs_alpha,
    masi,
    nominal,
    unitizing_alpha,
)

# Krippendorff 2011, section C: nominal data, four observers, twelve units, not all seen by all.
MISSING_DATA = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
# Krippendorff 2011, section A: two observers, ten units, yes or no; section B: five values.
BINARY = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""
FIVE_VALUES = """
a a b b d c c c e d d a
b a b b b c c c e d d d
"""
# Hayes & Krippendorff 2007 and the table that many programs are tested with: three coders, 15 units.
THREE_CODERS = """
. . . . . 3 4 1 2 1 1 3 3 . 3
1 . 2 1 3 3 4 3 . . . . . . .
. . 2 1 3 4 4 . 2 1 1 3 3 . 4
"""


def units(table: str) -> list[list[str]]:
    """One list a unit, without what is missing, of a table with a line for each observer."""
    lines = [line.split() for line in table.strip().splitlines()]
    return [[value for value in column if value != "."] for column in zip(*lines, strict=True)]


def alpha_of_units(units: Sequence[Sequence[Any]], distance: Distance[Any] = nominal) -> float:
    """Of values as they were given: for each unit those of all who gave one."""
    pairable = [unit for unit in units if len(unit) > 1]
    names = sorted({value for unit in pairable for value in unit}, key=repr)
    observed = sum(distance(a, b) / (len(unit) - 1) for unit in pairable for a, b in permutations(unit, 2))
    counts = Counter(value for unit in pairable for value in unit)
    values = np.array([float(counts[name]) for name in names])
    return float(krippendorffs_alpha(np.array(float(observed)), values, distances_between(names, distance)))


@pytest.mark.parametrize(
    ("table", "published"),
    [(BINARY, 0.095), (FIVE_VALUES, 0.692), (MISSING_DATA, 0.743), (THREE_CODERS, 0.691)],
)
def test_nominal_alpha_is_what_was_published(table: str, published: float) -> None:
    assert round(alpha_of_units(units(table)), 3) == published


def kappa(table: Sequence[Sequence[float]]) -> float:
    """Of a table of what the one said (rows) and the other (columns)."""
    counts = np.array(table, dtype=float)
    return float(cohens_kappa(counts.trace(), counts.sum(axis=1), counts.sum(axis=0)))


def test_kappa_is_what_cohen_published() -> None:
    # Cohen 1960: 200 patients whom two judges sort into three kinds; proportions, and frequencies.
    proportions = [[0.25, 0.13, 0.12], [0.12, 0.02, 0.16], [0.03, 0.15, 0.02]]
    assert round(kappa(proportions), 2) == -0.09
    assert round(kappa([[88, 14, 18], [10, 40, 10], [2, 6, 12]]), 3) == 0.492
    # Artstein & Poesio 2008, section 2: statements and requests, on which S is 0.4 and pi 0.341.
    assert kappa([[20, 20], [10, 50]]) == pytest.approx(0.348, abs=0.0005)


values = st.lists(st.lists(st.sampled_from("abc"), min_size=3, max_size=3), min_size=2, max_size=12)


@given(values)
def test_alpha_and_kappa_are_those_of_an_independent_program(given_values: list[list[str]]) -> None:
    task = AnnotationTask(
        [
            (coder, item, value)
            for item, row in enumerate(given_values)
            for coder, value in zip("xyz", row, strict=True)
        ]
    )
    if len({value for row in given_values for value in row}) > 1:
        assert alpha_of_units(given_values) == pytest.approx(task.alpha())
    names = "abc"
    table = [[sum(row[:2] == [a, b] for row in given_values) for b in names] for a in names]
    if task.Ae_kappa("x", "y") < 1:
        assert kappa(table) == pytest.approx(task.kappa_pairwise("x", "y"))


sets = st.frozensets(st.sampled_from("abcd"), min_size=1)


@given(st.lists(st.tuples(sets, sets), min_size=2, max_size=8))
def test_alpha_over_sets_is_that_of_an_independent_program(pairs: list[tuple[frozenset[str], ...]]) -> None:
    for ours, theirs in ((masi, masi_distance), (jaccard, jaccard_distance)):
        for a, b in pairs:
            assert ours(a, b) == pytest.approx(theirs(a, b), abs=0.006)  # theirs has 0.33 and 0.67
    rows = [
        (coder, item, value)
        for item, pair in enumerate(pairs)
        for coder, value in zip("xy", pair, strict=True)
    ]
    if len({value for pair in pairs for value in pair}) > 1:
        exact = AnnotationTask(rows, distance=jaccard_distance)
        assert alpha_of_units(pairs, jaccard) == pytest.approx(exact.alpha())


def test_what_cannot_differ_has_no_coefficient() -> None:
    assert np.isnan(alpha_of_units([["a", "a"], ["a", "a"]]))
    assert np.isnan(alpha_of_units([["a"], ["b"]]))
    assert np.isnan(kappa([[5, 0], [0, 0]]))


Stretch = tuple[int, int]


def unitizing(readings: Sequence[Sequence[Stretch]], length: int) -> float:
    """Of one label in one text, counted character by character."""
    chars = [{at for start, end in one for at in range(start, end)} for one in readings]
    others = len(readings) - 1
    shared = sum(len(a & b) for a in chars for b in chars if a is not b) / others
    squares = sum((end - start) ** 2 for one in readings for start, end in one)
    marked = sum(map(len, chars))
    shared_, marked_, squares_ = (np.array([float(one)]) for one in (shared, marked, squares))
    return float(unitizing_alpha(shared_, marked_, squares_, np.array(float(length * len(readings)))))


def test_alpha_for_unitizing_is_that_of_an_independent_program() -> None:
    # github.com/lindanna/unitized_alpha: Alex, Paul and Susan in a text of 20, units against gaps.
    readings = [[(2, 5), (9, 11), (12, 20)], [(2, 5), (7, 15)], [(2, 5), (10, 15)]]
    assert round(unitizing(readings, 20), 3) == 0.433


def test_alpha_for_unitizing_is_one_for_equal_readings_and_about_zero_for_chance() -> None:
    assert unitizing([[(3, 9), (20, 30)]] * 3, 50) == 1.0
    chance = random.Random(5)
    readings = [
        [(at, at + 6) for at in accumulate(chance.randint(6, 60) for _ in range(2_000))] for _ in range(2)
    ]
    assert abs(unitizing(readings, max(one[-1][1] for one in readings))) < 0.03
