"""Places in a text, with the endings that their names take there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import ahocorasick

from articles.engines.gazetteer import is_whole
from articles.engines.newswire.capitals import is_among_capitals
from articles.engines.newswire.endings import end_with_ending, is_cyrillic, stem_of
from articles.engines.newswire.patterns import LIKELY, PERHAPS, Found
from articles.engines.newswire.place_names import city_names, country_names, region_names, state_names


class Places:
    """All names in one automaton. It does not depend on any project: `places` makes it once in a process."""

    def __init__(self) -> None:
        self._names = ahocorasick.Automaton()
        for kind, names in (
            ("CITY", city_names()),
            ("GPE", state_names()),
            ("LOC", region_names()),
            ("COUNTRY", country_names()),
        ):
            for name in names:
                stem = stem_of(name)
                self._names.add_word(stem, (len(stem), kind, stem != name))
        self._names.make_automaton()

    def knows(self, word: str) -> bool:
        """Whether the word alone is the name of a place."""
        return any(hit.start == 0 and hit.end == len(word) for hit in self.find(word))

    def find(self, text: str) -> Iterator[Found]:
        """Places; those among other capitals are PERHAPS, and count only within an institution.

        A name with an ending stands for itself: "Қазақстанның Көлік министрлігі".
        """
        for last, (length, kind, must_end) in self._names.iter(text):
            start, stem_end = last + 1 - length, last + 1
            end = stem_end
            if is_cyrillic(text, start):
                end = end_with_ending(text, start, stem_end, must_end=must_end)
            if end and is_whole(text, start, end):
                is_alone = end - stem_end > 1 or not is_among_capitals(text, start, end)
                yield Found(start, end, kind, LIKELY if is_alone else PERHAPS)


@cache
def places() -> Places:
    return Places()
