from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, ClassVar

import regex

from articles.domain.newswire import Newswire, read_header
from articles.domain.spans import Meeting, Suggestion, meeting
from articles.engines.base import ArticleText, Engine, EngineError
from articles.engines.gazetteer import GazetteerEngine
from articles.engines.labels import NAMES, first_known
from articles.engines.rules.names import NAME_PATTERNS, city_names, country_names
from articles.engines.rules.numbers import NUMBER_PATTERNS
from articles.engines.rules.patterns import LIKELY, SURE, TIMEOUT_SECONDS, Found
from articles.engines.rules.quotes import QUOTE_PATTERNS

# Kinds that may lie within another hit: a country within an institution, a number within nothing.
_MAY_NEST = frozenset({"GPE", "COUNTRY", "CITY", "NORP", "PERSON", "LANGUAGE"})
_MAY_HOLD = frozenset({"ORG", "FAC", "LAW", "EVENT"})
_MIN_SURNAME = 4
_start = attrgetter("start")


class RulesEngine(Engine):
    name: ClassVar[str] = "rules"
    title: ClassVar[str] = "Rules"
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
                raise EngineError(
                    f"The patterns took more than {TIMEOUT_SECONDS:.0f} s over this text."
                ) from error

    def _read(self, article: ArticleText) -> list[Suggestion]:
        text = article.text
        found = list(_from_header(read_header(text)))
        for pattern in (*NAME_PATTERNS, *NUMBER_PATTERNS, *QUOTE_PATTERNS):
            found += pattern.find(text)
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
    """Full names and institutions again, and people by surname alone, wherever else they stand."""
    surfaces: dict[str, str] = {}
    for one in found:
        if one.kind in ("PERSON", "ORG", "AGENCY"):
            surface = text[one.start : one.end]
            surfaces.setdefault(surface, one.kind)
            surname = surface.rpartition(" ")[2]
            if one.kind == "PERSON" and len(surname) >= _MIN_SURNAME:
                surfaces.setdefault(surname, "PERSON")
    if not surfaces:
        return
    names = "|".join(regex.escape(name) for name in sorted(surfaces, key=len, reverse=True))
    for match in regex.finditer(rf"(?<!\w)(?:{names})(?!\w)", text, timeout=TIMEOUT_SECONDS):
        yield Found(match.start(), match.end(), surfaces[match.group()], LIKELY)
