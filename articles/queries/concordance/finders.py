"""Finding the places in texts: phrases here, regular expressions in a confined process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext

from annotator.lib.errors import Invalid
from articles.domain.concordance import occurrences, phrase_pattern
from articles.engines.rules.apart import find_apart
from articles.engines.rules.lines import MAX_PATTERN, Rule

# How long one search with a regular expression may take by the clock: a person waits for it.
PATTERN_SECONDS = 5.0

Extent = tuple[int, int]


class Way(StrEnum):
    WORD = "word"
    PART = "part"
    PATTERN = "pattern"


class Finder(Protocol):
    @property
    def is_out_of_time(self) -> bool:
        """Whether the time is up, so that further texts would not be read."""
        ...

    def find(self, texts: Sequence[str]) -> list[list[Extent]]:
        """Where it stands in each of the texts, `[start, end)` in code points, from left to right."""
        ...

    def remarks(self) -> list[str]:
        """Sentences about what people must know of the search."""
        ...


def finder_of(text: str, way: Way, *, match_case: bool) -> Finder:
    if way == Way.PATTERN:
        return PatternFinder(text, match_case=match_case)
    return PhraseFinder(text, whole_words=way == Way.WORD, match_case=match_case)


class PhraseFinder:
    is_out_of_time = False

    def __init__(self, phrase: str, *, whole_words: bool, match_case: bool) -> None:
        self._pattern = phrase_pattern(phrase, match_case=match_case)
        self._whole_words = whole_words

    def find(self, texts: Sequence[str]) -> list[list[Extent]]:
        return [list(occurrences(text, self._pattern, whole_words=self._whole_words)) for text in texts]

    def remarks(self) -> list[str]:
        return []


class PatternFinder:
    """A regular expression of the user's, run in a confined process, within limits for each text and one for
    all.

    Raises Invalid for what is not a pattern.
    """

    def __init__(self, pattern: str, *, match_case: bool) -> None:
        if len(pattern) > MAX_PATTERN:
            raise Invalid(
                gettext("The pattern is longer than %(max_pattern)s characters.")
                % {"max_pattern": intcomma(MAX_PATTERN)}
            )
        self._rule = Rule(1, pattern, "")
        self._match_case = match_case
        self._until = time.monotonic() + PATTERN_SECONDS
        self._read = 0
        self._remarks: dict[str, None] = {}
        self.find([])  # what is no pattern is refused also where there is nothing to read

    @property
    def is_out_of_time(self) -> bool:
        return time.monotonic() >= self._until

    def find(self, texts: Sequence[str]) -> list[list[Extent]]:
        """Raises Invalid for what is not a pattern, or cannot be tried in time."""
        found: list[list[Extent]] = [[] for _ in texts]
        seconds = max(self._until - time.monotonic(), 0.1)
        matches, remarks = find_apart([self._rule], texts, ignore_case=not self._match_case, seconds=seconds)
        if broken := [remark.reason for remark in remarks if remark.fatal]:
            raise Invalid(broken[0])
        for one in matches:
            found[one.text].append((one.start, one.end))
        # Once the time is up this is said, and not which single texts took too long.
        if not self.is_out_of_time:
            self._remarks.update((remark.reason, None) for remark in remarks)
            self._read += len(texts)
        return found

    def remarks(self) -> list[str]:
        said = list(self._remarks)
        if self.is_out_of_time:
            said.append(
                gettext(
                    "The search was ended after %(seconds)s seconds, when it had read about %(read)s "
                    "articles. Narrow it by words in the text, by dates or by status."
                )
                % {"seconds": f"{PATTERN_SECONDS:.0f}", "read": intcomma(self._read)}
            )
        return said
