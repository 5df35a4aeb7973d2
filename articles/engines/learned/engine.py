from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from articles.domain.spans import Suggestion, without_repeats
from articles.engines.base import ArticleText, EngineError, LearningEngine, Lesson
from articles.engines.learned.clusters import learn_clusters
from articles.engines.learned.crf import Reader, Run
from articles.engines.learned.features import Observer, Seen
from articles.engines.learned.lessons import Marked, inner_examples, outer_examples, read_lesson
from articles.engines.learned.levels import depth
from articles.engines.learned.looks import lower
from articles.engines.learned.model import Model, from_bytes
from articles.engines.learned.training import Learner
from articles.engines.learned.vocabulary import Vocabulary
from articles.engines.learned.words import Passage, passages

AT_ONCE, MOST_AT_ONCE = 64, 200_000  # articles, and their characters
MOST_TEXTS = 2_000


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of a passage from `first` on, to be read. `article` is its place in the batch, `whole` what is
    seen in all the passage."""

    article: int
    passage: Passage
    whole: Seen
    seen: Seen
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
        vocabulary = Vocabulary(learned.features(), is_complete=True)
        self._observer = Observer(learned.clusters, learned.engines, vocabulary)
        self._depth = learned.depth
        self._outer = Reader(learned.outer, vocabulary)
        self._inner = Reader(learned.inner, vocabulary) if learned.inner else None

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for batch in _batches(articles):
            yield from self._suggestions(batch)

    def promises(self, articles: Iterable[ArticleText]) -> Iterator[Mapping[str, float]]:
        for batch in _batches(articles):
            yield from self._promises(batch)

    def _suggestions(self, batch: Sequence[ArticleText]) -> list[list[Suggestion]]:
        found: list[list[Suggestion]] = [[] for _ in batch]
        for place, run in self._runs(self._places(batch)):
            if run.label in self.labels:
                found[place.article].append(_suggestion(place, run))
        return [without_repeats(suggestions) for suggestions in found]

    def _promises(self, batch: Sequence[ArticleText]) -> list[dict[str, float]]:
        places, found = self._places(batch), [dict[str, float]() for _ in batch]
        for reading in self._outer.read([place.seen for place in places]):
            for number, at, promise in self._outer.promises(reading):
                word = lower(places[number].passage.words[at])
                words = found[places[number].article]
                words[word] = max(words.get(word, 0.0), promise)
        return found

    def _places(self, batch: Sequence[ArticleText]) -> list[_Place]:
        found: list[_Place] = []
        for number, article in enumerate(batch):
            there = list(passages(article.text))
            for passage, seen in zip(there, self._observer.observe(article, there), strict=True):
                found.append(_Place(number, passage, seen, seen))
        return found

    def _runs(self, places: list[_Place]) -> Iterator[tuple[_Place, Run]]:
        """Mentions at their places: the outermost, then level by level those within them."""
        reader: Reader | None = self._outer
        for _ in range(self._depth):
            if not reader or not places:
                return
            readings = reader.read([place.seen for place in places])
            found = [(places[number], run) for reading in readings for number, run in reader.runs(reading)]
            yield from found
            reader = self._inner
            places = [self._within(place, run) for place, run in found]

    def _within(self, place: _Place, run: Run) -> _Place:
        first, last = place.first + run.first, place.first + run.last
        seen = self._observer.inside(place.whole, first, last, run.label)
        return _Place(place.article, place.passage, place.whole, seen, first)

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
        vocabulary, levels = Vocabulary(), depth(found)
        observer = Observer(clusters, engines, vocabulary)
        outer, inner = (Learner(vocabulary, lambda: count(0)) for _ in range(2))
        for lesson in marked:
            seen = observer.observe(lesson.article, lesson.passages)
            outer.add(outer_examples(seen, lesson))
            if levels > 1:
                inner.add(inner_examples(seen, lesson, observer))
            count(1)
        return Model(
            engines, clusters, levels, outer.weights(), inner.weights() if levels > 1 else None
        ).to_bytes()


def _lines(lessons: Iterable[Marked], texts: Iterable[str]) -> list[list[str]]:
    """The passages of the lessons and of the other texts, as words in lower case. None comes twice: a word
    that only seems to be frequent would have a group that fits its one place."""
    found = {lesson.article.text: lesson.passages for lesson in lessons}
    for text in islice(texts, MOST_TEXTS):
        if text not in found:
            found[text] = list(passages(text))
    return [[lower(word) for word in passage.words] for there in found.values() for passage in there]


def _batches(articles: Iterable[ArticleText]) -> Iterator[list[ArticleText]]:
    batch, length = list[ArticleText](), 0
    for article in articles:
        if batch and (len(batch) == AT_ONCE or length + len(article.text) > MOST_AT_ONCE):
            yield batch
            batch, length = [], 0
        batch.append(article)
        length += len(article.text)
    if batch:
        yield batch


def _suggestion(place: _Place, run: Run) -> Suggestion:
    bounds = place.passage.bounds
    start, end = bounds[place.first + run.first][0], bounds[place.first + run.last - 1][1]
    return Suggestion(start, end, run.label, run.probability)
