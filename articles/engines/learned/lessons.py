"""What a learner is shown of the gold: sequences of words, what is seen at each, and their tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.engines.base import ArticleText, Lesson
from articles.engines.learned.features import Observations, Observer
from articles.engines.learned.levels import Mention, mentions, tags
from articles.engines.learned.words import Passage, passages

Example = tuple[Observations, list[str]]


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


def outer_examples(lessons: Iterable[Marked], observer: Observer) -> Iterator[Example]:
    """All words of each passage, with the tags of the outermost mentions."""
    for seen, found in _seen(lessons, observer):
        yield seen, tags(found, 0, len(seen))


def inner_examples(lessons: Iterable[Marked], observer: Observer) -> Iterator[Example]:
    """The words of each mention, with the tags of those right within it."""
    for seen, found in _seen(lessons, observer):
        yield from _within(seen, found)


def inside(seen: Observations, label: str) -> Observations:
    """What is seen at the words of a mention, and that they are in it."""
    found = [[*word, f"in={label}"] for word in seen]
    found[0].append("in<")
    found[-1].append("in>")
    return found


def _seen(lessons: Iterable[Marked], observer: Observer) -> Iterator[tuple[Observations, list[Mention]]]:
    for one in lessons:
        yield from zip(observer.observe(one.article, one.passages), one.mentions, strict=True)


def _within(seen: Observations, found: Iterable[Mention]) -> Iterator[Example]:
    for one in found:
        yield inside(seen[one.first : one.last], one.label), tags(one.within, one.first, one.last)
        yield from _within(seen, one.within)
