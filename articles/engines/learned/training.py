"""Training of linear-chain conditional random fields (Lafferty et al., 2001) by CRFsuite."""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycrfsuite import BaseTrainer, Tagger

from articles.engines.learned.crf import MAX_CELLS, Weights
from articles.engines.learned.lessons import Example
from articles.engines.learned.levels import OUTSIDE

# The exact likelihood (Nocedal's L-BFGS) teaches more from little gold and knows how sure it is, but a pass
# takes time by the square of the tags. Past this much the averaged perceptron (Collins, 2002) is used.
MOST_WORK = 60_000_000  # words x tags x tags: 15 seconds
LIKELIHOOD = {"c1": 0.1, "c2": 0.3, "max_iterations": 60}
PERCEPTRON = {"max_iterations": 10}
SEED = 1
LEAST = 0.001  # weights below it change nothing

# CRFsuite shuffles the examples with C's own rand(), which it never seeds.
_seed = ctypes.CDLL(None).srand
_LINE = re.compile(r"  \((0|1)\) (.*) --> (\d+): (\S+)\n", re.DOTALL)


class _Trainer(BaseTrainer):  # type: ignore[misc]
    """Tells of each pass over the examples. What is raised then stops the training."""

    def __init__(self, after_pass: Callable[[], object]) -> None:
        super().__init__()
        self._after_pass = after_pass

    def message(self, message: str) -> None:
        if message.startswith("***** "):
            self._after_pass()


def train(examples: Iterable[Example], after_pass: Callable[[], object] = lambda: None) -> Weights:
    """What the examples teach. The same examples give the same weights."""
    trainer = _Trainer(after_pass)
    numbers = {OUTSIDE: "0"}  # CRFsuite sees numbers, whatever is in a label's name
    words = 0
    for observations, tags in examples:
        words += len(tags)
        trainer.append(observations, [numbers.setdefault(tag, str(len(numbers))) for tag in tags])
    _choose(trainer, words * len(numbers) ** 2)
    with TemporaryDirectory() as folder:  # CRFsuite writes to files only
        model, text = f"{folder}/model", f"{folder}/text"
        _seed(SEED)
        trainer.train(model)
        trainer.clear()
        tagger = Tagger()
        with tagger.open(model):
            tagger.dump(text)
        return _weights(tuple(numbers), text)


def _choose(trainer: _Trainer, work: int) -> None:
    exact = work <= MOST_WORK
    trainer.select("lbfgs" if exact else "ap", "crf1d")
    trainer.set_params(LIKELIHOOD if exact else PERCEPTRON)


def _weights(names: tuple[str, ...], text: str) -> Weights:
    """The weights that CRFsuite's listing of a model shows."""
    steps = np.zeros((len(names), len(names)), np.float32)
    features: dict[str, int] = {}
    rows, columns, values = array("q"), array("q"), array("f")
    for kind, source, tag, weight in _listed(text):
        if kind == "1":
            steps[int(source), tag] = weight
        elif abs(weight) >= LEAST:
            rows.append(features.setdefault(source, len(features)))
            columns.append(tag)
            values.append(weight)
    row, column, value = np.array(rows), np.array(columns), np.array(values)
    kept = _strongest(row, value, len(features), MAX_CELLS // len(names))
    place = np.full(len(features), -1)
    place[kept] = np.arange(len(kept))
    there = place[row] >= 0
    states = np.zeros((len(kept), len(names)), np.float32)
    states[place[row[there]], column[there]] = value[there]
    told = tuple(features)
    return Weights(names, tuple(told[number] for number in kept), states, steps)


def _strongest(row: NDArray[Any], value: NDArray[Any], count: int, most: int) -> NDArray[np.int64]:
    """The numbers of at most so many of `count` features, in order: those with the largest weights."""
    strength = np.zeros(count)
    np.maximum.at(strength, row, np.abs(value))
    return np.sort(np.argsort(-strength, kind="stable")[:most])


def _listed(text: str) -> Iterator[tuple[str, str, int, float]]:
    """Kind (0 for states, 1 for steps), source, tag and weight of each line that has them."""
    with open(text, encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            found = _LINE.fullmatch(line)
            if found:
                kind, source, tag, weight = found.groups()
                yield kind, source, int(tag), float(weight)
