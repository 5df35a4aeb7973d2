"""What two readings of one article have in common, as counts that can be added up over articles.

All figures of the agreement page are computed from these counts, so each pair of readings is compared only
once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from articles.domain.measures.alignment import Kind, Match, match_mentions
from articles.domain.measures.confusion import NOTHING, Cell
from articles.domain.measures.f_measure import Mention
from articles.domain.measures.scores import most_meeting

# Of these counts. What was counted in another way is counted again.
METHOD = 1
# The counts of mentions among those of a label, and those of what the mentions cover.
OF_MENTIONS, OF_COVER = slice(0, 4), slice(4, 8)

Link = tuple[str, Mention, Mention]
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person says of one article. A link is a relation's type with the mentions at its ends."""

    mentions: frozenset[Mention] = frozenset()
    links: frozenset[Link] = frozenset()
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Where the tokens of a text begin and end, in code points, and how long the text is."""

    starts: Sequence[int]
    ends: Sequence[int]
    length: int


class LabelCounts(NamedTuple):
    """The counts of one label: how many mentions each reading has, how many are the same in both, and how
    many overlap (each matched once); how many code points each reading covers, and both; the sum of the
    squared lengths of the units of both readings; how many mentions were matched with other bounds."""

    first: int = 0
    second: int = 0
    exact: int = 0
    overlapping: int = 0
    covered_first: int = 0
    covered_second: int = 0
    covered_both: int = 0
    squares: int = 0
    boundary: int = 0


class LinkCounts(NamedTuple):
    """The counts of one type of relation: how many each reading has; how many are in both, once their ends
    are matched; and how many of each have ends that the other reading has marked, too."""

    first: int = 0
    second: int = 0
    common: int = 0
    possible_first: int = 0
    possible_second: int = 0


class TokenCounts(NamedTuple):
    """How many tokens have one label: in the first reading, in the second, in both."""

    first: int = 0
    second: int = 0
    both: int = 0


@dataclass(frozen=True, slots=True)
class PairCounts:
    """`confused` counts mentions under two different labels at the same bounds, or under one and `NOTHING`.
    A token counts under the label of the shortest mention that reaches into it, or under `NOTHING`. `said` is
    the labels that each gave to the article."""

    length: int = 0
    labels: Mapping[str, LabelCounts] = field(default_factory=dict)
    confused: Mapping[Cell, int] = field(default_factory=dict)
    tokens: Mapping[str, TokenCounts] = field(default_factory=dict)
    links: Mapping[str, LinkCounts] = field(default_factory=dict)
    said: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    def to_json(self) -> dict[str, Any]:
        return {
            "length": self.length,
            "labels": {name: list(one) for name, one in self.labels.items()},
            "confused": [[*cell, count] for cell, count in sorted(self.confused.items())],
            "tokens": {name: list(one) for name, one in self.tokens.items()},
            "links": {name: list(one) for name, one in self.links.items()},
            "said": [sorted(one) for one in self.said],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        first, second = data["said"]
        return cls(
            data["length"],
            {name: LabelCounts(*one) for name, one in data["labels"].items()},
            {(a, b): count for a, b, count in data["confused"]},
            {name: TokenCounts(*one) for name, one in data["tokens"].items()},
            {name: LinkCounts(*one) for name, one in data["links"].items()},
            (frozenset(first), frozenset(second)),
        )

    def only(self, label: str) -> Self:
        """What concerns that label alone."""
        found = self.labels.get(label)
        confused = {cell: count for cell, count in self.confused.items() if label in cell}
        return type(self)(self.length, {label: found} if found else {}, confused)


def count_pair(tokens: Tokens, first: Reading, second: Reading) -> PairCounts:
    """Compare two readings of the text that has these tokens."""
    matches = match_mentions(first.mentions, second.mentions)
    return PairCounts(
        length=tokens.length,
        labels=_label_counts(first.mentions, second.mentions, matches),
        confused=_confused(matches),
        tokens=_token_counts(tokens, first.mentions, second.mentions),
        links=link_counts(first.links, second.links, matches) if first.links or second.links else {},
        said=(first.labels, second.labels),
    )


def _label_counts(
    first: Iterable[Mention], second: Iterable[Mention], matches: Iterable[Match]
) -> dict[str, LabelCounts]:
    kinds = Counter((one.kind, one.first[2]) for one in matches if one.first)
    of_first, of_second = _by_label(first), _by_label(second)
    return {
        name: _counts(of_first[name], of_second[name], kinds[Kind.SAME, name], kinds[Kind.BOUNDARY, name])
        for name in sorted(of_first.keys() | of_second.keys())
    }


def _by_label(mentions: Iterable[Mention]) -> defaultdict[str, list[Mention]]:
    """In order of the text."""
    found = defaultdict[str, list[Mention]](list)
    for one in sorted(mentions):
        found[one[2]].append(one)
    return found


def _counts(first: list[Mention], second: list[Mention], exact: int, boundary: int) -> LabelCounts:
    units = _units(first)
    covered, squares = _measure(units)
    if first == second:
        return LabelCounts(exact, exact, exact, exact, covered, covered, covered, 2 * squares)
    others = _units(second)
    covered_second, more = _measure(others)
    return LabelCounts(
        len(first),
        len(second),
        exact,
        most_meeting(first, second),
        covered,
        covered_second,
        _common(units, others),
        squares + more,
        boundary,
    )


def _units(mentions: Sequence[Mention]) -> list[Stretch]:
    """The stretches of one label, in order. Stretches that overlap are one unit, those that only touch are
    two."""
    pieces = [piece for start, end, _, gaps in mentions for piece in gaps or ((start, end),)]
    units: list[Stretch] = []
    last = 0
    for start, end in sorted(pieces):
        if start < last:
            units[-1] = (units[-1][0], max(end, last))
        else:
            units.append((start, end))
        last = units[-1][1]
    return units


def _measure(units: Iterable[Stretch]) -> tuple[int, int]:
    """The sum of their lengths, and the sum of the squares of their lengths."""
    lengths = [end - start for start, end in units]
    return sum(lengths), sum(length * length for length in lengths)


def _common(units: Sequence[Stretch], others: Sequence[Stretch]) -> int:
    """The length that both cover."""
    shared = place = 0
    for start, end in units:
        while place < len(others) and others[place][1] <= start:
            place += 1
        at = place
        while at < len(others) and others[at][0] < end:
            shared += min(end, others[at][1]) - max(start, others[at][0])
            at += 1
    return shared


def _confused(matches: Iterable[Match]) -> dict[Cell, int]:
    cells = (
        (one.first[2] if one.first else NOTHING, one.second[2] if one.second else NOTHING)
        for one in matches
        if one.kind in (Kind.LABEL, Kind.ALONE)
    )
    return dict(Counter(cells))


def _token_counts(
    tokens: Tokens, first: frozenset[Mention], second: frozenset[Mention]
) -> dict[str, TokenCounts]:
    a, b = _under(tokens, first), _under(tokens, second)
    in_a, in_b = Counter(a), Counter(b)
    both = Counter(mine for mine, other in zip(a, b, strict=True) if mine == other)
    names = sorted(in_a.keys() | in_b.keys())
    return {name: TokenCounts(in_a[name], in_b[name], both[name]) for name in names}


def _under(tokens: Tokens, mentions: Iterable[Mention]) -> list[str]:
    """For each token, the label of the shortest mention that overlaps it."""
    under = [NOTHING] * len(tokens.starts)
    for start, end, label, gaps in sorted(mentions, key=_longest_first):
        for begin, stop in gaps or ((start, end),):
            low, high = bisect_right(tokens.ends, begin), bisect_left(tokens.starts, stop)
            under[low:high] = [label] * (high - low)
    return under


def _longest_first(one: Mention) -> tuple[int, str]:
    return one[0] - one[1], one[2]


def link_counts(
    first: Collection[Link], second: Collection[Link], matches: Iterable[Match]
) -> dict[str, LinkCounts]:
    """The counts by type of relation. `matches` says which mention of the one reading corresponds to which of
    the other."""
    partners = {one.first: one.second for one in matches if one.first and one.second}
    known = set(partners.values())
    possible = {
        (type_, partners[source], partners[target])
        for type_, source, target in first
        if source in partners and target in partners
    }
    also = [one for one in second if one[1] in known and one[2] in known]
    found = (first, second, possible & set(second), possible, also)
    counts = [Counter(one[0] for one in links) for links in found]
    names = sorted(counts[0].keys() | counts[1].keys())
    return {name: LinkCounts(*(one[name] for one in counts)) for name in names}
