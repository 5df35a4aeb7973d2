"""Places in a text, with the endings that their names take there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import ahocorasick
import regex

from articles.engines.gazetteer import is_whole
from articles.engines.newswire.capitals import is_among_capitals
from articles.engines.newswire.endings import end_with_ending, is_cyrillic, stem_of
from articles.engines.newswire.patterns import LIKELY, MAYBE, PERHAPS, PLACED, Found
from articles.engines.newswire.place_names import (
    city_names,
    country_names,
    doubtful_city_names,
    lone_capitals,
    region_names,
    state_names,
)

_DOUBTFUL = "DOUBTFUL"
# What a place stands after, in English, German, French and Spanish. After "to" people stand as often.
_PLACE_BEFORE = regex.compile(
    r"""(?<!\w)(?:
        (?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round)
        |(?:fl[yi]\w*|flew|flown|flights?|travel\w*|mov(?:e|es|ed|ing)|go|goes|going|went|gone|c[ao]me|coming
            |return\w*|head(?:s|ed|ing)|sail\w*|dr[io]v\w+|sent|tow\w*|trains?|bus(?:es)?|trips?|visits?|back
            |ambassador|envoy|routes?|roads?|ferr(?:y|ies)|way|moved)[ ]to
        |(?:mayor|city|town|port|streets?|outskirts|suburbs?|capital)[ ]of
        |[Ii]n|[Nn]ach|[Aa]us|[Bb]ei|(?:[Bb]ürgermeister(?:in)?|Stadt)[ ]von
        |[ÀàA]|[Vv]ers|près[ ]de|maire[ ]de|ville[ ]de
        |[Ee]n|[Dd]esde|[Hh]acia|(?:alcalde|alcaldesa|ciudad)[ ]de
    )[ ]\Z""",
    regex.VERBOSE,
)
_LOOKBACK = 24
_AND = frozenset((" and ", " or ", " und ", " oder ", " et ", " ou ", " y ", " e ", " o "))
_LONGEST_AND = 6
_OF = (" of ", " de ", " von ", " d'", " d’", " du ", " del ")
_POSSESSIVE = ("'s", "’s")


class Places:
    """All names in one automaton. It does not depend on any project: `places` makes it once in a process."""

    def __init__(self) -> None:
        self._names = ahocorasick.Automaton()
        for kind, names in (
            (_DOUBTFUL, doubtful_city_names()),
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

        A name with an ending stands for itself: "Қазақстанның Көлік министрлігі". A name that may be a
        person's is a place where the word before it says so, or another place: "in Austin and Jackson".
        """
        reached = 0
        for last, (length, kind, must_end) in self._names.iter(text):
            start, stem_end = last + 1 - length, last + 1
            end = stem_end
            if is_cyrillic(text, start):
                end = end_with_ending(text, start, stem_end, must_end=must_end)
            if not end or not is_whole(text, start, end):
                continue
            is_alone = end - stem_end > 1 or not is_among_capitals(text, start, end)
            if kind == _DOUBTFUL:
                confidence = _confidence(text, start, end, reached) if is_alone else 0.0
            else:
                confidence = LIKELY if is_alone else PERHAPS
            if confidence:
                yield Found(start, end, "CITY" if kind == _DOUBTFUL else kind, confidence)
                reached = end if confidence >= LIKELY else reached


def _confidence(text: str, start: int, end: int, reached: int) -> float:
    """How sure it is that a doubtful name is a place, when the place before it ends at `reached`."""
    before = text[max(0, start - _LOOKBACK) : start]
    if text.startswith(_POSSESSIVE, end):
        return 0.0
    if start - reached <= _LONGEST_AND and text[reached:start] in _AND:
        return PLACED
    if _PLACE_BEFORE.search(before):
        return PLACED
    if before.endswith(_OF):
        return PERHAPS
    return MAYBE if text[start:end] in lone_capitals() else 0.0


@cache
def places() -> Places:
    return Places()
