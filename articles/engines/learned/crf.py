"""Reading with a linear-chain conditional random field: which mentions are likely, and how likely.

Sums over all tag sequences by the forward-backward algorithm (Rabiner, 1989), many sequences at a time; the
probability of a mention is that of its first tag and of every step in it and out of it (Culotta and McCallum,
2004). CRFsuite, which trains the weights, cannot read them here: it believes what is in a file, and a hostile
one would end the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from articles.engines.learned.features import Observations
from articles.engines.learned.levels import OUTSIDE

Matrix = NDArray[np.float64]

# A mention is offered where one of any label begins as likely as this.
BEGINS = 0.4
GOES_ON = 0.5
LEAST = 1e-6  # probability that is told
MAX_CELLS = 25_000_000  # features x tags of weights: 100 MB
AT_ONCE = 1_000_000  # words x sequences x tags that are worked on at once
WORDS_AT_ONCE = 128  # whose weights are gathered at once: what does not fit the cache takes twice the time
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
    """`likely[w, t]` is the probability of the tag t at the word w; `onward[w, t]` that of the mention going
    on after w when its tag is t."""

    likely: Matrix
    onward: Matrix

    def entropy(self) -> float:
        """How unsure the tags are: the sum of their entropies, in nats."""
        return float(-(self.likely * np.log(np.maximum(self.likely, 1e-30))).sum())


class Reader:
    """Reads sequences by weights. Memory goes with the longest sequence times their number."""

    def __init__(self, weights: Weights) -> None:
        self.tags = weights.tags
        self._number = {feature: number for number, feature in enumerate(weights.features)}
        self._states = weights.states
        self._begins = np.array([tag.startswith("B-") for tag in self.tags])
        self._steps, self._first = _possible(self.tags, weights.steps.astype(np.float64))
        self._inside, goes_on = _inside(self.tags)
        self._steps_inside = self._steps[np.arange(len(self.tags)), self._inside] * goes_on

    def read(self, sequences: Sequence[Observations]) -> list[Reading]:
        """A reading for each sequence, in their order."""
        found: dict[int, Reading] = {}
        for some in self._of_like_length(sequences):
            emitted, lengths = self._emissions([sequences[at] for at in some])
            found |= zip(some, self._sums(emitted, lengths), strict=True)
        return [found[at] for at in range(len(sequences))]

    def runs(self, reading: Reading) -> Iterator[Run]:
        """The mentions, in order: they begin where that is likely and go on while that is."""
        begins = np.where(self._begins, reading.likely, 0)
        reached = 0
        for first in np.flatnonzero(begins.sum(1) >= BEGINS).tolist():
            if first >= reached:
                one = self._run(reading, first, int(begins[first].argmax()))
                reached = one.last
                yield one

    def _run(self, reading: Reading, first: int, tag: int) -> Run:
        """The mention whose first word has this tag."""
        label, last, probability = self.tags[tag][2:], first, float(reading.likely[first, tag])
        while (onward := float(reading.onward[last, tag])) >= GOES_ON:
            probability *= onward
            last, tag = last + 1, int(self._inside[tag])
        return Run(first, last + 1, label, min(1.0, max(LEAST, probability * (1 - onward))))

    def _of_like_length(self, sequences: Sequence[Observations]) -> Iterator[list[int]]:
        """The places of the sequences, the longest first, as many at a time as memory is for."""
        left = sorted(range(len(sequences)), key=lambda at: -len(sequences[at]))
        while left:
            count = max(1, AT_ONCE // max(1, len(sequences[left[0]]) * len(self.tags)))
            yield left[:count]
            left = left[count:]

    def _emissions(self, sequences: Sequence[Observations]) -> tuple[Matrix, list[int]]:
        """exp() of what the features say: words x sequences x tags, the longest sequence first."""
        lengths = [len(sequence) for sequence in sequences]
        found = np.zeros((max(lengths), len(lengths), len(self.tags)))
        number = np.repeat(np.arange(len(lengths)), lengths)
        word = np.concatenate([np.arange(length) for length in lengths])
        found[word, number] = self._scores([word for sequence in sequences for word in sequence])
        found -= found.max(2, keepdims=True)
        return np.exp(found.clip(-_WIDEST, 0)), lengths

    def _scores(self, words: Observations) -> Matrix:
        """What the known features of each word say together."""
        found = np.zeros((len(words), len(self.tags)))
        for first in range(0, len(words), WORDS_AT_ONCE):
            self._add_scores(words[first : first + WORDS_AT_ONCE], found[first : first + WORDS_AT_ONCE])
        return found

    def _add_scores(self, words: Observations, found: Matrix) -> None:
        unknown = len(self._number)
        places = map(self._number.get, chain.from_iterable(words), repeat(unknown))
        features = np.fromiter(places, np.int64)
        known = np.flatnonzero(features != unknown)
        owner = np.repeat(np.arange(len(words)), [len(word) for word in words])[known]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        if len(starts):
            told = self._states.take(features[known], axis=0)
            found[owner[starts]] = np.add.reduceat(told, starts, axis=0)

    def _sums(self, emitted: Matrix, lengths: Sequence[int]) -> list[Reading]:
        ends = np.array(lengths, np.int64)
        there = [int((ends > word).sum()) for word in range(len(emitted))]  # sequences that are so long
        forward, scale = self._forward(emitted, there)
        backward = self._backward(emitted, scale, there)
        likely = forward * backward
        onward = np.zeros_like(likely)
        ahead = (emitted * backward)[1:, :, self._inside] / scale[1:, :, None]
        onward[:-1] = ahead * self._steps_inside / backward[:-1]
        return [
            Reading(_summing_to_one(likely[:end, number]), _ending(onward[:end, number]))
            for number, end in enumerate(lengths)
        ]

    def _forward(self, emitted: Matrix, there: Sequence[int]) -> tuple[Matrix, Matrix]:
        """Probabilities of each tag given the words up to it, and what each word's were divided by."""
        found, scale = np.zeros_like(emitted), np.ones(emitted.shape[:2])
        for word, count in enumerate(there):
            before = found[word - 1, :count] @ self._steps if word else self._first
            here = before * emitted[word, :count]
            scale[word, :count] = here.sum(1)
            found[word, :count] = here / scale[word, :count, None]
        return found, scale

    def _backward(self, emitted: Matrix, scale: Matrix, there: Sequence[int]) -> Matrix:
        found = np.ones_like(emitted)
        for word in range(len(there) - 1, 0, -1):
            count = there[word]
            ahead = emitted[word, :count] * found[word, :count] / scale[word, :count, None]
            found[word - 1, :count] = ahead @ self._steps.T
        return found


def _summing_to_one(likely: Matrix) -> Matrix:
    total: Matrix = likely.sum(1, keepdims=True)
    return likely / total


def _ending(onward: Matrix) -> Matrix:
    """Nothing goes on after the last word."""
    onward[-1:] = 0
    return onward.clip(0, 1)


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
