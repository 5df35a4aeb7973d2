"""What a learner is shown of the gold: sequences of words, what is seen at each, and their tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from articles.engines.base import Lesson
from articles.engines.learned.features import Observations, Observer
from articles.engines.learned.levels import Mention, mentions, tags
from articles.engines.learned.words import Passage, passages

Example = tuple[Observations, list[str]]


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with its outermost mentions."""

    passage: Passage
    mentions: list[Mention]


def read_lesson(lesson: Lesson, labels: frozenset[str]) -> list[Marked]:
    """The passages of a lesson, with the mentions of these labels only."""
    spans = [span for span in lesson.spans if span.label in labels]
    return [Marked(passage, mentions(passage, spans)) for passage in passages(lesson.article.text)]


def outer_examples(lessons: Iterable[Sequence[Marked]], observer: Observer) -> Iterator[Example]:
    """All words of each passage, with the tags of the outermost mentions."""
    for one, seen in _seen(lessons, observer):
        yield seen, tags(one.mentions, 0, len(one.passage))


def inner_examples(lessons: Iterable[Sequence[Marked]], observer: Observer) -> Iterator[Example]:
    """The words of each mention, with the tags of those right within it."""
    for one, seen in _seen(lessons, observer):
        yield from _within(seen, one.mentions)


def inside(seen: Observations, label: str) -> Observations:
    """What is seen at the words of a mention, and that they are in it."""
    found = [[*word, f"in={label}"] for word in seen]
    found[0].append("in<")
    found[-1].append("in>")
    return found


def _seen(lessons: Iterable[Sequence[Marked]], observer: Observer) -> Iterator[tuple[Marked, Observations]]:
    for marked in lessons:
        yield from zip(marked, observer.observe([one.passage for one in marked]), strict=True)


def _within(seen: Observations, found: Iterable[Mention]) -> Iterator[Example]:
    for one in found:
        yield inside(seen[one.first : one.last], one.label), tags(one.within, one.first, one.last)
        yield from _within(seen, one.within)
