"""Engines that learn, taught and tested, without a database: a benchmark can do just what training does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from articles.domain.measures.f_measure import Mention
from articles.domain.measures.scores import Scores, score, summary
from articles.domain.spans import Suggestion, problem_with_offsets
from articles.engines.apart import teach
from articles.engines.base import Engine, EngineError, LearningEngine, Lesson

Count = Callable[[int], object]

# How much of what there is to learn from the points of the curve have; the last point is all of it.
SHARES = (0.25, 0.5, 0.75)
# Seconds that the curve may take besides the training itself. Of slow trainings it has fewer points.
CURVE_SECONDS = 120.0


@dataclass(frozen=True)
class Course:
    """What an engine is taught with, and tested on. `texts` are articles without gold."""

    kind: type[LearningEngine]
    settings: Mapping[str, Any]
    labels: frozenset[str]
    learn: Sequence[Lesson]
    held_out: Sequence[Lesson]
    texts: Sequence[str] = ()

    def teach(self, lessons: Sequence[Lesson], count: Count) -> bytes:
        return teach(self.kind, self.settings, self.labels, lessons, count, texts=self.texts)

    def test(self, model: bytes, count: Count) -> Scores:
        """How what was learned does on what was held out. Raises EngineError."""
        return measure(self.kind(self.settings, self.labels, model), self.held_out, count)


def measure(engine: Engine, lessons: Sequence[Lesson], count: Count = lambda more: None) -> Scores:
    """What an engine suggests in the articles of these lessons, held against their gold.

    As when they are stored, suggestions of other labels or outside the text count for nothing. Raises what
    the engine raises.
    """

    def readings() -> Iterator[tuple[set[Mention], set[Mention]]]:
        found = engine.annotate([one.article for one in lessons])
        for lesson, suggestions in zip(lessons, found, strict=True):
            gold = {(one.start, one.end, one.label, one.fragments) for one in lesson.spans}
            yield gold, _mentions(suggestions, engine.labels, len(lesson.article.text))
            count(1)

    return score(readings())


def learning_curve(
    course: Course, *, seconds: float, count: Count, clock: Callable[[], float] = monotonic
) -> list[dict[str, Any]]:
    """How good the engine is when it learns from a part only: `articles`, and `f1` as value, low and high.

    All parts are tested on the same articles, and each holds the smaller ones. `seconds` is what learning
    from everything took: points that would not fit into CURVE_SECONDS are left out.
    """
    lessons, points, began = _shuffled(course.learn), list[dict[str, Any]](), clock()
    for size in sorted({max(1, round(share * len(lessons))) for share in SHARES} - {len(lessons)}):
        if clock() - began + seconds * size / len(lessons) > CURVE_SECONDS:
            break
        try:
            scores = course.test(course.teach(lessons[:size], count), count)
        except EngineError:
            continue  # too little to learn anything from
        points.append({"articles": size, "f1": summary(scores)["exact"]["micro"]["f1"]})
    return points


def _shuffled(lessons: Sequence[Lesson]) -> list[Lesson]:
    """In an order that has nothing to do with when articles came, and is always the same."""
    return sorted(lessons, key=lambda one: hashlib.blake2b(b"%d" % one.article.id).digest())


def _mentions(suggestions: Sequence[Suggestion], labels: frozenset[str], length: int) -> set[Mention]:
    return {
        (one.start, one.end, one.label, ())
        for one in suggestions
        if one.label in labels and not problem_with_offsets(one.start, one.end, length)
    }
