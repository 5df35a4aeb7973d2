"""What a wire story says about itself: date, dateline and agency, read from its first and last lines.

The text is never changed: only metadata and offsets (code points) come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

HEAD, TAIL = 600, 400

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
_MONTH = "(?i:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_PLACE = r"\p{Lu}[\p{L}'’\-]*+(?:[ ]\p{Lu}[\p{L}'’\-]*+){0,3}"
_AGENCY = r"[\p{Lu}\d][\p{L}\d&.\-]*+(?: [\p{Lu}][\p{L}\d&.\-]*+){0,3}"

_HEADER = regex.compile(r"\s*+date[ \t]++(\d{4})-(\d\d)-(\d\d)\b[ \t]*+", regex.I)
_DAY = rf"(?:(?P<month>{_MONTH})[ ](?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})[ ](?P<month2>{_MONTH}))"
_DATELINE = regex.compile(
    rf"(?P<line>(?P<place>{_PLACE})(?:,[ ](?P<country>{_PLACE}))?"
    rf"(?:[,.][ ](?P<date>{_DAY}(?:,?[ ](?P<year>\d{{4}}))?))?"
    rf"(?:,?[ ]\((?P<agency>{_AGENCY})\)|[.,][ ]/?(?P<agency2>{_AGENCY})/?(?=[ ][—–-]))?)"
    r"(?P<end>[ ]?[—–]|[ ]-(?=[ ])|\.(?=[ ]\p{Lu}))[ ]*+"
)
_REPORTS = (
    regex.compile(rf"[,—–-][ ](?P<agency>{_AGENCY})[ ](?:reports|reported|informs|writes)\b"),
    regex.compile(rf"\bas[ ](?P<agency>{_AGENCY})[ ](?:reports|reported)\b"),
    regex.compile(rf"(?:передаёт|передает|сообщает)[ ](?P<agency>{_AGENCY})"),
    regex.compile(rf"(?P<agency>{_AGENCY})[ ](?:хабарлайды|хабарлады|bildirdi|haber verdi)\b"),
)
_TIMEOUT = 0.5


@dataclass(frozen=True, slots=True)
class Newswire:
    """What was found. `dateline` is as printed; `place` its first name; `body_start` where the story begins.

    `*_at` are `[start, end)` in code points, or None.
    """

    published_on: date | None = None
    dateline: str = ""
    place: str = ""
    country: str = ""
    agency: str = ""
    body_start: int = 0
    place_at: tuple[int, int] | None = None
    country_at: tuple[int, int] | None = None
    agency_at: tuple[int, int] | None = None


def read_header(text: str) -> Newswire:
    """Read the header of a wire story. Anything that is not one gives an empty answer; nothing is raised."""
    try:
        return _read(text)
    except TimeoutError:
        return Newswire()


def _read(text: str) -> Newswire:
    head = text[:HEAD]
    header = _HEADER.match(head, timeout=_TIMEOUT)
    start = header.end() if header else len(head) - len(head.lstrip())
    found = _DATELINE.match(head, start, timeout=_TIMEOUT)
    if found and not _is_dateline(found):
        found = None
    published = _date(*(int(part) for part in header.groups())) if header else None
    agency, agency_at = _agency(text, found)
    if found is None:
        return Newswire(
            published, agency=agency, body_start=header.end() if header else 0, agency_at=agency_at
        )
    return Newswire(
        published_on=published or _dateline_date(found),
        dateline=found["line"],
        place=found["place"],
        country=found["country"] or "",
        agency=agency,
        body_start=found.end(),
        place_at=found.span("place"),
        country_at=found.span("country") if found["country"] else None,
        agency_at=agency_at,
    )


def _is_dateline(found: regex.Match[str]) -> bool:
    """A capitalised word alone is no dateline: it is all capitals, or a date or agency stands with it."""
    return bool(found["date"] or found["agency"] or found["agency2"] or found["place"].isupper())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dateline_date(found: regex.Match[str]) -> date | None:
    """Only with a year: a guessed year would be wrong every January."""
    month = (found["month"] or found["month2"] or "").rstrip(".").lower()
    if not found["year"] or month not in MONTHS:
        return None
    return _date(int(found["year"]), MONTHS[month], int(found["day"] or found["day2"]))


def _agency(text: str, dateline: regex.Match[str] | None) -> tuple[str, tuple[int, int] | None]:
    for group in ("agency", "agency2"):
        if dateline and dateline[group]:
            return dateline[group], dateline.span(group)
    tail_start = max(0, len(text) - TAIL)
    for start, end in ((0, HEAD), (tail_start, len(text))):
        for pattern in _REPORTS:
            found = pattern.search(text, start, end, timeout=_TIMEOUT)
            if found:
                return found["agency"], found.span("agency")
    return "", None
