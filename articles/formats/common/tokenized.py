"""Tokens for an article that is written in a format of tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from articles.domain.spans import Span
from articles.domain.texts.tokens import Bounds, sentences, tokens
from articles.formats.base import Tokens
from articles.formats.common.token_spans import ranges_of

_WORD = re.compile(r"\S+")


def tokenized(text: str, spans: Sequence[Span], given: Tokens | None = None) -> Tokens:
    """Tokens without spaces: those that are given, if all words have one, else those found here.

    One is split where a span begins or ends within it, and sentences are joined where a span runs across
    their border. `spans` are in reading order and do not overlap.
    """
    cuts = sorted({point for span in spans for point in (span.start, span.end)})
    given = given if given and _cover(given, text) else None
    found: list[Bounds] = []
    starts = []
    for start, end in _joined(_sentences(given) if given else sentences(text), spans):
        inside = _given_tokens(text, given, start, end, cuts) if given else tokens(text, start, end, cuts)
        first = len(found)
        found += inside
        starts += [first] if len(found) > first else []
    return Tokens(tuple(found), tuple(starts))


def _cover(given: Tokens, text: str) -> bool:
    """Whether all of the text but white space is in tokens. Those of a stranger may leave words out."""
    ends = [0, *(end for _, end in given.bounds)]
    starts = [*(start for start, _ in given.bounds), len(text)]
    gaps = (text[end:start] for end, start in zip(ends, starts, strict=True))
    return bool(given.bounds) and not any(map(str.strip, gaps))


def _sentences(given: Tokens) -> list[Bounds]:
    return [(given.bounds[first][0], given.bounds[end - 1][1]) for first, end in ranges_of(given)]


def _given_tokens(text: str, given: Tokens, start: int, end: int, cuts: list[int]) -> Iterator[Bounds]:
    inside = slice(bisect_left(given.bounds, (start,)), bisect_left(given.bounds, (end,)))
    for token in given.bounds[inside]:
        for word in _WORD.finditer(text, *token):
            inner = cuts[bisect_right(cuts, word.start()) : bisect_left(cuts, word.end())]
            yield from pairwise([word.start(), *inner, word.end()])


def _joined(bounds: Sequence[Bounds], spans: Sequence[Span]) -> Iterator[Bounds]:
    """Sentences, joined where a span runs across their border: a tag sequence never begins with I."""
    begun: int | None = None
    for start, end in bounds:
        begun = start if begun is None else begun
        place = bisect_right(spans, end - 1, key=attrgetter("start")) - 1
        if place < 0 or spans[place].end <= end:
            yield begun, end
            begun = None
    if begun is not None:
        yield begun, bounds[-1][1]
