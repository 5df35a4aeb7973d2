"""The words of an article, in the sequences that are labelled as one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

import regex

from articles.domain.texts.tokens import Bounds, sentences, tokens

LONGEST_SEQUENCE = 300  # words; texts without line ends are cut there

_LINE = regex.compile(r"[^\n]+")
# Unicode leaves "Oslo's" and "l'ONU" whole, but a name ends or begins there.
_APOSTROPHE = regex.compile(r"['’]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are labelled together: a paragraph. `bounds` are code points of the article."""

    words: tuple[str, ...]
    bounds: tuple[Bounds, ...]
    openings: frozenset[int]  # indices of the words that begin a sentence

    def __len__(self) -> int:
        return len(self.words)

    def words_at(self, start: int, end: int) -> tuple[int, int] | None:
        """The words `[first, last)` that `[start, end)` has a part in, if it lies within the passage."""
        if not self.bounds or start < self.bounds[0][0] or end > self.bounds[-1][1]:
            return None
        first = bisect_right(self.bounds, start, key=itemgetter(1))
        last = bisect_left(self.bounds, end, key=itemgetter(0))
        return (first, last) if first < last else None


def passages(text: str) -> Iterator[Passage]:
    """The paragraphs of a text that hold words, in order."""
    begins = {start for start, _ in sentences(text)}
    for line in _LINE.finditer(text):
        places = list(_words(text, *line.span()))
        for first in range(0, len(places), LONGEST_SEQUENCE):
            yield _passage(text, places[first : first + LONGEST_SEQUENCE], begins)


def _passage(text: str, bounds: Sequence[Bounds], begins: set[int]) -> Passage:
    openings = {number for number, (start, _) in enumerate(bounds) if start in begins} | {0}
    words = tuple(text[start:end] for start, end in bounds)
    return Passage(words, tuple(bounds), frozenset(openings))


def _words(text: str, start: int, end: int) -> Iterator[Bounds]:
    for first, last in tokens(text, start, end):
        word = text[first:last]
        if len(word) > 1 and ("'" in word or "’" in word):
            yield from _apart(word, first)
        else:
            yield first, last


def _apart(word: str, offset: int) -> Iterator[Bounds]:
    places = {place for mark in _APOSTROPHE.finditer(word) for place in mark.span()}
    points = sorted({0, *places, len(word)})
    yield from ((offset + a, offset + b) for a, b in pairwise(points))
