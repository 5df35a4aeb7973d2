"""Coefficients of agreement that are corrected for chance.

They are computed from sums over arrays, so that thousands of resamples take one call. The docstrings name the
last axis of each argument; any axes before it are the resamples. Where chance cannot make a difference,
because only one value occurs, a coefficient is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np

from articles.domain.measures.resampling import Numbers

V = TypeVar("V", bound=Hashable)
Distance = Callable[[V, V], float]


def cohens_kappa(matching: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """The agreement of two people who put the same items into categories.

    `matching`: number of items on which both agree. `first` and `second`: number of items in each category by
    the one and the other person (... x categories).

    Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20(1),
    1960.
    """
    items = first.sum(axis=-1)
    by_chance = (first * second).sum(axis=-1)
    return 1 - quotient(items * (items - matching), items**2 - by_chance)


def krippendorffs_alpha(observed: Numbers, values: Numbers, distances: Numbers) -> Numbers:
    """The agreement of any number of people, of whom some may have given no value for a unit.

    `observed`: for each unit with two or more values, the sum of the distances between all ordered pairs of
    its values, divided by the number of its values less one; summed over units. `values`: how often each
    value was given in those units (... x values). `distances`: values x values, 0 on the diagonal.

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
    """The matrix of distances that `krippendorffs_alpha` takes: values x values."""
    rows = [[distance(a, b) for b in values] for a in values]
    return np.array(rows, dtype=float).reshape(len(values), len(values))


def nominal(a: object, b: object) -> float:
    return float(a != b)


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard's distance of two sets, from 0 (equal) to 1 (nothing in common). Two empty sets are equal."""
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard's distance, made larger where neither set contains the other: Passonneau, "Measuring Agreement
    on Set-Valued Items (MASI) for Semantic and Pragmatic Annotation", LREC 2006."""
    if a == b:
        return 0.0
    how_alike = 2 / 3 if a <= b or b <= a else 1 / 3 if a & b else 0.0
    return 1 - (1 - jaccard(a, b)) * how_alike


def quotient(part: Numbers, whole: Numbers) -> Numbers:
    """`part / whole`, element by element; NaN where `whole` is 0."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    nothing: Numbers = np.full(np.broadcast(part, whole).shape, np.nan)
    return np.divide(part, whole, out=nothing, where=whole != 0)
