"""An engine that learns, without Django, as any engine is: it is taught in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

import orjson
import regex

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, EngineError, LearningEngine, Lesson


class WordsEngine(LearningEngine):
    """Remembers what words were called. With the setting `only` it learns that label alone."""

    name: ClassVar[str] = "words"
    title: ClassVar[str] = "Words"
    description: ClassVar[str] = "For tests."

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str], model: bytes) -> None:
        super().__init__(settings, labels, model)
        if not model.startswith(b"{"):
            raise EngineError("This is not what words are remembered in.")
        self._known: dict[str, str] = orjson.loads(model)

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            words = regex.finditer(r"\w+", article.text)
            yield [
                Suggestion(*word.span(), self._known[word[0]], 0.9)
                for word in words
                if word[0] in self._known
            ]

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
        known: dict[str, str] = {}
        for lesson in lessons:
            known |= {span.surface(lesson.article.text): span.label for span in lesson.spans}
            count(1)
        if not known:
            raise EngineError("There is nothing to learn from.")
        only = settings.get("only")
        return orjson.dumps({word: label for word, label in known.items() if only in (None, label)})
