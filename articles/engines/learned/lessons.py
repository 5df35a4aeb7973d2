"""What a learner is shown of the gold: sequences of words, what is seen at each, and their tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.engines.base import ArticleText, Lesson
from articles.engines.learned.features import Observer, Seen
from articles.engines.learned.levels import Mention, mentions, tags
from articles.engines.learned.words import Passage, passages

Example = tuple[Seen, list[str]]


@dataclass(frozen=True, slots=True)
class Marked:
    """An article in passages, with the outermost mentions of each."""

    article: ArticleText
    passages: list[Passage]
    mentions: list[list[Mention]]


def read_lesson(lesson: Lesson, labels: frozenset[str]) -> Marked:
    """A lesson with the mentions of these labels only."""
    spans = [span for span in lesson.spans if span.label in labels]
    there = list(passages(lesson.article.text))
    return Marked(lesson.article, there, [mentions(passage, spans) for passage in there])


def outer_examples(seen: Iterable[Seen], marked: Marked) -> Iterator[Example]:
    """All words of each passage, with the tags of the outermost mentions."""
    for there, found in zip(seen, marked.mentions, strict=True):
        yield there, tags(found, 0, len(there))


def inner_examples(seen: Iterable[Seen], marked: Marked, observer: Observer) -> Iterator[Example]:
    """The words of each mention, with the tags of those right within it."""
    for there, found in zip(seen, marked.mentions, strict=True):
        yield from _within(there, found, observer)


def _within(seen: Seen, found: Iterable[Mention], observer: Observer) -> Iterator[Example]:
    for one in found:
        there = observer.inside(seen, one.first, one.last, one.label)
        yield there, tags(one.within, one.first, one.last)
        yield from _within(seen, one.within, observer)
