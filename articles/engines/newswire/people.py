"""People: a name beside an office, a given name before a surname, a name that speaks or is told about."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from articles.engines.newswire.capitals import Run
from articles.engines.newswire.endings import is_cyrillic
from articles.engines.newswire.given_names import GIVEN_NAMES
from articles.engines.newswire.institutions import FORMS
from articles.engines.newswire.office_phrases import office_before
from articles.engines.newswire.offices import (
    BEFORE_OFFICE,
    CAPITAL_OFFICES,
    DECLINED_OFFICES,
    GERMAN_OFFICE,
    LOWER_OFFICES,
    OFFICES,
    OFFICES_AFTER,
    OFFICES_OF,
)
from articles.engines.newswire.patterns import LIKELY, PERHAPS, SURE, Found, alternatives
from articles.engines.newswire.places import places

# What a minister is of is in genitive: "министр иностранных дел". A verb is no such word.
_GENITIVE = r"(?:дел|(?!\p{Ll}*[аеиыоуя]л[аи]?(?:сь|ся)?(?!\w))\p{Ll}*[аеиоуыйвхья])(?!\w)"
_MINISTER = rf"[Мм]инистр(?:а|у|ом|е)?(?:[ ]по)?(?:[ ]{_GENITIVE}){{1,4}}"
# Offices that name what they rule before the name: "директор завода Олег Лапин", "директор фирмы «Вектор»".
_BEFORE = regex.compile(
    rf"(?<!\w)(?P<office>{_MINISTER}|{alternatives(LOWER_OFFICES + CAPITAL_OFFICES + DECLINED_OFFICES)})"
    rf"(?:,?[ ]|[ ](?:[\p{{Cyrillic}}-]++[ ]){{0,2}}+(?:«[^»\n]{{1,40}}»[ ])?)\Z"
)
_CAPITAL = r"\p{Lu}[\p{L}\p{M}'’-]*+"
# "President of the Railway Union of Tarn, Bo Lund", "Prime Minister of Uzbekistan Abror Nazarov".
_OF_SOMETHING = regex.compile(
    rf"(?<!\w)(?P<office>{alternatives(LOWER_OFFICES + OFFICES_OF)})[ ]of[ ](?:the[ ])?{_CAPITAL}"
    rf"(?:[ ](?:{_CAPITAL}|of|for|the|and)){{0,7}}+(?:,[ ]|[ ]?)\Z"
)
_LOWER_LAST = frozenset(word.rpartition("_")[2] for word in LOWER_OFFICES.split())
_AFTER = regex.compile(
    rf",[ ](?:(?P<told>(?:\d{{1,2}}(?=[,.])|aged[ ]|who[ ]|whose[ ]))"
    rf"|(?:the[ ]|a[ ]|an[ ]|its[ ]|their[ ])?(?:[\p{{Ll}}'’-]++[ ]){{0,3}}?"
    rf"(?P<office>{alternatives(OFFICES_AFTER)}|{GERMAN_OFFICE.pattern})(?!\w))"
)
SAYS = alternatives(
    """said says told added adds recalled warned wrote asked replied believes argued insisted explained
    noted announced сказал сказала сообщил сообщила заявил заявила добавил добавила отметил отметила
    деді айтты dedi söyledi sagte erklärte dijo afirmó declaró"""
)
_SPEAKS = regex.compile(rf"[ ]{SAYS}(?!\w)")
_SPOKEN = regex.compile(rf"[”\"»“][,]?[ ](?:[—–-][ ])?{SAYS}[ ](?:\p{{Ll}}++[ ]){{0,3}}\Z")
_SURNAME = regex.compile(
    r"\p{Lu}\p{Ll}+(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|ой|е|ы)?|(?:ск|цк)(?:ий|ая|ого|ому|им|ой)"
    r"|енко|(?:ұлы|қызы|улы|кызы)\p{Ll}*)"
)
_LOOKBACK = 90
_MOST_WORDS = 4
_NAME_WORD = regex.compile(
    r"\p{Lu}(?:\.|['’]?[\p{L}\p{M}]+(?:-\p{L}+)*+)|\p{Ll}{2,3}|(?:[ae]l|a[nrs]|ash)-\p{Lu}\p{L}+"
)


def people_in(run: Run) -> Iterator[Found]:
    """The person, and the office beside the name, of a run; nothing when it names none."""
    beside, (run, country) = run.start, _without_country(run)
    if country:
        yield country
    office = _office_in(run)
    if office:
        first, number = office
        yield from _named_before(run, first)
        name = _without_abbreviation(run.after(number))
        if (
            not _is_complement(name)
            and _may_be_name(name)
            and not (len(name.words) == 1 and places().knows(name.words[0]))
        ):
            yield Found(run.starts[first], run.end_of(number - 1), "TITLE", LIKELY)
            yield Found(name.start, name.end, "PERSON", SURE if len(name.words) > 1 else LIKELY)
        return
    if (
        len(run.words) > 2
        and run.text[max(0, run.start - 5) : run.start].endswith((" of ", " de ", " von "))
        and places().knows(run.words[0])
    ):
        yield Found(run.start, run.end_of(0), "GPE", LIKELY)
        run = run.after(1)
        beside = run.start
    if not _may_be_name(run):
        return
    if len(run.words) < 2:
        yield from _surname_beside_office(run)
        return
    confidence, found = _by_neighbours(run, beside)
    if _has_given_name(run) or _has_surname(run):
        confidence = max(confidence, LIKELY)
    if confidence:
        yield from found
        yield Found(run.start, run.end, "PERSON", confidence)


def _named_before(run: Run, office: int) -> Iterator[Found]:
    """Тоқаев in "Қасым-Жомарт Тоқаев Өзбекстан Президенті Шавкат Мирзиёевпен": two names meet in one run."""
    last = office
    if last and is_cyrillic(run.words[last - 1]) and places().knows(run.words[last - 1]):
        last -= 1
        yield Found(run.starts[last], run.end_of(last), "COUNTRY", LIKELY)
    name = run.until(last)
    if len(name.words) > 1 and _may_be_name(name) and _has_given_name(name):
        yield Found(name.start, name.end, "PERSON", LIKELY)


def _surname_beside_office(run: Run) -> Iterator[Found]:
    """Campos in "la ministra Campos"."""
    before = run.text[max(0, run.start - _LOOKBACK) : run.start]
    office = office_before(before)
    if office and office.is_beside and not places().knows(run.words[0]):
        at = run.start - len(before)
        yield Found(at + office.start, at + office.end, "TITLE", LIKELY)
        yield Found(run.start, run.end, "PERSON", LIKELY)


def _by_neighbours(run: Run, beside: int) -> tuple[float, list[Found]]:
    """How sure the words around it make it that the run is a person, and the office that they name.

    `beside` is where the words before it end: before the country of "министр обороны Норвегии Олег Лапин".
    """
    text, before = run.text, run.text[max(0, beside - _LOOKBACK) : beside]
    at = beside - len(before)
    last = before.rstrip(" ,»").rpartition(" ")[2]
    cyrillic = "а" <= last[-1:] <= "ӿ"
    if (last in _LOWER_LAST or cyrillic) and (office := _BEFORE.search(before)):
        return SURE, [Found(at + office.start("office"), at + office.end("office"), "TITLE", LIKELY)]
    if " of " in before and (office := _OF_SOMETHING.search(before)):
        return LIKELY, [Found(at + office.start("office"), at + office.end("office"), "TITLE", LIKELY)]
    if not cyrillic and (phrase := office_before(before)):
        return SURE, [Found(at + phrase.start, at + phrase.end, "TITLE", LIKELY)]
    if after := _AFTER.match(text, run.end):
        return LIKELY, [Found(*after.span("office"), "TITLE", LIKELY)] if after["office"] else []
    if _SPOKEN.search(before):
        return LIKELY, []
    return (PERHAPS if _SPEAKS.match(text, run.end) else 0.0), []


def _office_in(run: Run) -> tuple[int, int] | None:
    """The first word of an office, and the first word after it, when a name follows within the run."""
    last = next((n for n in range(len(run.words) - 2, -1, -1) if _is_office(run.words[n])), None)
    if last is None:
        return None
    first = last
    while first and run.words[first - 1] in BEFORE_OFFICE:
        first -= 1
    return first, last + 1


def _without_country(run: Run) -> tuple[Run, Found | None]:
    """Президент России Владимир Путин: Russian and Kazakh put the country between office and name."""
    first = 1 if _is_office(run.words[0]) else 0
    country = run.words[first] if len(run.words) > first + 2 else ""
    if not is_cyrillic(country) or not places().knows(country):
        return run, None
    return run.without(first), Found(run.starts[first], run.end_of(first), "COUNTRY", LIKELY)


def _is_complement(name: Run) -> bool:
    """What an office is of, in German: "Sprecherin der Stadtwerke", "Oberbürgermeister von Köln"."""
    first = name.words[0]
    return first == "der" or (first in ("von", "de") and places().knows(name.words[-1]))


def _is_office(word: str) -> bool:
    return word in OFFICES or GERMAN_OFFICE.fullmatch(word) is not None


def _without_abbreviation(name: Run) -> Run:
    """Глава МЧС Ерлан Ахметов: the name begins after the institution."""
    first = name.words[0]
    is_abbreviation = len(first) > 1 and first.isupper() and "." not in first
    return name.after(1) if is_abbreviation and len(name.words) > 2 else name


def _may_be_name(run: Run) -> bool:
    words = run.words
    return (
        len(words) <= _MOST_WORDS
        and words[-1] not in FORMS
        and words[-1] not in OFFICES
        and not words[-1].isupper()
        and all(map(_NAME_WORD.fullmatch, words))
    )


def _has_given_name(run: Run) -> bool:
    first = run.words[0]
    return first in GIVEN_NAMES or (first[-1] in "ауеыоюяи" and first[:-1] in GIVEN_NAMES)


def _has_surname(run: Run) -> bool:
    """A name such as Олег Лапин or Нұрлан Сейітов, in any case."""
    return len(run.words) in (2, 3) and not run.opens_sentence and bool(_SURNAME.fullmatch(run.words[-1]))
