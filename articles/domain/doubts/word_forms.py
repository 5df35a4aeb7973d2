"""Words as they stand in texts: where a word begins and ends, and where known forms stand without a label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import ahocorasick
import regex

from articles.domain.doubts.findings import Mention, overlapping

LONGEST_FORM = 100
# A border between two characters matters only in scripts that put spaces between words.
_SPACED = regex.compile(r"[\p{L}\p{M}\p{N}_]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}]")


class FormFinder:
    """Finds many forms at once, as whole words. Memory is that of the forms."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._automaton: Any = ahocorasick.Automaton()
        for form in forms:
            self._automaton.add_word(form, len(form))
        self._is_empty = not len(self._automaton)
        if not self._is_empty:
            self._automaton.make_automaton()

    def unlabelled(self, text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        """Where known words are not marked: they lie outside all mentions, or around one. Of words that
        overlap, the first counts, and of those the longest."""
        if self._is_empty:
            return
        position = 0
        for start, end in sorted(self._hits(text), key=lambda hit: (hit[0], -hit[1])):
            if start < position:
                continue
            position = end
            met = overlapping(mentions, start, end)
            inside = all(start <= one.start and one.end <= end for one in met)
            if len(met) <= 1 and inside and (start, end) not in [one[:2] for one in met]:
                yield start, end

    def _hits(self, text: str) -> Iterator[tuple[int, int]]:
        for last, length in self._automaton.iter(text):
            start, end = last + 1 - length, last + 1
            if not cuts_a_word(text, start) and not cuts_a_word(text, end):
                yield start, end


def cuts_a_word(text: str, at: int) -> bool:
    """Whether a border before the character at `at` is within a word."""
    if not 0 < at < len(text):
        return False
    pair = text[at - 1 : at + 1]
    if " " in pair:
        return False
    return all(_SPACED.match(one) and not _UNSPACED.match(one) for one in pair)
