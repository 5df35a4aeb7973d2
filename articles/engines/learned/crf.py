"""Reading with a linear-chain conditional random field: which mentions are likely, and how likely.

Sums over all tag sequences by the forward-backward algorithm (Rabiner, 1989), many sequences at a time; the
probability of a mention is that of its first tag and of every step in it and out of it (Culotta and McCallum,
2004). CRFsuite, which trains the weights, cannot read them here: it believes what is in a file, and a hostile
one would end the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from articles.engines.learned.features import Seen
from articles.engines.learned.levels import OUTSIDE
from articles.engines.learned.looks import AROUND, Look
from articles.engines.learned.sums import Layout, Matrix, Numbers, sums
from articles.engines.learned.vocabulary import Vocabulary

# A mention is offered where one of any label begins as likely as this.
BEGINS = 0.4
GOES_ON = 0.5
LEAST = 1e-6  # probability that is told
LEAST_PROMISE = 0.02
MAX_CELLS = 25_000_000  # features x tags of weights: 100 MB
AT_ONCE = 1_000_000  # words x sequences x tags that are worked on at once
ONE_THREAD = 4 * 2**16  # multiplications: for more OpenBLAS wakes threads, which wait longer than they work
WORDS_AT_ONCE = 1024  # whose weights are gathered at once: what does not fit the cache takes twice the time
_WIDEST = 60.0  # between the scores of a word's tags: exp() of more is nothing
_STEEPEST = 30.0


@dataclass(frozen=True, slots=True)
class Weights:
    """`states[f, t]` is what the feature f says for the tag t, `steps[s, t]` what a tag s before it says."""

    tags: tuple[str, ...]
    features: tuple[str, ...]
    states: NDArray[np.float32]
    steps: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Run:
    """Words `[first, last)` of a sequence that are one mention, with the probability of just that."""

    first: int
    last: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Some sequences, one after the other: `numbers` says which, `starts` the rows of their first words.

    `likely[row, t]` is the probability of the tag t at a word; `onward[row, t]` that of the mention going on
    after it when its tag is t.
    """

    numbers: list[int]
    starts: Numbers
    likely: Matrix
    onward: Matrix

    def entropies(self) -> Matrix:
        """How unsure the tag of each word is, in bits."""
        found: Matrix = -(self.likely * np.log2(np.maximum(self.likely, 1e-30))).sum(1)
        return found


class Reader:
    """Reads sequences by weights."""

    def __init__(self, weights: Weights, vocabulary: Vocabulary) -> None:
        self.tags = weights.tags
        self._states = weights.states
        self._rows = np.full(len(vocabulary), -1)  # of the states, by the numbers of features
        self._rows[list(vocabulary.numbers(weights.features))] = np.arange(len(weights.features))
        self._outside = self.tags.index(OUTSIDE)
        self._begins = np.array([at for at, tag in enumerate(self.tags) if tag.startswith("B-")], np.int64)
        self._steps, self._first = _possible(self.tags, weights.steps.astype(np.float64))
        self._inside, goes_on = _inside(self.tags)
        self._steps_inside = self._steps[np.arange(len(self.tags)), self._inside] * goes_on

    def read(self, sequences: Sequence[Seen]) -> Iterator[Reading]:
        """Readings that hold all the sequences, as many at a time as memory is for."""
        for numbers in self._of_like_length(sequences):
            some = [sequences[number] for number in numbers]
            layout = Layout([len(one) for one in some])
            rows = layout.rows()
            emitted = np.empty((len(rows), len(self.tags)))
            emitted[rows] = self._emissions(some)
            likely, onward = self._sums(emitted, layout)
            starts = np.cumsum(layout.lengths) - layout.lengths
            yield Reading(numbers, starts, likely[rows], onward[rows])

    def runs(self, reading: Reading) -> Iterator[tuple[int, Run]]:
        """The mentions with the numbers of their sequences: they begin where that is likely and go on while
        that is."""
        begins = reading.likely[:, self._begins]
        rows = np.flatnonzero(begins.sum(1) >= BEGINS)
        tags = self._begins[begins[rows].argmax(1)] if len(rows) else rows
        places = np.searchsorted(reading.starts, rows, side="right") - 1
        reached = 0
        for row, tag, place in zip(rows.tolist(), tags.tolist(), places.tolist(), strict=True):
            if row >= reached:
                one = self._run(reading, row, tag, int(reading.starts[place]))
                reached = row + one.last - one.first
                yield reading.numbers[place], one

    def promises(self, reading: Reading) -> Iterator[tuple[int, int, float]]:
        """The numbers of sequences and of words in them that promise to teach something, with how much: see
        articles.domain.assignments.ordering."""
        found = (1 - reading.likely[:, self._outside]) * (1 + reading.entropies())
        rows = np.flatnonzero(found >= LEAST_PROMISE)
        places = np.searchsorted(reading.starts, rows, side="right") - 1
        within = rows - reading.starts[places]
        for place, word, promise in zip(places.tolist(), within.tolist(), found[rows].tolist(), strict=True):
            yield reading.numbers[place], word, promise

    def _run(self, reading: Reading, row: int, tag: int, start: int) -> Run:
        """The mention whose first word has this tag, in a sequence that starts at a row."""
        label, last, probability = self.tags[tag][2:], row, float(reading.likely[row, tag])
        while (onward := float(reading.onward[last, tag])) >= GOES_ON:
            probability *= onward
            last, tag = last + 1, int(self._inside[tag])
        sure = min(1.0, max(LEAST, probability * (1 - onward)))
        return Run(row - start, last + 1 - start, label, sure)

    def _of_like_length(self, sequences: Sequence[Seen]) -> Iterator[list[int]]:
        """The numbers of the sequences, the longest first."""
        left = sorted(range(len(sequences)), key=lambda number: -len(sequences[number]))
        while left:
            tags = len(self.tags)
            count = max(1, min(AT_ONCE // (len(sequences[left[0]]) * tags), ONE_THREAD // tags**2))
            yield left[:count]
            left = left[count:]

    def _emissions(self, sequences: Sequence[Seen]) -> Matrix:
        """exp() of what the features say, for each word of one sequence after the other."""
        found = self._scores(sequences)
        found -= found.max(1, keepdims=True)
        np.maximum(found, -_WIDEST, out=found)
        return np.exp(found, out=found)

    def _scores(self, sequences: Sequence[Seen]) -> Matrix:
        """What the known features of each word say together. Those of words by themselves are added up once a
        word, however often it comes."""
        numbers: dict[Look, int] = {}
        looks = [numbers.setdefault(look, len(numbers)) for seen in sequences for look in seen.looks]
        around = self._told([features for look in numbers for features in look.around])
        found = self._told([features for seen in sequences for features in seen.beside])
        for column, places in enumerate(_columns(np.array(looks), [len(seen) for seen in sequences])):
            found += around[places * len(AROUND) + column]
        return found

    def _told(self, words: Sequence[Sequence[int]]) -> Matrix:
        """What each of these lists of features says for each tag."""
        found = np.zeros((len(words), len(self.tags)))
        for first in range(0, len(words), WORDS_AT_ONCE):
            self._add(words[first : first + WORDS_AT_ONCE], found[first : first + WORDS_AT_ONCE])
        return found

    def _add(self, words: Sequence[Sequence[int]], found: Matrix) -> None:
        rows = self._rows[np.fromiter(chain.from_iterable(words), np.int64)]
        known = rows >= 0
        owner = np.repeat(np.arange(len(words)), [len(word) for word in words])[known]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        if len(starts):
            told = self._states.take(rows[known], axis=0)
            found[owner[starts]] = np.add.reduceat(told, starts, axis=0)

    def _sums(self, emitted: Matrix, layout: Layout) -> tuple[Matrix, Matrix]:
        """How likely each tag is, and that a mention goes on after it. Nothing goes on after a last word."""
        likely, backward, ahead = sums(emitted, self._first, self._steps, layout)
        before, onward = layout.before(), np.zeros_like(likely)
        into = ahead[len(layout.lengths) :, self._inside] * self._steps_inside
        onward[before] = np.minimum(into / backward[before], 1)
        return likely, onward


def _columns(looks: Numbers, lengths: Sequence[int]) -> Iterator[Numbers]:
    """Of each word the number of the word at each distance of AROUND."""
    beyond = len(AROUND) - 1  # looks of a sequence that are of no word of it
    number = np.repeat(np.arange(len(lengths)), lengths)
    first = np.arange(len(number)) + number * beyond
    for column in range(len(AROUND)):
        yield looks[first + column]


def _inside(tags: Sequence[str]) -> tuple[NDArray[np.int64], Matrix]:
    """For each tag the number of the I- tag of its label, and whether there is one."""
    numbers = {tag: number for number, tag in enumerate(tags)}
    found = [numbers.get(f"I-{tag[2:]}", -1) if tag != OUTSIDE else -1 for tag in tags]
    return np.array(found), np.array([number >= 0 for number in found])


def _possible(tags: Sequence[str], steps: Matrix) -> tuple[Matrix, Matrix]:
    """exp() of the steps, and of the first tags: a mention goes on only after a beginning of its label."""
    goes_on = np.array([tag.startswith("I-") for tag in tags])
    same = np.array([[before[2:] == after[2:] and before != OUTSIDE for after in tags] for before in tags])
    allowed = ~goes_on[None, :] | same
    return np.where(allowed, np.exp(steps.clip(-_STEEPEST, _STEEPEST)), 0), np.where(goes_on, 0.0, 1.0)
