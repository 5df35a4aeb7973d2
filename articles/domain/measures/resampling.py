"""Intervals by resampling: the bootstrap (Efron 1979, "Bootstrap methods: another look at the jackknife").

From the rows of a table as many rows are drawn with replacement, many times over. The interval is the middle
95 % of the figures that these draws give (the percentile method).
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
    """The sums over the drawn rows: from a table of rows x ... one of resamples x ...

    The same table and seed give the same result.
    """
    # Half the digits give the sums to six places, in half the time.
    flat = table.reshape(len(table), -1).astype(np.float32)
    blocks = [times @ flat for times in _times_drawn(len(table), seed, resamples)]
    return np.concatenate(blocks).astype(float).reshape(resamples, *table.shape[1:])


def middle(values: Numbers) -> tuple[float, float]:
    """The bounds of the middle share (LEVEL) of these values."""
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def ratios(part: Numbers, whole: Numbers) -> Numbers:
    """`part / whole`, element by element; 0 where `whole` is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _times_drawn(rows: int, seed: int, resamples: int) -> Iterator[npt.NDArray[np.float32]]:
    """How often each row is drawn: one line for each resample, a block of lines at a time."""
    random = np.random.default_rng(seed)
    at_once = max(1, DRAWN_AT_ONCE // rows)
    for begin in range(0, resamples, at_once):
        lines = min(at_once, resamples - begin)
        drawn = random.integers(rows, size=(lines, rows), dtype=np.int32)
        drawn += rows * np.arange(lines, dtype=np.int32)[:, np.newaxis]
        times = np.bincount(drawn.ravel(), minlength=lines * rows)
        yield times.reshape(lines, rows).astype(np.float32)
