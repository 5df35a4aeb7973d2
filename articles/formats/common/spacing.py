"""Text from tokens alone, for formats that carry no text."""

from __future__ import annotations

from collections.abc import Container, Sequence

import regex

from articles.formats.base import Option

SPACING = Option(
    "spacing",
    "Tokens are joined",
    (
        ("space", "with one space"),
        ("tight", "with one space, but with none at punctuation and between Chinese or Japanese characters"),
    ),
    "The file has tokens but no text, so the text is made from them. A sentence ends with a line break.",
)
Bounds = tuple[tuple[int, int], ...]
_CLOSES = regex.compile(r"[.,;:!?%…)\]}»”’]|'\w|n't$", regex.IGNORECASE)
_OPENS = frozenset("([{«“‘¿¡")
_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\u3000-\u303f\uff00-\uff65]")


def join_tokens(tokens: Sequence[str], sentences: Container[int], spacing: str) -> tuple[str, Bounds]:
    """The text, and `[start, end)` of each token in it, in code points.

    `sentences` are the numbers of the tokens that begin one; `spacing` is a value of SPACING.
    """
    pieces: list[str] = []
    bounds = []
    place = 0
    for number, token in enumerate(tokens):
        gap = _gap(pieces[-1], token, number in sentences, spacing) if pieces else ""
        pieces += (gap, token)
        place += len(gap)
        bounds.append((place, place + len(token)))
        place += len(token)
    return "".join(pieces), tuple(bounds)


def _gap(before: str, token: str, begins_sentence: bool, spacing: str) -> str:
    if begins_sentence:
        return "\n"
    return "" if spacing == "tight" and _are_tight(before, token) else " "


def _are_tight(before: str, token: str) -> bool:
    if _CLOSES.match(token) or before[-1] in _OPENS:
        return True
    return bool(_WIDE.match(before[-1]) and _WIDE.match(token[0]))
