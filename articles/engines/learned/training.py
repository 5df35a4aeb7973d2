"""Training of linear-chain conditional random fields (Lafferty et al., 2001) by CRFsuite."""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycrfsuite import BaseTrainer, Tagger

from articles.engines.learned.crf import MAX_CELLS, Weights
from articles.engines.learned.features import Seen
from articles.engines.learned.lessons import Example
from articles.engines.learned.levels import OUTSIDE
from articles.engines.learned.vocabulary import Vocabulary

# The exact likelihood (Nocedal's L-BFGS) teaches more from little gold and knows how sure it is, but a pass
# takes time by the square of the tags. Past this much the averaged perceptron (Collins, 2002) is used.
MOST_WORK = 60_000_000  # words x tags x tags: 15 seconds
# It ends when ten passes gained less than a hundredth: F1 on wikigold is the same as after all 60, and so is
# that of the perceptron after 7 passes and after 10.
LIKELIHOOD = {"c1": 0.1, "c2": 0.3, "max_iterations": 60, "delta": 0.01}
PERCEPTRON = {"max_iterations": 7}
SEED = 1
LEAST = 0.001  # weights below it change nothing

# CRFsuite shuffles the examples with C's own rand(), which it never seeds.
_seed = ctypes.CDLL(None).srand
_LINE = re.compile(r"  \((0|1)\) (\d+) --> (\d+): (\S+)\n")


class _Trainer(BaseTrainer):  # type: ignore[misc]
    """Tells of each pass over the examples. What is raised then stops the training."""

    def __init__(self, after_pass: Callable[[], object]) -> None:
        super().__init__()
        self._after_pass = after_pass

    def message(self, message: str) -> None:
        if message.startswith("***** "):
            self._after_pass()


class Learner:
    """Collects examples, and learns from them. The same examples give the same weights.

    CRFsuite sees numbers for features and tags, whatever is in their names.
    """

    def __init__(self, vocabulary: Vocabulary, after_pass: Callable[[], object] = lambda: None) -> None:
        self._trainer = _Trainer(after_pass)
        self._vocabulary = vocabulary
        self._names: list[str] = []
        self._numbers = {OUTSIDE: "0"}
        self._words = 0

    def add(self, examples: Iterable[Example]) -> None:
        for seen, tags in examples:
            self._words += len(tags)
            numbers = [self._numbers.setdefault(tag, str(len(self._numbers))) for tag in tags]
            self._trainer.append(self._named(seen), numbers)

    def _named(self, seen: Seen) -> list[list[str]]:
        """What is seen at each word, as CRFsuite takes it."""
        self._names.extend(map(str, range(len(self._names), len(self._vocabulary))))
        return [[*map(self._names.__getitem__, features)] for features in seen.features()]

    def weights(self) -> Weights:
        """What the examples teach."""
        _choose(self._trainer, self._words * len(self._numbers) ** 2)
        with TemporaryDirectory() as folder:  # CRFsuite writes to files only
            model, text = f"{folder}/model", f"{folder}/text"
            _seed(SEED)
            self._trainer.train(model)
            self._trainer.clear()
            tagger = Tagger()
            with tagger.open(model):
                tagger.dump(text)
            return _weights(tuple(self._numbers), self._vocabulary.features(), text)


def _choose(trainer: _Trainer, work: int) -> None:
    exact = work <= MOST_WORK
    trainer.select("lbfgs" if exact else "ap", "crf1d")
    trainer.set_params(LIKELIHOOD if exact else PERCEPTRON)


def _weights(tags: Sequence[str], features: Sequence[str], text: str) -> Weights:
    """The weights that CRFsuite's listing of a model shows."""
    steps = np.zeros((len(tags), len(tags)), np.float32)
    rows, columns, values = array("q"), array("q"), array("f")
    for kind, source, tag, weight in _listed(text):
        if kind == "1":
            steps[source, tag] = weight
        elif abs(weight) >= LEAST:
            rows.append(source)
            columns.append(tag)
            values.append(weight)
    row, column, value = np.array(rows), np.array(columns), np.array(values)
    kept = _strongest(row, value, len(features), MAX_CELLS // len(tags))
    place = np.full(len(features), -1)
    place[kept] = np.arange(len(kept))
    there = place[row] >= 0
    states = np.zeros((len(kept), len(tags)), np.float32)
    states[place[row[there]], column[there]] = value[there]
    return Weights(tuple(tags), tuple(features[number] for number in kept), states, steps)


def _strongest(row: NDArray[Any], value: NDArray[Any], count: int, most: int) -> NDArray[np.int64]:
    """Of `count` features the numbers of those with weights, in order; if those are more than `most`, of the
    ones with the largest."""
    strength = np.zeros(count)
    np.maximum.at(strength, row, np.abs(value))
    strongest = np.argsort(-strength, kind="stable")[: min(most, np.count_nonzero(strength))]
    return np.sort(strongest)


def _listed(text: str) -> Iterator[tuple[str, int, int, float]]:
    """Kind (0 for states, 1 for steps), source, tag and weight of each line that has them."""
    with open(text, encoding="ascii") as lines:
        for line in lines:
            found = _LINE.fullmatch(line)
            if found:
                kind, source, tag, weight = found.groups()
                yield kind, int(source), int(tag), float(weight)
