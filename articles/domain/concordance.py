"""Words in their context: where a phrase stands in a text, and the order of the lines of a concordance.

Offsets are code points. Keyword in context: Luhn, "Key word-in-context index for technical literature"
(American Documentation 1960).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import regex

from articles.domain.doubts.word_forms import cuts_a_word

CONTEXT = 80  # code points on either side
LONGEST_SHOWN = 300  # code points of a hit
LONGEST_INDEXED = 2_000  # bytes of UTF-8; PostgreSQL refuses to look for words longer than 2,046
_SPACE = regex.compile(r"\s+")
# A word of letters, or several that hyphens join: these the index of words holds one by one.
_LETTERS = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:-\p{L}[\p{L}\p{M}]*)*")


class Sorting(StrEnum):
    PLACE = "place"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Line:
    """One hit, `[start, end)` of the article's text, with what stands before and after it."""

    article: int
    start: int
    end: int
    before: str
    words: str
    after: str

    @property
    def place(self) -> tuple[int, int, int]:
        return self.article, self.start, self.end


def line_at(article: int, text: str, start: int, end: int) -> Line:
    """The line of a hit in a text."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Line(article, start, end, before, text[start:end], after)


def on_one_line(words: str) -> str:
    """For showing: what breaks a line becomes a space, and what is very long is cut."""
    whole = _SPACE.sub(" ", words)
    return whole if len(whole) <= LONGEST_SHOWN else f"{whole[:LONGEST_SHOWN]}…"


def phrase_pattern(phrase: str, *, match_case: bool) -> regex.Pattern[str]:
    """Finds the phrase wherever it stands; any white space between its words is as good as another."""
    pieces = [regex.escape(piece) for piece in phrase.split()]
    return regex.compile(r"\s+".join(pieces), 0 if match_case else regex.IGNORECASE)


def occurrences(text: str, pattern: regex.Pattern[str], *, whole_words: bool) -> Iterator[tuple[int, int]]:
    """Where the phrase stands, from left to right; `whole_words` leaves out where it begins or ends inside a
    word."""
    for match in pattern.finditer(text):
        start, end = match.span()
        if not whole_words or not (cuts_a_word(text, start) or cuts_a_word(text, end)):
            yield start, end


def indexed_words(phrase: str) -> list[str]:
    """Those words of the phrase that an index of whole words is sure to hold. Numbers, and what has signs in
    it, may be cut otherwise there; what is very long is not there at all."""
    parts = [part for piece in phrase.split() if _LETTERS.fullmatch(piece) for part in piece.split("-")]
    return [part for part in parts if len(part.encode()) <= LONGEST_INDEXED]


def in_order(lines: list[Line], sorting: Sorting) -> list[Line]:
    """By the words after the hit, by those before it (the nearest first), or as they stand in the corpus.
    Equal contexts keep the order of the corpus."""
    match sorting:
        case Sorting.AFTER:
            return sorted(lines, key=lambda line: line.after.casefold().split())
        case Sorting.BEFORE:
            return sorted(lines, key=lambda line: line.before.casefold().split()[::-1])
    return sorted(lines, key=lambda line: line.place)
