"""Sentences and tokens for formats that need them. Annotator itself stores characters only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

# Unicode word breaks (UAX 29), and one token a character for Chinese and Japanese, which they leave whole.
_PIECE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]|[^\s\p{Han}\p{Hiragana}\p{Katakana}]+")
_BREAK = regex.compile(r"(?w)\b")
_SENTENCE_END = regex.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\p{Lu}\p{Lo}\d\"'“‘«(\[])|[。！？؟।]+[”’」』]*")
_PARAGRAPH_END = regex.compile(r"\n\s*")

Bounds = tuple[int, int]


def sentences(text: str) -> list[Bounds]:
    """`[start, end)` of each sentence; one ends after . ! ? before a new beginning, and with a paragraph."""
    ends = {match.end() for match in _SENTENCE_END.finditer(text)}
    ends |= {match.end() for match in _PARAGRAPH_END.finditer(text)} | {len(text)}
    found, start = [], 0
    for end in sorted(ends):
        if text[start:end].strip():
            found.append((start, end))
            start = end
    return found


def tokens(text: str, start: int, end: int, cuts: Sequence[int] = ()) -> Iterator[Bounds]:
    """`[start, end)` of each token there. `cuts` are borders that a token may not cross."""
    for piece in _PIECE.finditer(text, start, end):
        breaks = [match.start() for match in _BREAK.finditer(text, piece.start(), piece.end())]
        inner = [cut for cut in cuts if piece.start() < cut < piece.end()]
        points = sorted({piece.start(), *breaks, *inner, piece.end()})
        yield from pairwise(points)
