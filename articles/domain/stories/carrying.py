"""Two texts of one story aligned, and what was marked in the one carried over to the other.

Sentences that are the same are matched first, then the words of what lies between them (Ratcliff &
Obershelp's matching, as in `difflib`). White space does not count, because a reprint has other line ends. All
positions are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from uuid import UUID

from articles.domain.spans import Link, Relation, Span, Suggestion, reading_order
from articles.domain.texts.tokens import Bounds, all_tokens, sentences

# Fewer words in a row that are the same are so by chance.
FEWEST_WORDS = 3
# Of one comparison: pairs of equal elements, by which its time grows. What has more is taken for different.
MOST_PAIRS = 200_000

# Where a run of equal elements begins in the first and in the second sequence, and how many they are.
_Run = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Carried:
    """`suggestions` lie in the second text. `doubtful` spans and `lost` relations are those of the first that
    have no certain place there."""

    suggestions: Sequence[Suggestion]
    doubtful: Sequence[Span]
    lost: Sequence[Relation]


class Alignment:
    """Which words of the first text are the same in the second, in the same order."""

    def __init__(self, first: str, second: str) -> None:
        self.first, self.second = _Words(first), _Words(second)
        runs = _joined(_word_runs(self.first, self.second))
        whole = min(len(self.first.bounds), len(self.second.bounds))
        self.runs = [run for run in runs if run[2] >= min(FEWEST_WORDS, whole)]
        self._partners: list[int | None] = [None] * len(self.first.bounds)
        for start, other, count in self.runs:
            self._partners[start : start + count] = range(other, other + count)

    def place(self, start: int, end: int) -> Bounds | None:
        """Where the words of `[start, end)` stand in the second text, if they lie in one stretch that is the
        same in both."""
        bounds = self.first.bounds
        first, last = self.first.at(start), self.first.at(end - 1)
        if first is None or last is None:
            return None
        there, until = self._partners[first], self._partners[last]
        if there is None or until is None or None in self._partners[first:last]:
            return None
        if until - there != last - first:
            return None
        others = self.second.bounds
        return others[there][0] + start - bounds[first][0], others[until][0] + end - bounds[last][0]

    def stretches(self) -> list[tuple[int, int, int, int]]:
        """The stretches that are the same in both: start and end in the first text, then in the second, in
        code points."""
        ours, theirs = self.first.bounds, self.second.bounds
        return [
            (ours[one][0], ours[one + count - 1][1], theirs[two][0], theirs[two + count - 1][1])
            for one, two, count in self.runs
        ]


@dataclass(frozen=True)
class _Words:
    """A text with the bounds of its words, which are tokens: punctuation is one, too."""

    text: str

    @cached_property
    def bounds(self) -> list[Bounds]:
        return all_tokens(self.text)

    @cached_property
    def starts(self) -> list[int]:
        return [start for start, _ in self.bounds]

    @cached_property
    def words(self) -> list[str]:
        return [self.text[start:end] for start, end in self.bounds]

    @cached_property
    def sentences(self) -> list[Bounds]:
        """As `[first, last)` of the words, all of them in order."""
        begins = {bisect_left(self.starts, start) for start, _ in sentences(self.text)}
        borders = sorted({0, *begins, len(self.bounds)})
        return list(pairwise(borders))

    def at(self, position: int) -> int | None:
        """The word in which that code point lies."""
        found = bisect_right(self.starts, position) - 1
        return found if found >= 0 and position < self.bounds[found][1] else None


def _word_runs(one: _Words, other: _Words) -> Iterator[_Run]:
    mine = [tuple(one.words[start:end]) for start, end in one.sentences]
    theirs = [tuple(other.words[start:end]) for start, end in other.sentences]
    done, other_done = 0, 0
    for first, second, count in [*_runs(mine, theirs), (len(mine), len(theirs), 0)]:
        start, other_start = _begin(one, first), _begin(other, second)
        between = _runs(one.words[done:start], other.words[other_done:other_start])
        yield from ((done + left, other_done + right, length) for left, right, length in between)
        done, other_done = _begin(one, first + count), _begin(other, second + count)
        yield start, other_start, done - start


def _begin(words: _Words, sentence: int) -> int:
    """The first word of that sentence."""
    return words.sentences[sentence][0] if sentence < len(words.sentences) else len(words.bounds)


def _runs(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[_Run]:
    """Stretches of elements that are the same in both, in order."""
    before = _common(one, other)
    after = _common(one[before:][::-1], other[before:][::-1])
    middle, other_middle = one[before : len(one) - after], other[before : len(other) - after]
    counts = Counter(other_middle)
    found: list[_Run] = [(0, 0, before)]
    if sum(counts[element] for element in middle) <= MOST_PAIRS:
        matcher = SequenceMatcher(None, middle, other_middle, autojunk=False)
        found += [(before + a, before + b, size) for a, b, size in matcher.get_matching_blocks()]
    return [*found, (len(one) - after, len(other) - after, after)]


def _common(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many elements at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """The same runs, with those that continue each other joined and empty ones removed."""
    joined: list[_Run] = []
    for start, other, count in runs:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (start, other):
            start, other, before = joined.pop()
            count += before
        if count:
            joined.append((start, other, count))
    return joined


def carry_over(spans: Iterable[Span], relations: Iterable[Relation], alignment: Alignment) -> Carried:
    """What was marked in the first text as suggestions for the second.

    A span comes along if all its words lie in one stretch that is the same in both, and so has the same words
    there; a relation if both its ends do. Spans with gaps do not: nobody can suggest them.
    """
    places, doubtful = dict[UUID, tuple[int, int, str]](), list[Span]()
    for span in sorted(spans, key=reading_order):
        place = None if span.fragments else alignment.place(span.start, span.end)
        if place:
            places[span.id] = (*place, span.label)
        else:
            doubtful.append(span)
    links, lost = defaultdict[UUID, list[Link]](list), list[Relation]()
    for relation in relations:
        if relation.source in places and relation.target in places:
            links[relation.source].append(Link(relation.type, *places[relation.target]))
        else:
            lost.append(relation)
    suggestions = [Suggestion(*place, links=tuple(links[id_])) for id_, place in places.items()]
    return Carried(suggestions, doubtful, lost)
