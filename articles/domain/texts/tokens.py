"""Sentences and tokens for formats that need them. Annotator itself stores characters only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex

# Unicode word breaks (UAX 29), and one token a character for Chinese and Japanese, which they leave whole.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_PIECE = regex.compile(rf"{_UNSPACED.pattern}|[^\s\p{{Han}}\p{{Hiragana}}\p{{Katakana}}]+")
# The same where there are none of these. `re` is three times as quick, and knows more white space.
_WORD = re.compile(r"[\S\x1c-\x1f]+")
_BREAK = regex.compile(r"(?w)\b")
_SENTENCE_END = regex.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\p{Lu}\p{Lo}\d\"'“‘«(\[])|[。！？؟।]+[”’」』]*")
_PARAGRAPH_END = regex.compile(r"\n\s*")

LONGEST_WORD = 60  # of those whose breaks are kept

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


def tokens(text: str, start: int, end: int, cuts: Iterable[int] = ()) -> Iterator[Bounds]:
    """`[start, end)` of each token there. `cuts` are borders that a token may not cross."""
    left = sorted((cut for cut in cuts if start < cut < end), reverse=True)
    for piece in _pieces(text, start, end):
        first, last = piece.span()
        word = text[first:last]
        breaks = _breaks_of_word(word) if len(word) <= LONGEST_WORD else _breaks(word)
        if not breaks and not (left and left[-1] < last):
            yield first, last
            continue
        points = {first, *(first + place for place in breaks), last}
        while left and left[-1] < last:
            points.add(max(first, left.pop()))
        yield from pairwise(sorted(points))


def all_tokens(text: str) -> list[Bounds]:
    """The tokens of a whole text, as `tokens` gives them, in half the time."""
    found: list[Bounds] = []
    for piece in _pieces(text, 0, len(text)):
        first, last = piece.span()
        breaks = _breaks_of_word(piece[0]) if last - first <= LONGEST_WORD else _breaks(piece[0])
        if breaks:
            found += pairwise([first, *(first + place for place in breaks), last])
        else:
            found.append((first, last))
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[re.Match[str] | regex.Match[str]]:
    if text.isascii() or not _UNSPACED.search(text, start, end):
        return _WORD.finditer(text, start, end)
    return _PIECE.finditer(text, start, end)


def _breaks(piece: str) -> Sequence[int]:
    """Where a piece without spaces breaks within, counted from its start."""
    # What follows a space is judged with it: a joiner there belongs to nothing.
    places = [found.start() - 1 for found in _BREAK.finditer(f" {piece} ")]
    return [place for place in places if 0 < place < len(piece)]


# The same words come again and again, and looking for their breaks is most of the work.
_breaks_of_word = lru_cache(maxsize=20_000)(_breaks)
