"""An answer held against gold: a score, and each place where they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from articles.domain.agreement import Mention, f1
from articles.domain.alignment import Kind, Match, align


class Fault(StrEnum):
    MISSED = "missed"
    EXTRA = "extra"
    LABEL = "label"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a layer says: its entities, and the labels of the article as a whole."""

    mentions: frozenset[Mention] = frozenset()
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grade:
    """F1 from 0 to 1: entities with the same bounds and label; those that overlap with the same label, each
    matched once; and article labels."""

    exact: float
    overlap: float
    labels: float


@dataclass(frozen=True, slots=True)
class Compared:
    """How many entities gold has, how many were given, how many are the same in both, and how many overlap
    with the same label, each matched once."""

    in_gold: int
    given: int
    same: int
    overlapping: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where gold and the answer differ; one of the two is missing where the other stands alone."""

    fault: Fault
    gold: Mention | None
    answer: Mention | None

    @property
    def bounds(self) -> tuple[int, int]:
        """Of both together, in code points."""
        there = [one for one in (self.gold, self.answer) if one]
        return min(one[0] for one in there), max(one[1] for one in there)


def grade(gold: Answer, answer: Answer) -> Grade:
    found = compare(gold.mentions, answer.mentions)
    return Grade(
        f1(found.same, found.in_gold, found.given),
        f1(found.overlapping, found.in_gold, found.given),
        f1(len(gold.labels & answer.labels), len(gold.labels), len(answer.labels)),
    )


def compare(gold: Collection[Mention], answer: Collection[Mention]) -> Compared:
    kinds = [one.kind for one in align(gold, answer)]
    same = kinds.count(Kind.SAME)
    return Compared(len(gold), len(answer), same, same + kinds.count(Kind.BOUNDARY))


def differences(gold: Collection[Mention], answer: Collection[Mention]) -> list[Difference]:
    """All that is not the same, in reading order."""
    return sorted(_differences(gold, answer), key=lambda one: (one.bounds, one.fault))


def _differences(gold: Collection[Mention], answer: Collection[Mention]) -> Iterator[Difference]:
    for match in align(gold, answer):
        if match.kind is not Kind.SAME:
            yield Difference(_fault(match), match.first, match.second)


def _fault(match: Match) -> Fault:
    if match.kind is Kind.ALONE:
        return Fault.MISSED if match.first else Fault.EXTRA
    return Fault.LABEL if match.kind is Kind.LABEL else Fault.BOUNDARY
