"""Likely errors in finished work: what they are, how sure the evidence makes one, and which to show.

Of what stands elsewhere, a share is never taken at its face: 3 of 3 says less than 30 of 30. The score is the
lower end of the share's 95 % interval (Wilson, "Probable inference, the law of succession, and statistical
inference", JASA 1927).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from articles.domain.measures.shares import interval_of

WORDS, ENGINE, BOUNDARY = "words", "engine", "boundary"
# Evidence: so many other places say so, and that it is no accident is at least so likely.
FEWEST_PLACES = 3
LEAST_SCORE = 0.4

_QUOTED = 60


class Mention(NamedTuple):
    """A labelled stretch `[start, end)`, in code points of the article's text."""

    start: int
    end: int
    label: str

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """`stands` is what gold has (None: nothing there), `other` what may be right instead. `score` is in
    [0, 1], `reason` a sentence for the reviewer."""

    kind: str
    stands: Mention | None
    other: Mention
    score: float
    reason: str

    @property
    def place(self) -> tuple[int, int, str]:
        """What is doubted: two findings of one place are one question to the reviewer."""
        return self.stands or (self.other.start, self.other.end, "")


def certainty(agreeing: int, places: int) -> float:
    """How one-sided `agreeing` of `places` is: the lower end of its 95 % interval, 0 of too few places."""
    if places < FEWEST_PLACES:
        return 0.0
    return interval_of(agreeing, places)[0]


def one_a_place(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings of one article that doubt the same, or characters in common, the one with the highest
    score; the highest first."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda found: (-found.score, found.place, found.other)):
        if not any(_same_question(one, earlier) for earlier in kept):
            kept.append(one)
    return kept


def quoted(text: str, start: int, end: int) -> str:
    """The words there in quotation marks, on one line and not too long."""
    words = " ".join(text[start:end].split())
    return f"“{words if len(words) <= _QUOTED else words[: _QUOTED - 1] + '…'}”"


def overlapping(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [one for one in mentions if one.meets(start, end)]


def _same_question(one: Finding, other: Finding) -> bool:
    if one.stands and other.stands:
        return one.stands == other.stands
    (a, b, _), (c, d, _) = one.place, other.place
    return a < d and c < b
