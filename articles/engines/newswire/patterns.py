"""One pattern: a regular expression, the kind of entity that each of its groups is, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

# How often suggestions of these patterns were right on the demo articles, rounded.
# `python -m bench.engines.quality` measures it.
SURE, LIKELY, PERHAPS = 0.95, 0.85, 0.6
# A name that may be a person's: after a word that only places follow, and alone.
PLACED, MAYBE = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Found:
    """A hit: `kind` is a key of `articles.engines.labels.NAMES`."""

    start: int
    end: int
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """`regex` names its groups after kinds (PERSON, GPE ...); a trailing digit tells two groups apart.

    It is searched for only where one of the words that it `needs` stands, which is quick to see.
    """

    regex: regex.Pattern[str]
    confidence: float
    needs: tuple[str, ...] = ()

    def find(self, text: str, timeout: float) -> Iterator[Found]:
        """Hits in order. Raises TimeoutError when the text takes more than `timeout` seconds."""
        if self.needs and not any(word in text for word in self.needs):
            return
        for match in self.regex.finditer(text, timeout=timeout):
            for name in self.regex.groupindex:
                start, end = match.span(name)
                if 0 <= start < end:
                    yield Found(start, end, name.rstrip("0123456789"), self.confidence)


def pattern(expression: str, confidence: float, *, ignore_case: bool = False, needs: str = "") -> Pattern:
    """`needs` are the words of which a text must hold one; `_` in them stands for a space."""
    flags = regex.VERBOSE | (regex.IGNORECASE if ignore_case else 0)
    words = tuple(word.replace("_", " ") for word in needs.split())
    return Pattern(regex.compile(expression, flags), confidence, words)


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def alternatives(words: str) -> str:
    """Words of a text as one group, the longest first; `_` stands for a space."""
    chosen = sorted(set(words.split()), key=len, reverse=True)
    return "(?:" + "|".join(regex.escape(word).replace("_", "[ ]") for word in chosen) + ")"
