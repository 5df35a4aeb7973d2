"""Spans in formats of tokens: each begins and ends where a token does, within one sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from articles.domain.spans import Span
from articles.domain.tokens import Bounds
from articles.formats.base import LossReport, Tokens
from articles.formats.tag_schemes import Mention


def on_tokens(spans: Iterable[Span], tokens: Tokens, report: LossReport) -> list[Span]:
    """The spans without gaps that these tokens can carry. The others go into the report with the reason."""
    kept = []
    for span in spans:
        first, end = tokens_of(span, tokens.bounds)
        if span.fragments:
            report.drop("spans with gaps")
        elif first >= end or (tokens.bounds[first][0], tokens.bounds[end - 1][1]) != (span.start, span.end):
            report.drop("spans that do not end at a token")
        elif _sentence_of(first, tokens) != _sentence_of(end - 1, tokens):
            report.drop("spans across sentences")
        else:
            kept.append(span)
    return kept


def mentions_on(spans: Iterable[Span], tokens: Tokens) -> list[list[Mention]]:
    """For each sentence the spans in it, by the numbers that its tokens have within it."""
    mentions: list[list[Mention]] = [[] for _ in tokens.sentences]
    for span in spans:
        first, end = tokens_of(span, tokens.bounds)
        if first < end:
            sentence = _sentence_of(first, tokens)
            offset = tokens.sentences[sentence]
            mentions[sentence].append((first - offset, end - offset, span.label))
    return mentions


def ranges_of(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """For each sentence its first token, and one past its last."""
    return pairwise([*tokens.sentences, len(tokens.bounds)])


def tokens_of(span: Span, bounds: Sequence[Bounds]) -> tuple[int, int]:
    """The first token that lies within the span, and one past the last."""
    first = bisect_left(bounds, span.start, key=itemgetter(0))
    return first, bisect_right(bounds, span.end, lo=first, key=itemgetter(1))


def _sentence_of(token: int, tokens: Tokens) -> int:
    return bisect_right(tokens.sentences, token) - 1
