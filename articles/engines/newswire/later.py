"""Names found once, wherever else they stand: people by surname, institutions by their short form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import ahocorasick
import regex

from articles.engines.gazetteer import is_whole
from articles.engines.newswire.capitals import is_among_capitals
from articles.engines.newswire.endings import end_with_ending, is_cyrillic
from articles.engines.newswire.institutions import FORMS, short_forms
from articles.engines.newswire.patterns import LIKELY, PERHAPS, Found

_SHORTEST_SURNAME = 3
_SHORTEST_PLACE = 4
_HAN = regex.compile(r"\p{Han}++")
_RUSSIAN_CASE = regex.compile(r"(?<=[вн])(?:а|у|ым|ой|е)\Z")
_PARTICLES = frozenset(
    [
        "de",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "al",
        "el",
        "da",
        "di",
        "la",
        "le",
        "ter",
        "dos",
        "du",
        "del",
    ]
)
_THE = ("the ", "The ")


def later_mentions(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Other mentions of what was found. A name among other capitals is part of another, and passed over."""
    found = list(found)
    names = ahocorasick.Automaton()
    for surface, kind in _again(text, found):
        if surface not in names:
            names.add_word(surface, (len(surface), kind))
    if not len(names):
        return
    names.make_automaton()
    forms = _only_institution_of_its_form(text, found)
    for last, (length, kind) in names.iter(text):
        start, end = last + 1 - length, last + 1
        if kind == "FORM":
            if (
                text[start:end] in forms
                and text[max(0, start - 4) : start] in _THE
                and is_whole(text, start, end)
            ):
                yield from _alone(text, start, end, "ORG", PERHAPS)
            continue
        if is_cyrillic(text, start):
            end = end_with_ending(text, start, end)
        if end:
            yield from _alone(text, start, end, kind, LIKELY)


def _alone(text: str, start: int, end: int, kind: str, confidence: float) -> Iterator[Found]:
    is_abbreviation = kind == "ORG" and text[start:end].isupper() and " " not in text[start:end]
    if is_whole(text, start, end) and (is_abbreviation or not is_among_capitals(text, start, end)):
        yield Found(start, end, kind, confidence)


def _again(text: str, found: Iterable[Found]) -> Iterator[tuple[str, str]]:
    """How each name is written when it comes again, with its kind; FORM is what follows in "the Bank"."""
    for surface, kind in dict.fromkeys(
        (text[one.start : one.end], one.kind) for one in found if _is_sure(one)
    ):
        if kind in ("PERSON", "ORG", "AGENCY"):
            yield surface, kind
        if kind == "PERSON":
            yield from ((name, "PERSON") for name in _surnames(surface))
        if kind == "ORG":
            yield from ((short, "ORG") for short in short_forms(surface) if short.lower() not in text)
            yield from ((word, "FORM") for word in surface.split(" ") if FORMS.get(word) == "ORG")
        if kind in ("CITY", "COUNTRY") and (len(surface) >= _SHORTEST_PLACE or _HAN.fullmatch(surface)):
            names = in_small(surface) if surface.isupper() else (surface,)
            yield from ((name, kind) for name in names)


def _is_sure(one: Found) -> bool:
    """Whether it counts elsewhere: a place among other capitals or with a person's name may be none there."""
    return one.kind not in ("CITY", "COUNTRY") or one.confidence >= LIKELY


def _surnames(surface: str) -> Iterator[str]:
    """Ellingsen, and Van der Moss; of Лапина also Лапин."""
    words = surface.split(" ")
    if len(words) < 2 or len(words[-1]) < _SHORTEST_SURNAME:
        return
    yield words[-1]
    first = next((n for n in range(1, len(words)) if words[n].lower() in _PARTICLES), None)
    if first is not None:
        long = " ".join(words[first:])
        yield long
        yield long[0].upper() + long[1:]
    if is_cyrillic(words[-1]):
        yield _RUSSIAN_CASE.sub("", words[-1])


def _only_institution_of_its_form(text: str, found: Iterable[Found]) -> set[str]:
    """Forms that one institution of the article has and no other: only there does "the Bank" say which."""
    surfaces = {text[one.start : one.end] for one in found if one.kind == "ORG"}
    words = (word for surface in surfaces for word in set(surface.split(" ")))
    counts = Counter(word for word in words if FORMS.get(word) == "ORG")
    return {form for form, count in counts.items() if count == 1}


def in_small(surface: str) -> tuple[str, str]:
    """OSLO as it stands in a sentence, and AYVALIK with the dotless letters of Turkish."""
    dotless = surface.replace("I", "ı").replace("İ", "i").title()
    return surface.replace("İ", "i").title(), surface[0] + dotless[1:]
