"""Linear-chain conditional random fields (Lafferty et al., 2001), trained by CRFsuite."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from pycrfsuite import BaseTrainer, Tagger

from articles.engines.learned.features import Observations

PASSES = 15
SEED = 1

# CRFsuite shuffles the examples with C's own rand(), which it never seeds.
_seed = ctypes.CDLL(None).srand


class _Trainer(BaseTrainer):  # type: ignore[misc]
    """Tells of each pass over the examples. What is raised then stops the training."""

    def __init__(self, after_pass: Callable[[], object]) -> None:
        super().__init__()
        self._after_pass = after_pass

    def message(self, message: str) -> None:
        if message.startswith("***** "):
            self._after_pass()


def train(
    examples: Iterable[tuple[Observations, list[str]]], after_pass: Callable[[], object] = lambda: None
) -> bytes:
    """A model of tag sequences, by the averaged perceptron (Collins, 2002)."""
    trainer = _Trainer(after_pass)
    trainer.select("ap", "crf1d")
    trainer.set_params({"max_iterations": PASSES, "feature.possible_transitions": False})
    for observations, tags in examples:
        trainer.append(observations, tags)
    with TemporaryDirectory() as folder:  # CRFsuite writes to files only
        _seed(SEED)
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def open_model(model: bytes) -> Tagger:
    tagger = Tagger()
    tagger.open_inmemory(model)
    return tagger
