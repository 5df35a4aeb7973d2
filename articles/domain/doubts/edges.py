"""Unusual boundaries: spans that begin or end differently from most spans of their label.

A word or a sign at the edge of a span, such as a title, an article, a bracket or “Inc.”, is sometimes marked
with the name and sometimes left outside. The commoner of the two is taken as the rule of the label, and the
rarer as a likely error. Dickinson & Meurers (2003, see `words`) leave this variation at the fringe of a span
out of account; here it is counted by itself, so that no language needs a list of such words.

A space at an edge is always an error. An edge in the middle of a word is one too, unless the label often cuts
words in this language, for example where a case ending is written together with a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from sys import intern
from typing import NamedTuple

import regex

from articles.domain.doubts.findings import (
    BOUNDARY,
    FEWEST_PLACES,
    LEAST_SCORE,
    Finding,
    Mention,
    certainty,
    overlapping,
    quoted,
)
from articles.domain.doubts.word_forms import cuts_a_word

# Sure, but not a matter of counts.
SPACE_SCORE = 0.95
_LONGEST_WORD = 40
# A word with what it holds together (U.S., AT&T, d'Arc), or one other sign.
_FIRST = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.'’&-][\p{L}\p{M}\p{N}]+)*\.?|\S")
_LAST = regex.compile(r"(?r)[\p{L}\p{M}\p{N}]+(?:[.'’&-][\p{L}\p{M}\p{N}]+)*\.?|(?r)\S")


class Edge(NamedTuple):
    """A word or sign at an edge of a mention, at `[start, end)`: `within` it or just outside, `before` (at
    the beginning) or after."""

    start: int
    end: int
    before: bool
    within: bool


class EdgeEvidence:
    """What is found at the edges of mentions in all finished articles: `learn` all of them, then ask for
    `findings`."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, bool, str, bool]] = Counter()
        self._mentions: Counter[tuple[str, str]] = Counter()
        self._cut: Counter[tuple[str, str]] = Counter()

    def learn(self, text: str, gold: Sequence[Mention], language: str = "") -> None:
        for mention in gold:
            self._mentions[language, mention.label] += 1
            self._cut[language, mention.label] += _cuts(text, mention)
            for edge in edges_of(text, mention):
                self._seen[self._key(text, mention.label, edge)] += 1

    def findings(self, text: str, gold: Sequence[Mention], language: str = "") -> Iterator[Finding]:
        """Mentions with an unusual edge, and their usual form."""
        for mention in gold:
            yield from _space(text, mention)
            yield from self._cut_word(text, mention, language)
            for edge in edges_of(text, mention):
                if edge.within or not overlapping(gold, edge.start, edge.end):
                    yield from self._unusual(text, mention, edge)

    def _unusual(self, text: str, mention: Mention, edge: Edge) -> Iterator[Finding]:
        key = self._key(text, mention.label, edge)
        otherwise = self._seen[(*key[:3], not edge.within)]
        if otherwise < FEWEST_PLACES:
            return
        places = otherwise + self._seen[key] - 1
        score = certainty(otherwise, places)
        if score < LEAST_SCORE:
            return
        usually = "outside" if edge.within else "within"
        side = "beginning" if edge.before else "end"
        reason = (
            f"{quoted(text, edge.start, edge.end)} at the {side} of {mention.label} is {usually} it in "
            f"{otherwise:,} of {places:,} other places."
        )
        yield Finding(BOUNDARY, mention, _moved(text, mention, edge), score, reason)

    def _cut_word(self, text: str, mention: Mention, language: str) -> Iterator[Finding]:
        if not _cuts(text, mention):
            return
        others = self._mentions[language, mention.label] - 1
        whole = others - self._cut[language, mention.label] + 1
        score = certainty(whole, others)
        if score < LEAST_SCORE:
            return
        start, end = mention.start, mention.end
        while cuts_a_word(text, start):
            start -= 1
        while cuts_a_word(text, end):
            end += 1
        reason = f"It cuts a word; {whole:,} of {others:,} other {mention.label} do not."
        yield Finding(BOUNDARY, mention, Mention(start, end, mention.label), score, reason)

    @staticmethod
    def _key(text: str, label: str, edge: Edge) -> tuple[str, bool, str, bool]:
        return label, edge.before, intern(text[edge.start : edge.end]), edge.within


def edges_of(text: str, mention: Mention) -> Iterator[Edge]:
    """What stands at its edges. A mention of one word has nothing within that could be left out; a word that
    is apart by a line end belongs to something else."""
    start, end = mention.start, mention.end
    first, last = _FIRST.search(text, start, end), _LAST.search(text, start, end)
    if first and last and first.end() < last.end() and first.start() < last.start():
        yield from _short(Edge(*first.span(), before=True, within=True))
        yield from _short(Edge(*last.span(), before=False, within=True))
    earlier = _LAST.search(text, max(0, start - _LONGEST_WORD), start)
    if earlier and not cuts_a_word(text, start) and text[earlier.end() : start] in ("", " "):
        yield Edge(*earlier.span(), before=True, within=False)
    later = _FIRST.search(text, end, min(len(text), end + _LONGEST_WORD))
    if later and not cuts_a_word(text, end) and text[end : later.start()] in ("", " "):
        yield Edge(*later.span(), before=False, within=False)


def _short(edge: Edge) -> Iterator[Edge]:
    if edge.end - edge.start < _LONGEST_WORD:
        yield edge


def _moved(text: str, mention: Mention, edge: Edge) -> Mention:
    """The mention without what is within its edge, or with what is just outside."""
    start, end = mention.start, mention.end
    if edge.before:
        start = edge.end if edge.within else edge.start
    else:
        end = edge.start if edge.within else edge.end
    return _trimmed(text, Mention(start, end, mention.label))


def _trimmed(text: str, mention: Mention) -> Mention:
    words = text[mention.start : mention.end]
    start = mention.start + len(words) - len(words.lstrip())
    return Mention(start, start + len(words.strip()), mention.label)


def _space(text: str, mention: Mention) -> Iterator[Finding]:
    without = _trimmed(text, mention)
    if without != mention and without.start < without.end:
        side = "begins" if without.start > mention.start else "ends"
        yield Finding(BOUNDARY, mention, without, SPACE_SCORE, f"It {side} with a space.")


def _cuts(text: str, mention: Mention) -> bool:
    return cuts_a_word(text, mention.start) or cuts_a_word(text, mention.end)
