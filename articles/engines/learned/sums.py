"""Sums over all tag sequences by the forward-backward algorithm (Rabiner, 1989), many sequences at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Numbers = NDArray[np.int64]


class Layout:
    """Where the words of sequences lie, in rows: all first words, then all second words, and so on, each time
    in the order of the sequences. So words that are worked on at once are neighbours, and no row is empty."""

    def __init__(self, lengths: Sequence[int]) -> None:
        """`lengths` of the sequences in words, the longest first; none is 0."""
        self.lengths: Numbers = np.array(lengths)
        self._there: Numbers = np.searchsorted(-self.lengths, -np.arange(lengths[0]))  # that are so long
        ends = np.cumsum(self._there).tolist()
        self.steps = [slice(start, end) for start, end in pairwise([0, *ends])]

    def rows(self) -> Numbers:
        """Of the words of the first sequence, then of the second, and so on."""
        begins = np.repeat(np.cumsum(self.lengths) - self.lengths, self.lengths)
        word = np.arange(len(begins)) - begins
        starts = np.array([step.start for step in self.steps])
        found: Numbers = starts[word] + np.repeat(np.arange(len(self.lengths)), self.lengths)
        return found

    def before(self) -> Numbers:
        """The row of the word before, for each row but those of first words."""
        later = np.arange(len(self.lengths), self.steps[-1].stop)
        found: Numbers = later - np.repeat(self._there[:-1], self._there[1:])
        return found


def sums(emitted: Matrix, first: Matrix, steps: Matrix, layout: Layout) -> tuple[Matrix, Matrix, Matrix]:
    """Rows of tags: how likely each is; what the words after it say for it; what it and they say for it, to
    be multiplied by the step to it.

    `emitted[row]` are the factors of the tags at a word, `first` of those at a first word, `steps` those of
    one tag after the other.
    """
    forward, scale = _forward(emitted, first, steps, layout)
    backward, ahead = _backward(emitted / scale, steps, layout)
    likely = forward * backward
    likely /= likely.sum(1, keepdims=True)
    return likely, backward, ahead


def _forward(emitted: Matrix, first: Matrix, steps: Matrix, layout: Layout) -> tuple[Matrix, Matrix]:
    """Probabilities of each tag given the words up to it, and what each word's were divided by."""
    found, scale = np.empty_like(emitted), np.empty((len(emitted), 1))
    expected = np.broadcast_to(first, emitted[layout.steps[0]].shape)
    for step, after in zip(layout.steps, [*layout.steps[1:], slice(0, 0)], strict=True):
        here = expected * emitted[step]
        scale[step] = here.sum(1, keepdims=True)
        here /= scale[step]
        found[step] = here
        expected = here[: after.stop - after.start] @ steps
    return found, scale


def _backward(emitted: Matrix, steps: Matrix, layout: Layout) -> tuple[Matrix, Matrix]:
    found, ahead = np.ones_like(emitted), emitted
    for step, before in zip(layout.steps[:0:-1], layout.steps[-2::-1], strict=True):
        ahead[step] *= found[step]
        np.matmul(ahead[step], steps.T, out=found[before.start : before.start + step.stop - step.start])
    return found, ahead
