"""What a wire story says about itself: date, dateline, byline and agency, read from its first and last lines.

The text is never changed: only metadata and offsets (code points) come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

from articles.domain.newswire.agencies import KNOWN, NAME, SIGLUM, attributed_agency

HEAD, TAIL = 600, 400
# A headline, a byline and empty lines may stand above the dateline.
LINES = 6

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan января қаңтар ocak",
            "february feb февраля ақпан şubat",
            "march mar марта наурыз mart",
            "april apr апреля сәуір nisan",
            "may мая мамыр mayıs",
            "june jun июня маусым haziran",
            "july jul июля шілде temmuz",
            "august aug августа тамыз ağustos",
            "september sept sep сентября қыркүйек eylül",
            "october oct октября қазан ekim",
            "november nov ноября қараша kasım",
            "december dec декабря желтоқсан aralık",
        ),
        start=1,
    )
    for name in names.split()
}
# Only in datelines: in running text some of these are other words (mars, mai, abril, мар).
_DATELINE_MONTHS = MONTHS | {
    name: number
    for number, names in enumerate(
        (
            "januar janvier janv enero ene янв يناير",
            "februar février févr febrero фев февр فبراير",
            "märz mars marzo мар مارس",
            "avril avr abril abr апр أبريل",
            "mai mayo مايو",
            "juni juin junio июн يونيو",
            "juli juillet juil julio июл يوليو",
            "août agosto ago авг أغسطس",
            "septembre septiembre сен сент سبتمبر",
            "oktober okt octobre octubre окт أكتوبر",
            "novembre noviembre ноя нояб نوفمبر",
            "dezember dez décembre déc diciembre dic дек ديسمبر",
        ),
        start=1,
    )
    for name in names.split()
}

_MONTH = "(?i:" + "|".join(sorted(_DATELINE_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WORD = r"\p{Lu}[\p{L}\p{M}'’\-]*+"
_PLACE = (
    rf"(?:(?i:st|ft|mt)\.[ ])?{_WORD}(?:[ /](?:(?:de|del|da|do|la|el|al|am|on|upon|sur)[ ])?{_WORD}){{0,3}}"
)
_COUNTRY = rf"(?:{_PLACE}(?:\.(?=[ ][(—–]))?|(?:\p{{Lu}}\.){{2,3}})"
_DATE = (
    rf"(?P<date>(?:(?P<month>{_MONTH})[ ](?P<day>\d{{1,2}})|(?P<day>\d{{1,2}})\.?[ ](?P<month>{_MONTH}))"
    r"(?:,?[ ](?P<year>\d{4}))?)"
)
_SIGNED = "|".join(
    (
        rf",?[ ]\((?P<agency>{NAME}|\p{{Ll}}{{2,6}})\)",  # (Reuters)
        rf"[.,]?[ ]/(?P<agency>{NAME})/",  # /ТАСС/
        rf"[.,][ ](?P<agency>{NAME})(?=[ ]?[—–:]|[ ]--?[ ]|[ ][ ]|[ \r]*+\n)",  # . KazTAG -
        rf"[ ][—–-][ ](?P<agency>{SIGLUM}|{KNOWN})(?=\.[ ])",  # - РИА Новости.
        rf"\.[ ](?P<agency>{KNOWN})(?=\.[ ])",  # . ҚазАқпарат.
    )
)
_DASH = r"[ ]?[—–]|[ ]--?(?=[ ])"
_END = rf"{_DASH}|\.[ ]?[—–-](?=[ ])|(?<=/)(?=[ ])|\.(?=[ ][\p{{Lu}}“«„\"])|:(?=\s)|\.?(?=[ ][ ]|[ \r]*+\n)"
_FULL = (
    rf"(?P<place>{_PLACE})(?:,[ ](?P<country>{_COUNTRY}))?"
    rf"(?:(?:[,.]|(?<=\p{{Lu}}\p{{Lu}}))[ ]{_DATE})?(?:{_SIGNED})?"
)
_AGENCY_ALONE = rf"\((?P<agency>{NAME}|\p{{Ll}}{{2,6}})\)"
_ARABIC = (
    rf"(?P<place>\p{{Arabic}}++(?:[ ]\p{{Arabic}}++){{0,2}}?)(?:[،,]?[ ]{_DATE})?"
    r"[ ]\((?P<agency>[\p{L}\p{M} .]{2,30}+)\)"
)
_CHINESE = (
    r"(?:(?P<agency>\p{Han}{1,6}?(?:社|[日晚早时]报))|本报)(?P<place>\p{Han}{2,8}?)"
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)


def _compiled(line: str, end: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?P<line>{line})(?P<end>{end})\s*+")


_IN_CAPITALS = (_compiled(_FULL, _END),)
_IN_BRACKETS = (_compiled(_AGENCY_ALONE, _DASH),)
_WITHOUT_CAPITALS = (
    _compiled(_ARABIC, r"[ ]?[—–-]"),
    _compiled(_CHINESE, r"[电讯](?:（[^）\n]{1,40}）)?[：:，,]?"),
)
_BLANK = r"[\s\ufeff\u200b\u200e\u200f]*+"
_START = regex.compile(_BLANK)
_HEADER = regex.compile(rf"{_BLANK}date[ \t]*+:?[ \t]*+(\d{{4}})-(\d\d)-(\d\d)\b[ \t]*+", regex.I)
_BYLINE = regex.compile(r"(?:By|BY|Автор:|Авторы:)[ ](?P<byline>\p{Lu}[^\n]{1,80}?)[ ]*+(?=\n|\Z)")
# What opens a story like a place, and is none.
_NO_PLACES = """THE ON PRESIDENT UPDATED PUBLISHED POSTED DATE NOTE NEWS LIVE WATCH BREAKING UPDATE EXCLUSIVE
CORRECTED CORRECTION FACTBOX ANALYSIS OPINION EDITORIAL EXPLAINER NATO OPEC UNESCO UNICEF FIFA UEFA NASA BBC
CNN COVID MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY НАТО ООН ПОНЕДЕЛЬНИК ВТОРНИК СРЕДА ЧЕТВЕРГ
ПЯТНИЦА СУББОТА ВОСКРЕСЕНЬЕ СРОЧНО МОЛНИЯ ЭКСКЛЮЗИВ ШҰҒЫЛ"""
_TIMEOUT = 0.5


@dataclass(frozen=True, slots=True)
class Newswire:
    """What was found. `dateline` is as printed, `place` its first name, `body_start` where the story begins.

    `published_on` is the header's date, or the dateline's when a year is printed there. `dateline_on` is the
    dateline's date; without a year it is the one nearest to the header's. `*_at` are `[start, end)` in code
    points, or None. `headline` and `byline` are lines that stand above the dateline.
    """

    published_on: date | None = None
    dateline_on: date | None = None
    dateline: str = ""
    place: str = ""
    country: str = ""
    agency: str = ""
    headline: str = ""
    byline: str = ""
    body_start: int = 0
    place_at: tuple[int, int] | None = None
    country_at: tuple[int, int] | None = None
    agency_at: tuple[int, int] | None = None
    date_at: tuple[int, int] | None = None


def read_header(text: str) -> Newswire:
    """Read the header of a wire story. Anything that is not one gives an empty answer; nothing is raised.

    Only the first 600 and the last 400 characters are looked at.
    """
    try:
        return _read(text)
    except TimeoutError:
        return Newswire()


def _read(text: str) -> Newswire:
    head = text[:HEAD]
    header = _HEADER.match(head, timeout=_TIMEOUT)
    header_on = _date(*(int(part) for part in header.groups())) if header else None
    top = header.end() if header else 0
    found = _dateline(head, top)
    agency_at = _agency_at(text, found)
    agency = text[slice(*agency_at)] if agency_at else ""
    if found is None:
        return Newswire(header_on, agency=agency, body_start=top, agency_at=agency_at)
    headline, byline = _lines_above(head[top : found.start()])
    dateline_on = _dateline_date(found, header_on)
    return Newswire(
        published_on=header_on or (dateline_on if _group(found, "year") else None),
        dateline_on=dateline_on,
        dateline=found["line"],
        place=_group(found, "place"),
        country=_group(found, "country"),
        agency=agency,
        headline=headline,
        byline=byline,
        body_start=found.end(),
        place_at=_at(found, "place"),
        country_at=_at(found, "country"),
        agency_at=agency_at,
        date_at=_date_at(found),
    )


def _dateline(head: str, top: int) -> regex.Match[str] | None:
    """The dateline at the top, or on one of the first lines when a date or an agency makes it certain."""
    start = top
    for line in range(LINES):
        blank = _START.match(head, start)
        start = blank.end() if blank else start
        for pattern in _patterns_for(head[start : start + 1]):
            found = pattern.match(head, start, timeout=_TIMEOUT)
            if found and (_is_certain(found) or (line == 0 and _is_capital_place(found))):
                return found
        start = head.find("\n", start) + 1
        if start == 0:
            return None
    return None


def _patterns_for(letter: str) -> tuple[regex.Pattern[str], ...]:
    if letter == "(":
        return _IN_BRACKETS
    return _IN_CAPITALS if letter.isupper() else _WITHOUT_CAPITALS


def _is_certain(found: regex.Match[str]) -> bool:
    return bool(_group(found, "month") or _group(found, "agency")) and _may_be_place(found)


def _is_capital_place(found: regex.Match[str]) -> bool:
    """A capitalised word alone is no dateline; OSLO before a dash or a full stop is."""
    place, end = _group(found, "place"), found["end"].strip()
    return end in ("—", "–", "-", "--", ".") and len(place) > 2 and place.isupper() and _may_be_place(found)


def _may_be_place(found: regex.Match[str]) -> bool:
    return set(_NO_PLACES.split()).isdisjoint(_group(found, "place").upper().split())


def _lines_above(above: str) -> tuple[str, str]:
    """Headline and byline."""
    lines = [line.strip(" \t\r\ufeff") for line in above.splitlines()]
    bylines = [found["byline"] for line in lines if (found := _BYLINE.match(line, timeout=_TIMEOUT))]
    headline = next((line for line in lines if line and not _BYLINE.match(line, timeout=_TIMEOUT)), "")
    return headline, bylines[0] if bylines else ""


def _group(found: regex.Match[str], name: str) -> str:
    return (found[name] or "") if name in found.re.groupindex else ""


def _at(found: regex.Match[str], name: str) -> tuple[int, int] | None:
    return found.span(name) if _group(found, name) else None


def _date_at(found: regex.Match[str]) -> tuple[int, int] | None:
    """Without the full stop of "14 мая." that belongs to the dateline."""
    start, end = _at(found, "date") or (0, 0)
    return (start, start + len(found.string[start:end].rstrip("."))) if end else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dateline_date(found: regex.Match[str], near: date | None) -> date | None:
    """Without a printed year, the day nearest to `near`: a story of 1 January may be dated Dec. 31."""
    name, year = _group(found, "month").rstrip(".").lower(), _group(found, "year")
    month = int(name) if name.isdecimal() else _DATELINE_MONTHS.get(name, 0)
    day = int(_group(found, "day") or 0)
    if year:
        return _date(int(year), month, day)
    if near is None:
        return None
    days = [_date(near.year + shift, month, day) for shift in (-1, 0, 1)]
    return min((one for one in days if one), key=lambda one: abs(one - near), default=None)


def _agency_at(text: str, dateline: regex.Match[str] | None) -> tuple[int, int] | None:
    if dateline and (signed := _at(dateline, "agency")):
        return signed
    for start, end in ((0, HEAD), (max(0, len(text) - TAIL), len(text))):
        if found := attributed_agency(text, start, end, timeout=_TIMEOUT):
            return found
    return None
