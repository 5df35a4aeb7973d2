"""Endings that names take in Russian and Kazakh: Казахстана, Шымкентте, Сейітовтің."""

from __future__ import annotations

import regex

_RUSSIAN = "а у ом ем е и ы ю я ей ой ью ии ию ией й"
_KAZAKH = (
    "ның нің дың дің тың тің да де та те дан ден тан тен нан нен ға ге қа ке ны ні ды ді ты ті мен бен пен "
    "дағы дегі тағы тегі"
)
_KAZAKH_ENDINGS = frozenset(_KAZAKH.split())
_ENDINGS = frozenset(_RUSSIAN.split()) | _KAZAKH_ENDINGS
_REPLACED = "аяьый"
_LONGEST = 6
_SHORTEST_STEM = 3
_CYRILLIC = regex.compile(r"\p{Cyrillic}")
_REST = regex.compile(r"\p{Cyrillic}*+")


def is_cyrillic(text: str, at: int = 0) -> bool:
    return _CYRILLIC.match(text, at) is not None


def stem_of(name: str) -> str:
    """A Cyrillic name of one word without the letter that endings replace: Росси(я), Москв(а)."""
    if is_cyrillic(name) and " " not in name and len(name) > _SHORTEST_STEM + 1 and name[-1] in _REPLACED:
        return name[:-1]
    return name


def end_with_ending(text: str, start: int, end: int, *, must_end: bool = False) -> int:
    """Where the word ends that begins with the stem `text[start:end]`; 0 when what follows is no ending."""
    match = _REST.match(text, end, end + _LONGEST)
    rest = match[0] if match else ""
    if not rest:
        return 0 if must_end else end
    is_ending = rest in _ENDINGS or (rest[0] in _REPLACED and rest[1:] in _KAZAKH_ENDINGS)
    return end + len(rest) if is_ending and end - start >= _SHORTEST_STEM else 0
