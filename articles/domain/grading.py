"""An answer compared with gold: a score, and each place where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Self
from uuid import UUID

from articles.domain.agreement.pair_counts import Link, link_counts
from articles.domain.chains import chains_of
from articles.domain.gold.disagreements import Reading
from articles.domain.gold.entities import mention
from articles.domain.measures.alignment import Kind, Match, match_mentions
from articles.domain.measures.f_measure import Mention, f1
from articles.domain.spans import Relation, Span


class Fault(StrEnum):
    MISSED = "missed"
    EXTRA = "extra"
    LABEL = "label"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a layer says: its entities, the relations between them, the values of their attributes, and the
    labels of the article as a whole. Of chains, each mention is linked to the next one in the text."""

    mentions: frozenset[Mention] = frozenset()
    labels: frozenset[str] = frozenset()
    links: frozenset[Link] = frozenset()
    attributes: Mapping[Mention, frozenset[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, chain_types: Collection[str]) -> Self:
        """`chain_types` are the relations that form chains: how a chain is linked does not matter."""
        said = {id_: mention(span) for id_, span in reading.spans.items()}
        attributes = {mention(one): _values(one) for one in reading.spans.values() if one.attributes}
        links = frozenset(_links(reading.relations.values(), said, chain_types))
        return cls(frozenset(said.values()), reading.labels, links, attributes)


@dataclass(frozen=True, slots=True)
class Grade:
    """F1 from 0 to 1: entities with the same bounds and label; those that overlap with the same label, each
    matched once; article labels; relations and attribute values of entities that were matched. The last two
    are None where neither side has any."""

    exact: float
    overlap: float
    labels: float
    relations: float | None = None
    attributes: float | None = None


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
    matches = match_mentions(gold.mentions, answer.mentions)
    found = _compared(matches, gold.mentions, answer.mentions)
    return Grade(
        f1(found.same, found.in_gold, found.given),
        f1(found.overlapping, found.in_gold, found.given),
        f1(len(gold.labels & answer.labels), len(gold.labels), len(answer.labels)),
        _relations(gold, answer, matches),
        _attributes(gold, answer, matches),
    )


def compare(gold: Collection[Mention], answer: Collection[Mention]) -> Compared:
    return _compared(match_mentions(gold, answer), gold, answer)


def _compared(matches: Sequence[Match], gold: Collection[Mention], answer: Collection[Mention]) -> Compared:
    kinds = Counter(one.kind for one in matches)
    return Compared(len(gold), len(answer), kinds[Kind.SAME], kinds[Kind.SAME] + kinds[Kind.BOUNDARY])


def _relations(gold: Answer, answer: Answer, matches: Sequence[Match]) -> float | None:
    """As agreement counts them, over all types."""
    if not (gold.links or answer.links):
        return None
    common = sum(one.common for one in link_counts(gold.links, answer.links, matches).values())
    return f1(common, len(gold.links), len(answer.links))


def _attributes(gold: Answer, answer: Answer, matches: Sequence[Match]) -> float | None:
    sides = (gold.attributes, answer.attributes)
    in_gold, given = (sum(map(len, side.values())) for side in sides)
    if not (in_gold or given):
        return None
    nothing = frozenset[tuple[str, str]]()
    common = sum(
        len(gold.attributes.get(one.first, nothing) & answer.attributes.get(one.second, nothing))
        for one in matches
        if one.first and one.second
    )
    return f1(common, in_gold, given)


def _values(span: Span) -> frozenset[tuple[str, str]]:
    return frozenset((name, repr(value)) for name, value in span.attributes.items())


def _links(
    relations: Collection[Relation], said: Mapping[UUID, Mention], chain_types: Collection[str]
) -> Iterator[Link]:
    for one in relations:
        if one.type not in chain_types:
            yield one.type, said[one.source], said[one.target]
    for type_ in chain_types:
        for chain in chains_of([one for one in relations if one.type == type_]):
            for before, after in pairwise(sorted(said[id_] for id_ in chain)):
                yield type_, before, after


def differences(gold: Collection[Mention], answer: Collection[Mention]) -> list[Difference]:
    """All that is not the same, in reading order."""
    return sorted(_differences(gold, answer), key=lambda one: (one.bounds, one.fault))


def _differences(gold: Collection[Mention], answer: Collection[Mention]) -> Iterator[Difference]:
    for match in match_mentions(gold, answer):
        if match.kind is not Kind.SAME:
            yield Difference(_fault(match), match.first, match.second)


def _fault(match: Match) -> Fault:
    if match.kind is Kind.ALONE:
        return Fault.MISSED if match.first else Fault.EXTRA
    return Fault.LABEL if match.kind is Kind.LABEL else Fault.BOUNDARY
