from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from articles.domain.spans import Suggestion, without_repeats
from articles.engines.base import ArticleText, EngineError, LearningEngine, Lesson
from articles.engines.learned.clusters import learn_clusters
from articles.engines.learned.crf import Reader, Run
from articles.engines.learned.features import Observations, Observer
from articles.engines.learned.lessons import Marked, inner_examples, inside, outer_examples, read_lesson
from articles.engines.learned.levels import depth
from articles.engines.learned.looks import lower
from articles.engines.learned.model import Model, from_bytes
from articles.engines.learned.training import train
from articles.engines.learned.words import Passage, passages

AT_ONCE = 16  # articles
MOST_TEXTS = 2_000


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of a passage from `first` on, to be read. `article` is its place in the batch."""

    article: int
    passage: Passage
    seen: Observations
    first: int = 0


class LearnedEngine(LearningEngine):
    name: ClassVar[str] = "learned"
    title: ClassVar[str] = "Learned here"
    description: ClassVar[str] = (
        "Learns the labels of this project from the articles that people have finished, in any language."
    )
    version: str = "1"

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str], model: bytes) -> None:
        super().__init__(settings, labels, model)
        learned = from_bytes(model)
        self._observer = Observer(learned.clusters, learned.engines, learned.features())
        self._depth = learned.depth
        self._outer = Reader(learned.outer)
        self._inner = Reader(learned.inner) if learned.inner else None

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for batch in _batches(articles):
            found: list[list[Suggestion]] = [[] for _ in batch]
            for place, run in self._runs(self._places(batch)):
                found[place.article].append(_suggestion(place, run))
            for suggestions in found:
                yield without_repeats(one for one in suggestions if one.label in self.labels)

    def uncertainty(self, articles: Iterable[ArticleText]) -> Iterator[float]:
        """How unsure the engine is of each article: the entropies of its words' tags, summed, in nats."""
        for batch in _batches(articles):
            places = self._places(batch)
            unsure = [0.0] * len(batch)
            for place, reading in zip(places, self._outer.read([one.seen for one in places]), strict=True):
                unsure[place.article] += reading.entropy()
            yield from unsure

    def _places(self, batch: Sequence[ArticleText]) -> list[_Place]:
        found: list[_Place] = []
        for number, article in enumerate(batch):
            there = list(passages(article.text))
            for passage, seen in zip(there, self._observer.observe(article, there), strict=True):
                found.append(_Place(number, passage, seen))
        return found

    def _runs(self, places: list[_Place]) -> Iterator[tuple[_Place, Run]]:
        """Mentions at their places: the outermost, then level by level those within them."""
        reader: Reader | None = self._outer
        for _ in range(self._depth):
            if not reader or not places:
                return
            readings = reader.read([place.seen for place in places])
            found = [
                (place, run)
                for place, reading in zip(places, readings, strict=True)
                for run in reader.runs(reading)
            ]
            yield from found
            reader = self._inner
            places = [_within(place, run) for place, run in found]

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
        marked = [read_lesson(lesson, labels) for lesson in lessons]
        found = [one for lesson in marked for there in lesson.mentions for one in there]
        if not found:
            raise EngineError("There is nothing to learn from: no finished article has a span.")
        clusters = learn_clusters(_lines(marked, texts))
        engines = tuple(sorted({name for lesson in marked for name in lesson.article.suggestions}))
        observer = Observer(clusters, engines)
        outer = train(outer_examples(_counted(marked, count), observer), lambda: count(0))
        levels = depth(found)
        inner = train(inner_examples(marked, observer), lambda: count(0)) if levels > 1 else None
        return Model(engines, clusters, levels, outer, inner).to_bytes()


def _counted(lessons: Iterable[Marked], count: Callable[[int], object]) -> Iterator[Marked]:
    for lesson in lessons:
        yield lesson
        count(1)


def _lines(lessons: Iterable[Marked], texts: Iterable[str]) -> list[list[str]]:
    """The passages of the lessons and of the other texts, as words in lower case. None comes twice: a word
    that only seems to be frequent would have a group that fits its one place."""
    found = {lesson.article.text: lesson.passages for lesson in lessons}
    for text in islice(texts, MOST_TEXTS):
        if text not in found:
            found[text] = list(passages(text))
    return [[lower(word) for word in passage.words] for there in found.values() for passage in there]


def _batches(articles: Iterable[ArticleText]) -> Iterator[list[ArticleText]]:
    left = iter(articles)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def _suggestion(place: _Place, run: Run) -> Suggestion:
    bounds = place.passage.bounds
    start, end = bounds[place.first + run.first][0], bounds[place.first + run.last - 1][1]
    return Suggestion(start, end, run.label, run.probability)


def _within(place: _Place, run: Run) -> _Place:
    seen = inside(place.seen[run.first : run.last], run.label)
    return _Place(place.article, place.passage, seen, place.first + run.first)
