from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar
from uuid import uuid4

import pytest

from articles.domain.spans import Span
from articles.engines.apart import teach
from articles.engines.base import ArticleText, EngineError, LearningEngine, Lesson
from tests.scenarios.words_engine import WordsEngine

LABELS = frozenset({"PERSON"})
LESSONS = [
    Lesson(ArticleText(number, f"Mara{number} spoke."), (Span(uuid4(), 0, 5, "PERSON"),))
    for number in range(5)
]


class Stopped(Exception):
    pass


class Odd(LearningEngine):
    """Does what `settings` say instead of learning."""

    name: ClassVar[str] = "odd"

    @classmethod
    def train(
        cls,
        settings: Mapping[str, Any],
        labels: frozenset[str],
        lessons: Iterable[Lesson],
        count: Callable[[int], object] = lambda more: None,
        *,
        texts: Iterable[str] = (),
    ) -> bytes:
        match settings["do"]:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "sleep":
                count(os.getpid())
                time.sleep(60)
            case "fail":
                raise ValueError("a label is odd")
        return " ".join([*sorted(labels), *texts]).encode()


def test_it_learns_what_it_would_learn_here() -> None:
    counted: list[int] = []
    apart = teach(WordsEngine, {}, LABELS, LESSONS, counted.append)
    assert apart == WordsEngine.train({}, LABELS, LESSONS)
    assert sum(counted) == 5


def test_texts_and_labels_arrive() -> None:
    assert teach(Odd, {"do": ""}, LABELS, LESSONS, texts=["one", "two"]) == b"PERSON one two"


def test_nothing_to_learn_from_is_said_as_the_engine_says_it() -> None:
    with pytest.raises(EngineError, match=r"^There is nothing to learn from\.$"):
        teach(WordsEngine, {}, LABELS, [])


def test_a_failure_of_the_engine_is_named() -> None:
    with pytest.raises(EngineError, match="ValueError: a label is odd"):
        teach(Odd, {"do": "fail"}, LABELS, LESSONS)


def test_a_process_that_dies_takes_nobody_along() -> None:
    with pytest.raises(EngineError, match=r"has ended \(code -9\)"):
        teach(Odd, {"do": "die"}, LABELS, LESSONS)


def test_who_wants_to_stop_is_heard_at_once_and_the_process_ends() -> None:
    started: list[int] = []

    def stop(more: int) -> None:
        if more:
            started.append(more)
        elif started:
            raise Stopped

    began = time.monotonic()
    with pytest.raises(Stopped):
        teach(Odd, {"do": "sleep"}, LABELS, LESSONS, stop)
    assert time.monotonic() - began < 30
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)
