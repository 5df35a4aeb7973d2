"""Coefficients of agreement that are corrected for chance.

They are made from sums, so that thousands of resamples are one call: every argument is an array whose last
axis is named below, and whose other axes are as many figures as are wanted. Where nothing can differ by
chance, because there is only one value, a coefficient is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np

from articles.domain.measures.resampling import Numbers

V = TypeVar("V", bound=Hashable)
Distance = Callable[[V, V], float]


def cohens_kappa(matching: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """Of two people who put the same items into categories. `matching`: items on which both agree; `first`
    and `second`: items by category, as each put them (... x categories).

    Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20(1),
    1960.
    """
    items = first.sum(axis=-1)
    by_chance = (first * second).sum(axis=-1)
    return 1 - quotient(items * (items - matching), items**2 - by_chance)


def krippendorffs_alpha(observed: Numbers, values: Numbers, distances: Numbers) -> Numbers:
    """Of any number of people, some of whom may be missing anywhere.

    `observed`: for every unit with two or more values the distances between all its ordered pairs of values,
    divided by its number of values less one, summed over units. `values`: how often each value was given in
    those units (... x values). `distances`: values x values, 0 on the diagonal.

    Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011; "Content Analysis", 12.3.
    """
    given = values.sum(axis=-1)
    expected = ((values @ distances) * values).sum(axis=-1)
    return 1 - quotient((given - 1) * observed, expected)


def unitizing_alpha(shared: Numbers, marked: Numbers, squares: Numbers, length: Numbers) -> Numbers:
    """Of people who mark stretches of a text, where nothing says beforehand what the units are.

    For each label (last axis): `marked`, the length that it covers, summed over all readings; `shared`, of
    that what another reading of the same text marks as well, averaged over the others; `squares`, the squared
    lengths of its units. `length`: that of all readings of all texts. Each label is held against the rest of
    the text, and observed and expected disagreement are added up over labels, so that labels may nest.

    A unit is one piece, so it is not paired with itself, whereas what lies between may fall apart anywhere:
    Krippendorff, Mathet, Bouvry & Widloecher, "On the reliability of unitizing textual continua: Further
    developments", Quality & Quantity 50(6), 2016. Labels are added up as in Krippendorff, "On the Reliability
    of Unitizing Continuous Data", Sociological Methodology 25, 1995.
    """
    whole = length[..., np.newaxis]
    between = whole - marked
    observed = marked - shared
    expected = quotient(whole * marked * between, whole**2 - squares - between)
    return 1 - quotient(observed.sum(axis=-1), np.nansum(expected, axis=-1))


def distances_between(values: Sequence[V], distance: Distance[V]) -> Numbers:
    """As `krippendorffs_alpha` takes them: values x values."""
    rows = [[distance(a, b) for b in values] for a in values]
    return np.array(rows, dtype=float).reshape(len(values), len(values))


def nominal(a: object, b: object) -> float:
    return float(a != b)


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of two sets is not common to both, from 0 to 1; two empty ones are the same."""
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard's distance, made larger where neither set holds the other: Passonneau, "Measuring Agreement on
    Set-Valued Items (MASI) for Semantic and Pragmatic Annotation", LREC 2006."""
    if a == b:
        return 0.0
    how_alike = 2 / 3 if a <= b or b <= a else 1 / 3 if a & b else 0.0
    return 1 - (1 - jaccard(a, b)) * how_alike


def quotient(part: Numbers, whole: Numbers) -> Numbers:
    """`part / whole` place by place; NaN where there is nothing to divide by."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    nothing: Numbers = np.full(np.broadcast(part, whole).shape, np.nan)
    return np.divide(part, whole, out=nothing, where=whole != 0)
