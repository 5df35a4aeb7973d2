"""Examples for a prompt: passages of gold articles that resemble the article to be read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from articles.domain.spans import Span
from articles.engines.base import ArticleText, Lesson
from articles.engines.chat.alignment import Mention, mentions_of
from articles.engines.chat.windows import windows

PASSAGE = 1_200
# Two articles that share more of their words than this are the same story: that would be copying.
_SAME_STORY = 0.8
_WORD = regex.compile(r"\w{3,}|[\p{Han}\p{Hiragana}\p{Katakana}]")


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with all its mentions."""

    text: str
    mentions: tuple[Mention, ...]


class Examples:
    """Gold to choose from. The words of all its articles are looked at once."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self._known = [(one, _words(one.article.text), _passage(one)) for one in lessons]
        seen = Counter(word for _, words, _ in self._known for word in words)
        self._weight = {word: math.log(1 + len(lessons) / count) for word, count in seen.items()}

    def like(self, article: ArticleText, count: int) -> list[Example]:
        """Up to `count` examples, the best last: those in the article's language first, then those that share
        the rarest words with it. Never the article itself."""
        words = _words(article.text)
        scored = [
            (_language(lesson.article) == _language(article), self._likeness(words, theirs), -number, example)
            for number, (lesson, theirs, example) in enumerate(self._known)
            if example.mentions and lesson.article.id != article.id and not _same_story(words, theirs)
        ]
        best = sorted(scored, key=lambda one: one[:3], reverse=True)[:count]
        return [example for *_, example in reversed(best)]

    def _likeness(self, words: frozenset[str], theirs: frozenset[str]) -> float:
        shared = math.fsum(self._weight[word] for word in words & theirs)
        return shared / math.sqrt(1 + len(theirs))


def _passage(lesson: Lesson) -> Example:
    """The passage with the most mentions."""
    passages = (_example(lesson, start, piece) for start, piece in windows(lesson.article.text, PASSAGE))
    return max(passages, key=lambda one: len(one.mentions))


def _example(lesson: Lesson, start: int, piece: str) -> Example:
    moved = [
        Span(span.id, span.start - start, span.end - start, span.label)
        for span in lesson.spans
        if not span.fragments and start <= span.start and span.end <= start + len(piece)
    ]
    return Example(piece, tuple(mentions_of(piece, moved)))


def _same_story(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > _SAME_STORY * max(1, len(one | other))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[:20_000].lower()))


def _language(article: ArticleText) -> str:
    return article.language.partition("-")[0].lower()
