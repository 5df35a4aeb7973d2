from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from articles.domain.spans import Suggestion, without_repeats
from articles.engines.base import ArticleText, EngineError, LearningEngine, Lesson
from articles.engines.learned.clusters import learn_clusters
from articles.engines.learned.crf import Reader, Run
from articles.engines.learned.features import Observations, Observer, lower
from articles.engines.learned.lessons import Marked, inner_examples, inside, outer_examples, read_lesson
from articles.engines.learned.model import Model, from_bytes
from articles.engines.learned.training import train
from articles.engines.learned.words import Passage, passages

AT_ONCE = 16  # articles
MOST_TEXTS = 2_000
DEEPEST = 4  # levels of mentions within a mention


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
        self._observer = Observer(learned.clusters)
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
            for passage, seen in zip(there, self._observer.observe(there), strict=True):
                found.append(_Place(number, passage, seen))
        return found

    def _runs(self, places: list[_Place]) -> Iterator[tuple[_Place, Run]]:
        """Mentions at their places: the outermost, then level by level those within them."""
        reader: Reader | None = self._outer
        for _ in range(DEEPEST):
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
        marked, known = list[list[Marked]](), set[str]()
        for lesson in lessons:
            marked.append(read_lesson(lesson, labels))
            known.add(lesson.article.text)
        found = [mention for lesson in marked for one in lesson for mention in one.mentions]
        if not found:
            raise EngineError("There is nothing to learn from: no finished article has a span.")
        clusters = learn_clusters(_lines(marked, (text for text in texts if text not in known)))
        observer = Observer(clusters)
        outer = train(outer_examples(_counted(marked, count), observer), lambda: count(0))
        nested = any(mention.within for mention in found)
        inner = train(inner_examples(marked, observer), lambda: count(0)) if nested else None
        return Model((), clusters, outer, inner).to_bytes()


def _counted(lessons: Iterable[list[Marked]], count: Callable[[int], object]) -> Iterator[list[Marked]]:
    for lesson in lessons:
        yield lesson
        count(1)


def _lines(lessons: Iterable[list[Marked]], texts: Iterable[str]) -> list[list[str]]:
    """The passages of the lessons and of the other texts, as words in lower case."""
    found = [one.passage for lesson in lessons for one in lesson]
    found += [passage for text in islice(texts, MOST_TEXTS) for passage in passages(text)]
    return [[lower(word) for word in passage.words] for passage in found]


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
