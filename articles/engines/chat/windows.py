"""Long texts, cut where they break by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import regex

# The first that breaks the second half of a window is used: paragraph, line, sentence, word.
_BREAKS = tuple(map(regex.compile, (r"\n\s*\n\s*", r"\n\s*", r"(?<=[.!?]\W?)\s+|(?<=[。！？])", r"\s+")))


def windows(text: str, size: int) -> Iterator[tuple[int, str]]:
    """Pieces of at most `size` code points with where each starts; together they are the whole text."""
    start = 0
    while len(text) - start > size:
        end = _break(text, start, start + size)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _break(text: str, start: int, limit: int) -> int:
    half = (start + limit) // 2 + 1
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, half, limit)]
        if ends:
            return ends[-1]
    return limit
