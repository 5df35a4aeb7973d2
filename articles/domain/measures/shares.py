"""Shares of counted things, and how sure they are."""

from __future__ import annotations

from math import sqrt

_Z = 1.96


def interval_of(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of `part` of `whole`, within 0 and 1 (Wilson, "Probable inference, the law of
    succession, and statistical inference", JASA 1927). Of nothing it is all there is: 0 to 1."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, _Z * _Z
    middle = share + square / (2 * whole)
    spread = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
