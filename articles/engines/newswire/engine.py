from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from time import monotonic
from typing import Any, ClassVar

import ahocorasick
import regex

from articles.domain.newswire import Newswire, read_header
from articles.domain.spans import Meeting, Suggestion, meeting
from articles.engines.base import ArticleText, Engine, EngineError
from articles.engines.gazetteer import GazetteerEngine, is_whole
from articles.engines.labels import NAMES, first_known
from articles.engines.newswire.names import NAME_PATTERNS, city_names, country_names
from articles.engines.newswire.numbers import NUMBER_PATTERNS
from articles.engines.newswire.patterns import LIKELY, SURE, Found
from articles.engines.newswire.quotes import QUOTE_PATTERNS

# Kinds that may lie within another hit: a country within an institution, a number within nothing.
_MAY_NEST = frozenset({"GPE", "COUNTRY", "CITY", "NORP", "PERSON", "LANGUAGE"})
_MAY_HOLD = frozenset({"ORG", "FAC", "LOC", "LAW", "EVENT"})
_MIN_SURNAME = 4
# For all patterns over one article: real news of a million characters takes a fifth of it.
TIMEOUT_SECONDS = 30.0
_PATTERNS = (*NAME_PATTERNS, *NUMBER_PATTERNS, *QUOTE_PATTERNS)
_HAN = regex.compile(r"\p{Han}++")
_start = attrgetter("start")


class NewswireEngine(Engine):
    name: ClassVar[str] = "newswire"
    title: ClassVar[str] = "Newswire"
    description: ClassVar[str] = (
        "Dates, sums, ranks, datelines, agencies, offices with names, institutions, countries."
    )
    version: str = "1"

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        super().__init__(settings, labels)
        self._label_of = {kind: label for kind in NAMES if (label := first_known(kind, labels))}
        self._places = {
            kind: GazetteerEngine({"entries": self._lines(kind, names)}, labels)
            for kind, names in (("COUNTRY", country_names()), ("CITY", city_names()))
        }

    def _lines(self, kind: str, names: Iterable[str]) -> str:
        label = self._label_of.get(kind)
        return "\n".join(f"{name}\t{label}" for name in names) if label else ""

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            try:
                yield self._read(article)
            except TimeoutError as error:
                reason = f"the patterns took more than {TIMEOUT_SECONDS:.0f} s over its text."
                raise EngineError(f"Article {article.id}: {reason}") from error

    def _read(self, article: ArticleText) -> list[Suggestion]:
        text, deadline = article.text, monotonic() + TIMEOUT_SECONDS
        found = list(_from_header(read_header(text)))
        for pattern in _PATTERNS:
            found += pattern.find(text, max(deadline - monotonic(), 0.001))
        found += self._find_places(article)
        kept = _settle(found)
        kept = _settle([*kept, *_later_mentions(text, kept)])
        suggestions = [(one, self._label_of.get(one.kind)) for one in kept]
        return [Suggestion(one.start, one.end, label, one.confidence) for one, label in suggestions if label]

    def _find_places(self, article: ArticleText) -> Iterator[Found]:
        for kind, names in self._places.items():
            for hit in next(names.annotate([article])):
                yield Found(hit.start, hit.end, kind, LIKELY)


def _from_header(header: Newswire) -> Iterator[Found]:
    for place, kind in (
        (header.place_at, "CITY"),
        (header.country_at, "COUNTRY"),
        (header.agency_at, "AGENCY"),
    ):
        if place:
            yield Found(*place, kind, SURE)


def _settle(found: Iterable[Found]) -> list[Found]:
    """Of hits that meet, the surer and then the longer stays; a place may lie within an institution."""
    kept: list[Found] = []  # by start, so that only hits nearby are looked at
    longest = 0
    for one in sorted(set(found), key=_rank):
        first = bisect_left(kept, one.start - longest, key=_start)
        last = bisect_left(kept, one.end, key=_start)
        if all(other.end <= one.start or _fit(one, other) for other in kept[first:last]):
            insort(kept, one, key=_start)
            longest = max(longest, one.end - one.start)
    return sorted(kept, key=lambda hit: (hit.start, -hit.end))


def _rank(hit: Found) -> tuple[float, int, int, str]:
    return -hit.confidence, hit.start - hit.end, hit.start, hit.kind


def _fit(one: Found, other: Found) -> bool:
    if meeting(one.start, one.end, other.start, other.end) is not Meeting.NESTED:
        return False
    inner, outer = (one, other) if one.end - one.start < other.end - other.start else (other, one)
    return outer.kind == "QUOTE" or (inner.kind in _MAY_NEST and outer.kind in _MAY_HOLD)


def _later_mentions(text: str, found: list[Found]) -> Iterator[Found]:
    """Names that were found once, wherever else they stand: in full, people by surname, places in small."""
    names = ahocorasick.Automaton()
    for one in found:
        for surface in _again(text[one.start : one.end], one.kind):
            if surface not in names:
                names.add_word(surface, (len(surface), one.kind))
    if not len(names):
        return
    names.make_automaton()
    for last, (length, kind) in names.iter(text):
        if is_whole(text, last + 1 - length, last + 1):
            yield Found(last + 1 - length, last + 1, kind, LIKELY)


def _again(surface: str, kind: str) -> Iterator[str]:
    """How a name is written when it comes again."""
    if kind in ("PERSON", "ORG", "AGENCY"):
        yield surface
    surname = surface.rpartition(" ")[2]
    if kind == "PERSON" and len(surname) >= _MIN_SURNAME:
        yield surname
    if kind in ("CITY", "COUNTRY") and (len(surface) >= _MIN_SURNAME or _HAN.fullmatch(surface)):
        yield from _in_small(surface) if surface.isupper() else (surface,)


def _in_small(surface: str) -> tuple[str, str]:
    """OSLO as it stands in a sentence, and AYVALIK with the dotless letters of Turkish."""
    dotless = surface.replace("I", "ı").replace("İ", "i").title()
    return surface.replace("İ", "i").title(), surface[0] + dotless[1:]
