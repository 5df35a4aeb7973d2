"""Encodings: which are offered, and what a file looks like.

What it looks like is told to a person and never acted upon: a file is read in the encoding that was chosen.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Value and title, in the order in which a form shows them. Left out are those that no archive of news is
# known to use, and UTF-7, HZ and ISO-2022-KR, in which the same text can be written in many ways.
ENCODINGS: tuple[tuple[str, str], ...] = (
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16 with a byte order mark"),
    ("utf-16-le", "UTF-16 little endian"),
    ("utf-16-be", "UTF-16 big endian"),
    ("utf-32", "UTF-32 with a byte order mark"),
    ("utf-32-le", "UTF-32 little endian"),
    ("utf-32-be", "UTF-32 big endian"),
    ("windows-1252", "windows-1252, Western Europe"),
    ("windows-1250", "windows-1250, Central Europe"),
    ("windows-1251", "windows-1251, Cyrillic"),
    ("windows-1253", "windows-1253, Greek"),
    ("windows-1254", "windows-1254, Turkish"),
    ("windows-1255", "windows-1255, Hebrew"),
    ("windows-1256", "windows-1256, Arabic"),
    ("windows-1257", "windows-1257, Baltic"),
    ("windows-1258", "windows-1258, Vietnamese"),
    ("iso8859-1", "ISO-8859-1, Western Europe (Latin-1)"),
    ("iso8859-2", "ISO-8859-2, Central Europe (Latin-2)"),
    ("iso8859-3", "ISO-8859-3, Maltese and Esperanto"),
    ("iso8859-4", "ISO-8859-4, Baltic"),
    ("iso8859-5", "ISO-8859-5, Cyrillic"),
    ("iso8859-6", "ISO-8859-6, Arabic"),
    ("iso8859-7", "ISO-8859-7, Greek"),
    ("iso8859-8", "ISO-8859-8, Hebrew"),
    ("iso8859-9", "ISO-8859-9, Turkish"),
    ("iso8859-10", "ISO-8859-10, Nordic"),
    ("iso8859-13", "ISO-8859-13, Baltic"),
    ("iso8859-14", "ISO-8859-14, Celtic"),
    ("iso8859-15", "ISO-8859-15, Western Europe with the euro"),
    ("iso8859-16", "ISO-8859-16, Romanian"),
    ("koi8-r", "KOI8-R, Russian"),
    ("koi8-u", "KOI8-U, Ukrainian"),
    ("kz1048", "KZ-1048, Kazakh"),
    ("cp866", "DOS 866, Cyrillic"),
    ("cp437", "DOS 437, United States"),
    ("cp850", "DOS 850, Western Europe"),
    ("cp852", "DOS 852, Central Europe"),
    ("mac-roman", "Mac Roman"),
    ("mac-cyrillic", "Mac Cyrillic"),
    ("mac-latin2", "Mac Central Europe"),
    ("mac-greek", "Mac Greek"),
    ("mac-turkish", "Mac Turkish"),
    ("gb18030", "GB18030, simplified Chinese (GBK, GB2312)"),
    ("big5", "Big5, traditional Chinese"),
    ("big5hkscs", "Big5-HKSCS, Hong Kong"),
    ("cp932", "windows-932, Japanese (Shift_JIS as Windows writes it)"),
    ("shift_jis", "Shift_JIS, Japanese"),
    ("euc_jp", "EUC-JP, Japanese"),
    ("iso2022_jp", "ISO-2022-JP, Japanese"),
    ("cp949", "windows-949, Korean (EUC-KR as Windows writes it)"),
    ("euc_kr", "EUC-KR, Korean"),
    ("tis-620", "TIS-620, Thai"),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Their letters are so few or so like those of others that a guess would rather be wrong than right.
_NEVER_GUESSED = {
    *("iso8859-3", "iso8859-4", "iso8859-10", "iso8859-14", "iso8859-16"),
    *("mac-latin2", "mac-greek", "mac-turkish", "kz1048"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
}
_SAMPLE_BYTES = 64 * 1024
# A second guess is given beside the first when it is nearly as good.
_NEARLY = 0.1


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file looks like. `chance` of 100: how orderly its text is when it is read so; 100 is certain."""

    encoding: str
    chance: int


def is_offered(encoding: str) -> bool:
    return any(value == encoding for value, _ in ENCODINGS)


def encoding_name(encoding: str) -> str:
    """How a sentence calls it: its title without what explains it."""
    title = next((title for value, title in ENCODINGS if value == encoding), encoding)
    return title.partition(",")[0]


def marked_encoding(head: bytes) -> str:
    """The encoding that a byte order mark declares, other than UTF-8's; empty without one."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def wide_encoding(sample: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, or empty: spaces and Latin letters leave the upper bytes zero."""
    first, second, third, fourth = (sample[place::4].count(0) for place in range(4))
    units = len(sample) / 4
    if third + fourth > 1.8 * units:
        return "utf-32-le"
    if first + second > 1.8 * units:
        return "utf-32-be"
    upper, lower = sorted((first + third, second + fourth), reverse=True)
    if upper < 0.1 * units or lower > 0.1 * upper:
        return ""
    return "utf-16-le" if upper == second + fourth else "utf-16-be"


def guesses(head: bytes) -> tuple[Guess, ...]:
    """What the first bytes of a file look like: one encoding, or two that are nearly as likely. A byte
    order mark is certain, else charset-normalizer is asked. Nothing for UTF-8, or without that package."""
    if marked := marked_encoding(head):
        return (Guess(marked, 100),)
    sample = head[:_SAMPLE_BYTES]
    if wide := wide_encoding(sample):
        return (Guess(wide, 99),)
    # Within ASCII there is nothing to tell by.
    found = () if sample.isascii() else tuple(_by_language(sample))
    return () if any(guess.encoding == "utf-8" for guess in found) else found


@lru_cache(maxsize=4)
def advice(head: bytes) -> str:
    """What to do about bytes that are not UTF-8; thought out once for all bad lines of a file."""
    if _is_mostly_utf8(head):
        return "What is around it is UTF-8: mend this place."
    found = guesses(head)
    if not found:
        return "Choose its encoding, or save the file as UTF-8."
    names = " or ".join(encoding_name(guess.encoding) for guess in found)
    chosen = "that as its encoding" if len(found) == 1 else "its encoding"
    return f"The file looks like {names}: choose {chosen}, or save it as UTF-8."


def _is_mostly_utf8(head: bytes) -> bool:
    """Sequences of several bytes that are UTF-8 do not come about by chance: one encoding was damaged."""
    text = head.decode("utf-8", "replace")
    letters = sum(1 for character in text if character > "\x7f")
    return letters > 10 * text.count("\ufffd")


def _by_language(sample: bytes) -> Iterator[Guess]:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return
    candidates = [value for value, _ in ENCODINGS if value not in _NEVER_GUESSED]
    names = [codecs.lookup(value).name for value in candidates]
    scored = []
    for match in from_bytes(sample, cp_isolation=names):
        same = {codecs.lookup(name).name for name in (match.encoding, *match.could_be_from_charset)}
        place = next(place for place, name in enumerate(names) if name in same)
        # How much the letters are those of a language, less how much of a mess the text is.
        score = match.coherence - match.chaos
        scored.append((score, -place, Guess(candidates[place], _chance(match.chaos))))
    scored.sort(reverse=True)
    yield from (guess for score, _, guess in scored[:2] if score >= scored[0][0] - _NEARLY)


def _chance(chaos: float) -> int:
    return min(99, round(100 * (1 - chaos)))
