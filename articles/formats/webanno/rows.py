"""The rows of a document that is written: its tokens, and parts of tokens where spans begin or end in one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from articles.domain.spans import Span
from articles.domain.texts.tokens import Bounds
from articles.formats.base import Tokens
from articles.formats.common.token_spans import ranges_of


class TokenPart(NamedTuple):
    """`[begin, end)` within the token of that number, in code points."""

    token: int
    begin: int
    end: int


class Rows:
    """`of_span` are the rows of each span, `spans_at` the spans in each row. Spans that are in several rows,
    or share one, have a number in `numbers`. A span without tokens is in none of these."""

    def __init__(self, tokens: Tokens, spans: Sequence[Span]) -> None:
        self.tokens = tokens
        self.spans = spans
        self.of_span: dict[UUID, list[TokenPart]] = {}
        self.spans_at: dict[TokenPart, list[Span]] = defaultdict(list)
        self._parts: dict[int, set[TokenPart]] = defaultdict(set)
        for span in spans:
            self._put(span)
        self._ids = dict(self._named())
        self.numbers = self._numbered()

    def id_of(self, part: TokenPart) -> str:
        """How the row is called: sentence, token, and part of a token."""
        return self._ids[part]

    def in_tokens(self, first: int, end: int) -> Iterator[TokenPart]:
        """The rows of some tokens: each token, and its parts after it."""
        for token in range(first, end):
            yield TokenPart(token, *self.tokens.bounds[token])
            yield from sorted(self._parts[token], key=lambda part: (part.begin, -part.end))

    def _put(self, span: Span) -> None:
        parts = list(_parts_of(span, self.tokens.bounds))
        if parts:
            self.of_span[span.id] = parts
        for part in parts:
            self.spans_at[part].append(span)
            if (part.begin, part.end) != self.tokens.bounds[part.token]:
                self._parts[part.token].add(part)

    def _named(self) -> Iterator[tuple[TokenPart, str]]:
        for sentence, (first, end) in enumerate(ranges_of(self.tokens), start=1):
            for token in range(first, end):
                whole, *parts = self.in_tokens(token, token + 1)
                name = f"{sentence}-{token - first + 1}"
                yield whole, name
                yield from ((part, f"{name}.{number}") for number, part in enumerate(parts, start=1))

    def _numbered(self) -> dict[UUID, int]:
        numbers: dict[UUID, int] = {}
        for part in self._ids:
            spans = self.spans_at.get(part, ())
            for span in spans:
                if len(spans) > 1 or len(self.of_span[span.id]) > 1:
                    numbers.setdefault(span.id, len(numbers) + 1)
        return numbers


def _parts_of(span: Span, bounds: Sequence[Bounds]) -> Iterator[TokenPart]:
    """The part of the span in each of its tokens."""
    first = bisect_right(bounds, span.start, key=itemgetter(1))
    end = bisect_left(bounds, span.end, key=itemgetter(0))
    for token in range(first, end):
        start, stop = bounds[token]
        yield TokenPart(token, max(span.start, start), min(span.end, stop))
