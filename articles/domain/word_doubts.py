"""The same words, otherwise labelled.

Variation n-grams (Dickinson & Meurers, "Detecting errors in part-of-speech annotation", EACL 2003, and for
spans that may be unlabelled, "Detecting errors in discontinuous structural annotation", ACL 2005): where
words that recur are labelled in more than one way, the rare way is likely an error, the more so the more
one-sided the others are. Words that stand unlabelled count as places, too, so that what is labelled in half
of its places only raises no doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import ahocorasick
import regex

from articles.domain.doubts import (
    FEWEST_PLACES,
    LEAST_SCORE,
    WORDS,
    Finding,
    Mention,
    certainty,
    overlapping,
    quoted,
)

LONGEST_FORM = 100
# A border between two characters matters only in scripts that put spaces between words.
_SPACED = regex.compile(r"[\p{L}\p{M}\p{N}_]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}]")


class WordEvidence:
    """How words are labelled in all finished articles. Filled in two passes: `learn_gold` of all articles,
    then `learn_text` of all; `findings` is asked after that.

    Memory is that of the distinct labelled words.
    """

    def __init__(self) -> None:
        self._labelled: Counter[tuple[str, str]] = Counter()
        self._places: Counter[str] = Counter()
        self._usual: dict[str, str] = {}
        self._finder: Any = None

    def learn_gold(self, text: str, gold: Sequence[Mention]) -> None:
        """Count how each mention is labelled."""
        for start, end, label in gold:
            if end - start <= LONGEST_FORM:
                self._labelled[text[start:end], label] += 1

    def learn_text(self, text: str, gold: Sequence[Mention]) -> None:
        """Count where words that are labelled elsewhere stand without a label."""
        if self._finder is None:
            self._begin_second_pass()
        for start, end in self._unlabelled(text, gold):
            self._places[text[start:end]] += 1

    def findings(self, text: str, gold: Sequence[Mention]) -> Iterator[Finding]:
        """What is labelled otherwise here than nearly everywhere else, or not at all."""
        for mention in gold:
            usual = self._usual.get(text[mention.start : mention.end], mention.label)
            if usual != mention.label and mention._replace(label=usual) not in gold:
                yield from self._finding(text, mention, mention._replace(label=usual))
        for start, end in self._unlabelled(text, gold):
            other = Mention(start, end, self._usual[text[start:end]])
            met = overlapping(gold, start, end)
            yield from self._finding(text, met[0] if met else None, other)

    def _begin_second_pass(self) -> None:
        """From here on only words matter that have a usual label."""
        best: dict[str, int] = {}
        for (form, label), count in self._labelled.items():
            self._places[form] += count
            if count >= FEWEST_PLACES and count > best.get(form, 0):
                best[form], self._usual[form] = count, label
        self._places = Counter({form: self._places[form] for form in best})
        self._labelled = Counter({(form, self._usual[form]): count for form, count in best.items()})
        self._finder = ahocorasick.Automaton()
        for form in best:
            self._finder.add_word(form, len(form))
        if best:
            self._finder.make_automaton()

    def _finding(self, text: str, stands: Mention | None, other: Mention) -> Iterator[Finding]:
        form = text[other.start : other.end]
        agreeing, places = self._labelled[form, other.label], self._places[form] - 1
        score = certainty(agreeing, places)
        if score >= LEAST_SCORE:
            said = f"{quoted(form, 0, len(form))} is {other.label} in {agreeing:,} of {places:,} other places"
            yield Finding(WORDS, stands, other, score, f"{said}{_here(text, stands, other)}.")

    def _unlabelled(self, text: str, gold: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        """Where words with a usual label stand that gold does not have: free, or around one mention."""
        if not self._usual:
            return
        position = 0
        for start, end in sorted(self._hits(text), key=lambda hit: (hit[0], -hit[1])):
            if start < position:
                continue
            position = end
            met = overlapping(gold, start, end)
            inside = all(start <= one.start and one.end <= end for one in met)
            if len(met) <= 1 and inside and (start, end) not in [one[:2] for one in met]:
                yield start, end

    def _hits(self, text: str) -> Iterator[tuple[int, int]]:
        for last, length in self._finder.iter(text):
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


def _here(text: str, stands: Mention | None, other: Mention) -> str:
    if stands is None:
        return ", and has no label here"
    if stands[:2] != other[:2]:
        return f"; here {quoted(text, stands.start, stands.end)} only is labelled"
    return f", and {stands.label} here"
