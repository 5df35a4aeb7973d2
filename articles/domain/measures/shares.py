"""Proportions of counted things, and how certain they are."""

from __future__ import annotations

from math import sqrt

_Z = 1.96


def interval_of(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of the proportion `part / whole`, within 0 and 1 (Wilson, "Probable inference, the
    law of succession, and statistical inference", JASA 1927). Where `whole` is 0, it is 0 to 1."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, _Z * _Z
    middle = share + square / (2 * whole)
    spread = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
