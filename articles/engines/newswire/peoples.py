"""Peoples and languages: one word may be either, and what stands beside it decides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import ahocorasick
import regex

from articles.engines.gazetteer import is_whole, lower_by_letter
from articles.engines.newswire.capitals import Run, opens_sentence
from articles.engines.newswire.demonyms import Use, demonyms
from articles.engines.newswire.patterns import LIKELY, PERHAPS, Found, word_set

_LANGUAGES = word_set(
    """English Russian Kazakh Turkish Arabic Chinese French German Spanish Norwegian Swedish Finnish
    Italian Portuguese Uzbek Kyrgyz Tajik Azerbaijani Persian Hindi Japanese Korean Ukrainian Polish
    Mandarin Hebrew Greek Dutch Danish Latin Swahili Bengali Urdu Vietnamese Thai Welsh Irish"""
)
_PEOPLES = word_set(
    """American British English French German Italian Spanish Portuguese Dutch Belgian Swiss Austrian
    Norwegian Swedish Danish Finnish Icelandic Polish Czech Slovak Hungarian Romanian Bulgarian Greek
    Turkish Russian Ukrainian Belarusian Kazakh Kazakhstani Uzbek Kyrgyz Tajik Turkmen Azerbaijani
    Armenian Georgian Iranian Iraqi Syrian Lebanese Israeli Palestinian Saudi Emirati Qatari Egyptian
    Moroccan Algerian Tunisian Libyan Nigerian Kenyan Ethiopian Ghanaian Sudanese Indian Pakistani
    Bangladeshi Afghan Chinese Japanese Korean Vietnamese Thai Indonesian Malaysian Philippine Filipino
    Mongolian Australian Canadian Mexican Brazilian Argentine Argentinian Chilean Colombian Peruvian
    Cuban European Asian African Scottish Welsh Irish Estonian Latvian Lithuanian Serbian Croatian
    Slovenian Bosnian Albanian Macedonian Moldovan Flemish Basque Catalan Kurdish Uyghur Tatar Chechen
    Arab Jewish Yemeni Jordanian Kuwaiti Somali Ugandan Tanzanian Rwandan Zimbabwean Zambian Cypriot
    Maltese Nepalese Nepali Burmese Cambodian Taiwanese Tibetan Venezuelan Bolivian Ecuadorian Jamaican
    Haitian Muslim Christian Buddhist Hindu Orthodox Catholic Protestant Sunni Shiite Shia Sikh
    Norwegians Swedes Danes Finns Russians Kazakhs Germans Italians Turks Americans Ukrainians Greeks
    Europeans Africans Muslims Christians Jews Buddhists Hindus Arabs Kurds Uzbeks Tajiks Poles Czechs
    Hungarians Romanians Serbs Croats Albanians Armenians Georgians Israelis Palestinians Iranians
    Iraqis Syrians Egyptians Nigerians Indians Pakistanis Australians Canadians Mexicans Brazilians
    Democrats Republicans Democrat Republican"""
)
_NAMED = regex.compile(r"[ ]languages?\b")
_LIST = rf"(?:{'|'.join(sorted(_LANGUAGES))})(?:,[ ]|,?[ ](?:and|or)[ ])"
_SPOKEN_BEFORE = regex.compile(
    rf"\b(?:speaks?|spoke|spoken|written|speaking|translated|printed|sung|into|in|from)"
    rf"[ ](?:{_LIST}){{0,6}}+\Z"
)
_SOMETHING_AFTER = regex.compile(r"[ ](?!and\b|or\b|by\b|with\b|for\b|at\b|to\b|on\b)\p{L}")
_LOOKBACK = 90
# What says in other languages than English that a word is the name of a language.
_LANGUAGE_AFTER = regex.compile(r"[ ](?:язык|тіл)\p{Ll}{0,6}(?!\w)")
_LANGUAGE_BEFORE = regex.compile(
    r"(?<!\w)(?:auf|ins|spr[aei]cht|sprechen|en|parl(?:e|ent|ait)|langue|habla[n]?|idioma|lengua)[ ]\Z"
)
_CAPITAL_AFTER = regex.compile(r"[ ]\p{Lu}")
# "Die Schweizer Bahn": an adjective with a capital.
_SWISS = "Schweizer"
_ARTICLE_BEFORE = regex.compile(
    r"(?<!\w)(?:[Dd](?:ie|er|as|en|em|es)|[Ee]ine?[nmrs]?|im|am|vom|zur|zum)[ ]\Z"
)


def peoples_in(run: Run) -> Iterator[Found]:
    """Peoples and languages among the words of a run."""
    for number, word in enumerate(run.words):
        start, end = run.starts[number], run.end_of(number)
        if word in _LANGUAGES and _is_language(run.text, start, end):
            yield Found(start, end, "LANGUAGE", LIKELY)
        elif word in _PEOPLES and not _NAMED.match(run.text, end):
            yield Found(start, end, "NORP", LIKELY if len(run.words) == 1 else PERHAPS)


def _is_language(text: str, start: int, end: int) -> bool:
    if _NAMED.match(text, end):
        return True
    return bool(
        not _SOMETHING_AFTER.match(text, end)
        and _SPOKEN_BEFORE.search(text[max(0, start - _LOOKBACK) : start])
    )


def is_people(word: str) -> bool:
    """Whether the word of Russian, Kazakh, German, French or Spanish says of what people something is."""
    use = _names().get(word, (0, Use(0)))[1]
    return Use.SMALL in use


def peoples_named(text: str) -> Iterator[Found]:
    """Peoples and languages of a text in Russian, Kazakh, German, French and Spanish."""
    for last, (length, use) in _names().iter(lower_by_letter(text)):
        start, end = last + 1 - length, last + 1
        if is_whole(text, start, end) and "-" not in (text[start - 1 : start], text[end : end + 1]):
            if Use.LANGUAGE in use and _says_language(text, start, end):
                yield Found(start, end, "LANGUAGE", LIKELY)
            elif _is_people(text, start, end, use):
                yield Found(start, end, "NORP", LIKELY)


def _says_language(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start]
    return bool(_LANGUAGE_AFTER.match(text, end) or _LANGUAGE_BEFORE.search(before))


def _is_people(text: str, start: int, end: int, use: Use) -> bool:
    if text[start].islower():
        return Use.SMALL in use
    if text[start:end] == _SWISS and _ARTICLE_BEFORE.search(text[max(0, start - 8) : start]):
        return True
    is_followed = _CAPITAL_AFTER.match(text, end) is not None
    if Use.SMALL in use and opens_sentence(text, start):
        return Use.GERMAN in use or not is_followed
    return Use.NOUN in use and not is_followed and text[start + 1].islower()


@cache
def _names() -> Any:
    """All forms in one automaton, each with its length and its uses."""
    names = ahocorasick.Automaton()
    for word, use in demonyms().items():
        names.add_word(word, (len(word), use))
    names.make_automaton()
    return names
