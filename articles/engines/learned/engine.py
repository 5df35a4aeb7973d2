from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from pycrfsuite import Tagger

from articles.domain.spans import Suggestion, reading_order
from articles.engines.base import ArticleText, EngineError, LearningEngine, Lesson
from articles.engines.learned import crf, levels
from articles.engines.learned.container import pack, unpack
from articles.engines.learned.features import Observations, observe
from articles.engines.learned.levels import Mention
from articles.engines.learned.words import Passage, passages

MAX_DEPTH = 4

Example = tuple[Observations, list[str]]


class LearnedEngine(LearningEngine):
    name: ClassVar[str] = "learned"
    title: ClassVar[str] = "Learned here"
    description: ClassVar[str] = (
        "Learns the labels of this project from the articles that people have finished, in any language."
    )
    version: str = "1"

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str], model: bytes) -> None:
        super().__init__(settings, labels, model)
        _, parts = unpack(model)
        self._parts = parts  # CRFsuite reads them where they lie
        self._outer = crf.open_model(parts["outer"])
        self._inner = crf.open_model(parts["inner"]) if "inner" in parts else None

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            found = {one for passage in passages(article.text) for one in self._read(passage)}
            yield sorted((one for one in found if one.label in self.labels), key=reading_order)

    def _read(self, passage: Passage) -> Iterator[Suggestion]:
        seen = observe(passage)
        found = list(_tagged(self._outer, seen, 0))
        for _ in range(MAX_DEPTH):
            deeper = []
            for one, confidence in found:
                yield Suggestion(
                    passage.bounds[one.first][0], passage.bounds[one.last - 1][1], one.label, confidence
                )
                if self._inner:
                    deeper += list(_tagged(self._inner, _within(seen, one), one.first))
            found = deeper

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
        outer, inner = list[Example](), list[Example]()
        for lesson in lessons:
            spans = [span for span in lesson.spans if span.label in labels]
            for passage in passages(lesson.article.text):
                seen = observe(passage)
                there = levels.mentions(passage, spans)
                outer.append((seen, levels.tags(there, 0, len(passage))))
                inner += _inner_examples(seen, there)
            count(1)
        if not any(tag != levels.OUTSIDE for _, tags in outer for tag in tags):
            raise EngineError("There is nothing to learn from: no finished article has a span.")
        parts = {"outer": crf.train(outer)}
        if any(tag != levels.OUTSIDE for _, tags in inner for tag in tags):
            parts["inner"] = crf.train(inner)
        return pack({"labels": sorted(labels)}, parts)


def _within(seen: Observations, one: Mention) -> Observations:
    around = [f"in={one.label}"]
    found = [[*word, *around] for word in seen[one.first : one.last]]
    found[0].append("first")
    found[-1].append("last")
    return found


def _inner_examples(seen: Observations, mentions: Iterable[Mention]) -> Iterator[Example]:
    for one in mentions:
        yield _within(seen, one), levels.tags(one.within, one.first, one.last)
        yield from _inner_examples(seen, one.within)


def _tagged(tagger: Tagger, seen: Observations, first: int) -> Iterator[tuple[Mention, float]]:
    tags = tagger.tag(seen)
    for one in levels.runs(tags, first):
        places = range(one.first - first, one.last - first)
        yield one, max(1e-6, min(1.0, min(tagger.marginal(tags[place], place) for place in places)))
