"""An engine is sure of something that gold has not, or has otherwise.

Confident learning (Northcutt, Jiang & Chuang, "Confident learning: estimating uncertainty in dataset labels",
JAIR 2021) finds label errors where a model's calibrated probability of another label is high. There the model
has not seen the article; an engine that has learned from it disagrees less often, so that errors are missed
rather than invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from articles.domain.doubts.findings import ENGINE, Finding, Mention, overlapping, quoted

SURE = 0.9


class Claim(NamedTuple):
    """What an engine suggests; `chance` is how likely it is right, calibrated, in [0, 1]."""

    engine: str
    mention: Mention
    chance: float


def engine_findings(text: str, gold: Sequence[Mention], claims: Iterable[Claim]) -> Iterator[Finding]:
    """Where a suggestion with a high chance is not in gold: gold has another label, other bounds, or
    nothing."""
    known = set(gold)
    for engine, mention, chance in claims:
        if chance < SURE or mention in known:
            continue
        stands = _nearest(gold, mention)
        sure = f"{engine} is {min(99, int(chance * 100))} % sure that"
        words = quoted(text, mention.start, mention.end)
        reason = f"{sure} {words} is {mention.label}{_here(text, stands, mention)}."
        yield Finding(ENGINE, stands, mention, chance, reason)


def _nearest(gold: Sequence[Mention], mention: Mention) -> Mention | None:
    """The mention in gold that shares the most characters with it, if there is one."""
    met = overlapping(gold, mention.start, mention.end)
    return max(met, key=lambda one: _shared(one, mention), default=None)


def _shared(one: Mention, other: Mention) -> tuple[int, int]:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared, -(one.end - one.start)


def _here(text: str, stands: Mention | None, mention: Mention) -> str:
    if stands is None:
        return "; gold has nothing here"
    if stands[:2] == mention[:2]:
        return f"; gold says {stands.label}"
    return f"; gold has {quoted(text, stands.start, stands.end)} as {stands.label}"
