"""What peoples are called in Russian, Kazakh, German, French and Spanish, in every form that texts use.

Most are the names of languages in Unicode CLDR (through Babel): казахский, kasachisch, kazakh, kazajo.
Russian and Kazakh ones of countries are made from CLDR's names of countries; a form that nobody uses is never
met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Flag, auto
from itertools import product

from babel import Locale

# Languages after which a people is called.
_CODES = """en fr de es ru kk uz ky tg tk az uk be pl cs sk hu ro bg el tr fa ar ja ko zh vi th id mn nl
    da sv no fi et lv lt sr hr sl bs sq mk hy ka it pt ca tt ug ku ga cy is"""

_RUSSIAN_STEMS = """российск американск британск голландск мексиканск кубинск чилийск египетск европейск
    африканск азиатск еврейск чеченск башкирск якутск бурятск осетинск дагестанск абхазск кыргызск
    палестинск шотландск иорданск ангольск марокканск перуанск австралийск молдавск швейцарск южнокорейск
    северокорейск мусульманск католическ буддийск"""
_ADJECTIVE = ["ий", "ая", "ое", "ие", "ого", "ой", "ому", "ую", "им", "ом", "их", "ими"]
# Declined as россияне, as казахи, and not at all alike.
_LIKE_RUSSIANS = """россиян англичан датчан армян египтян израильтян киевлян христиан мусульман парижан"""
_AS_RUSSIANS = ["", "е", "ам", "ами", "ах", "ин", "ина", "ину", "ином", "ине", "ка", "ки", "кой", "ку"]
_LIKE_KAZAKHS = """казах узбек киргиз кыргыз таджик татар башкир серб хорват словак чех поляк грек швед
    финн француз араб курд монгол латыш туркмен румын грузин белорус гагауз уйгур калмык якут индус венгр
    осетин абхаз итальян католик буддист"""
_AS_KAZAKHS = ["", "а", "у", "ом", "е", "и", "ы", "ов", "ам", "ами", "ах"]
_OTHER_RUSSIANS = """турок турка турку турком турки туркам турками турках немец немца немцу немцем немцы
    немцев немцам немцами немцах британец британцы британцев британцам британцами бразилец бразильцы
    бразильцев афганец афганцы афганцев швейцарец швейцарцы швейцарцев голландец голландцы голландцев
    норвежцы еврей еврея евреи евреев евреям евреями турчанка немка казашка"""
_AS_GERMANS = ["а", "у", "ем", "е", "ы", "ев", "ам", "ами", "ах"]

_KAZAKH_PLURALS = ["лар", "лер", "дар", "дер", "тар", "тер"]
_KAZAKH_CASES = """ның нің дың дің тың тің ға ге қа ке ды ді ты ті ны ні дан ден тан тен мен пен бен"""
_KAZAKH_OF_COUNTRY = ["дық", "дік", "лық", "лік", "тық", "тік"]
_SHORTEST_KAZAKH = 4

_GERMAN_STEMS = """amerikanisch britisch belgisch österreichisch schweizerisch brasilianisch mexikanisch
    kanadisch australisch marokkanisch algerisch tunesisch ägyptisch israelisch iranisch irakisch syrisch
    libanesisch indisch pakistanisch afghanisch palästinensisch libysch nigerianisch kenianisch
    argentinisch chilenisch kolumbianisch venezolanisch kubanisch europäisch afrikanisch asiatisch jüdisch
    muslimisch schottisch südkoreanisch nordkoreanisch tschetschenisch bayerisch sächsisch"""
_GERMANS_IN_E = """Russe Kasache Usbeke Kirgise Tadschike Franzose Türke Finne Grieche Brite Chinese
    Bulgare Rumäne Tscheche Slowake Kroate Serbe Däne Schotte Kurde Afghane Portugiese Deutsche Libanese
    Vietnamese"""
_GERMANS_IN_ER = """Amerikaner Italiener Spanier Niederländer Österreicher Engländer Japaner Ukrainer
    Belgier Iraner Iraker Syrer Ägypter Araber Europäer Afrikaner Brasilianer Mexikaner Kanadier
    Australier Norweger Isländer Albaner Georgier Armenier Inder Palästinenser Marokkaner Schweizer
    Südkoreaner"""
_FRENCH_STEMS = """américain britannique belge suisse autrichien brésilien mexicain canadien australien
    marocain algérien tunisien égyptien israélien iranien irakien syrien libanais indien pakistanais
    afghan palestinien saoudien libyen sénégalais ivoirien malien congolais nigérian camerounais européen
    africain asiatique écossais argentin chilien colombien vénézuélien cubain péruvien québécois
    sud-coréen nord-coréen tchétchène finlandais"""
_SPANISH_STEMS = """estadounidense norteamericano británico belga suizo austriaco austríaco brasileño
    mexicano canadiense australiano marroquí argelino tunecino egipcio israelí iraní iraquí libanés
    pakistaní afgano palestino saudí libio argentino chileno colombiano peruano venezolano ecuatoriano
    boliviano cubano uruguayo paraguayo europeo africano asiático escocés holandés surcoreano norcoreano
    finlandés"""


class Use(Flag):
    """What a word may be: one in small letters, a noun with a capital, the name of a language, German."""

    SMALL = auto()
    NOUN = auto()
    LANGUAGE = auto()
    GERMAN = auto()


def demonyms() -> dict[str, Use]:
    """Every form, in small letters, with its uses."""
    found: dict[str, Use] = {}
    for use, words in _words():
        for word in words:
            found[word.lower()] = found.get(word.lower(), Use(0)) | use
    return found


def _words() -> Iterator[tuple[Use, Iterable[str]]]:
    yield Use.SMALL | Use.LANGUAGE, _inflected(_russian_stems(), _ADJECTIVE)
    yield Use.SMALL, _russian_people()
    yield Use.SMALL | Use.LANGUAGE, _kazakh_people()
    yield Use.SMALL, _inflected(_inflected(_countries("kk"), _KAZAKH_OF_COUNTRY), ["", "тар", "тер"])
    yield (
        Use.SMALL | Use.GERMAN,
        _inflected([*_spoken("de"), *_GERMAN_STEMS.split()], ["e", "er", "en", "em", "es"]),
    )
    yield Use.NOUN | Use.GERMAN, _inflected(_GERMANS_IN_E.split(), ["", "n", "r"])
    yield Use.NOUN | Use.GERMAN, _inflected(_GERMANS_IN_ER.split(), ["", "n", "in", "innen"])
    yield Use.SMALL | Use.NOUN, _all(_french, [*_spoken("fr"), *_FRENCH_STEMS.split()])
    yield Use.SMALL, _all(_spanish, [*_spoken("es"), *_SPANISH_STEMS.split()])
    for language in ("de", "fr", "es"):
        yield Use.LANGUAGE, _spoken(language)


def _spoken(language: str) -> list[str]:
    """The languages of `_CODES` as `language` calls them, of one word."""
    names = (Locale(language).languages.get(code, "") for code in _CODES.split())
    return [name.removesuffix(" тілі").lower() for name in names if " " not in name.removesuffix(" тілі")]


def _countries(language: str) -> list[str]:
    territories = Locale(language).territories.items()
    return [name.lower() for code, name in territories if len(code) == 2 and name.isalpha()]


def _inflected(stems: Iterable[str], endings: Iterable[str]) -> Iterator[str]:
    return map("".join, product(stems, endings))


def _all(decline: Callable[[str], Iterable[str]], words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield from decline(word)


def _russian_stems() -> list[str]:
    spoken = [name.removesuffix("ий") for name in _spoken("ru") if name.endswith("кий")]
    return [*spoken, *_RUSSIAN_STEMS.split(), *map(_russian_stem, _countries("ru"))]


def _russian_stem(country: str) -> str:
    """казахстанск, сирийск, канадск of a country."""
    if country.endswith("ия"):
        return country[:-1] + "йск"
    return (country[:-1] if country[-1] in "аы" else country) + ("йск" if country[-1] == "и" else "ск")


def _russian_people() -> Iterator[str]:
    yield from _inflected(_LIKE_RUSSIANS.split(), _AS_RUSSIANS)
    yield from _inflected(_LIKE_KAZAKHS.split(), _AS_KAZAKHS)
    yield from _OTHER_RUSSIANS.split()
    for stem in (stem.removesuffix("ск") for stem in _russian_stems()):
        yield stem.removesuffix("й") + "ец"  # казахстанец, сириец; сирийцы
        yield from _inflected([stem + "ц"], _AS_GERMANS)


def _kazakh_people() -> Iterator[str]:
    countries = set(_countries("kk"))
    names = [name for name in _spoken("kk") if len(name) >= _SHORTEST_KAZAKH and name not in countries]
    cases = ["", *_KAZAKH_CASES.split()]
    yield from _inflected(names, cases)
    yield from _inflected(_inflected(names, _KAZAKH_PLURALS), cases)


def _french(word: str) -> Iterator[str]:
    """français, française, françaises; italienne; grecque."""
    if word.endswith("e"):
        return _inflected([word], ["", "s"])
    by_ending = {"en": word + "ne", "on": word + "ne", "ec": word + "que", "rc": word[:-1] + "que"}
    feminine = by_ending.get(word[-2:], word + "e")
    plural = word if word.endswith("s") else word + "s"
    return iter((word, plural, feminine, feminine + "s"))


def _spanish(word: str) -> Iterator[str]:
    """ruso, rusa; francés, francesa, franceses; marroquí, marroquíes."""
    if word.endswith("o"):
        return _inflected([word[:-1]], ["o", "a", "os", "as"])
    if word.endswith(("a", "e", "í")):
        return _inflected([word], ["", "s", "es"])
    plain = word[:-2] + word[-2:].translate(str.maketrans("áéó", "aeo"))
    return iter((word, plain + "a", plain + "es", plain + "as"))
