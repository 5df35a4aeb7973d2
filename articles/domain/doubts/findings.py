"""Likely errors in finished work: what they are, how strong the evidence is, and which to show.

The evidence is a proportion of other places, and 3 of 3 says less than 30 of 30. So the score is the lower
end of the proportion's 95 % interval (Wilson, "Probable inference, the law of succession, and statistical
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
    """`stands` is what gold has (None: nothing), `other` is what may be right instead. `score` is in [0, 1],
    `reason` is a sentence for the reviewer."""

    kind: str
    stands: Mention | None
    other: Mention
    score: float
    reason: str

    @property
    def place(self) -> tuple[int, int, str]:
        """The place in question. Two findings about one place are one question to the reviewer."""
        return self.stands or (self.other.start, self.other.end, "")


def certainty(agreeing: int, places: int) -> float:
    """How sure `agreeing` of `places` makes it: the lower end of the 95 % interval, and 0 where there are too
    few places."""
    if places < FEWEST_PLACES:
        return 0.0
    return interval_of(agreeing, places)[0]


def one_a_place(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings of one article about the same or overlapping places, only the one with the highest score;
    the highest first."""
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
