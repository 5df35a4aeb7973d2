"""Intervals by drawing anew: the bootstrap (Efron 1979, "Bootstrap methods: another look at the jackknife").

As many rows as there are get drawn with replacement, many times over; the middle 95 % of what the draws give
is the interval (the percentile method).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

LEVEL = 0.95
# Numbers drawn at one time: 16 MB, however many rows there are.
DRAWN_AT_ONCE = 2_000_000

Numbers = npt.NDArray[np.float64]


def resampled(table: Numbers, seed: int, resamples: int) -> Numbers:
    """The sums over drawn rows: a table of rows x ... becomes one of resamples x ...

    The same table and seed give the same.
    """
    # Half the digits give the sums to six places, in half the time.
    flat = table.reshape(len(table), -1).astype(np.float32)
    blocks = [times @ flat for times in _times_drawn(len(table), seed, resamples)]
    return np.concatenate(blocks).astype(float).reshape(resamples, *table.shape[1:])


def middle(values: Numbers) -> tuple[float, float]:
    """Between what the middle share (LEVEL) of these values lies."""
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def ratios(part: Numbers, whole: Numbers) -> Numbers:
    """`part / whole` place by place; 0 where the whole is."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _times_drawn(rows: int, seed: int, resamples: int) -> Iterator[npt.NDArray[np.float32]]:
    """How often each row is drawn, one line a resample, a block of lines at a time."""
    random = np.random.default_rng(seed)
    at_once = max(1, DRAWN_AT_ONCE // rows)
    for begin in range(0, resamples, at_once):
        lines = min(at_once, resamples - begin)
        drawn = random.integers(rows, size=(lines, rows), dtype=np.int32)
        drawn += rows * np.arange(lines, dtype=np.int32)[:, np.newaxis]
        times = np.bincount(drawn.ravel(), minlength=lines * rows)
        yield times.reshape(lines, rows).astype(np.float32)
