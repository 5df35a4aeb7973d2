"""Spans in formats of tokens: each begins and ends where a token does, within one sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from articles.domain.spans import Span
from articles.domain.texts.tokens import Bounds
from articles.formats.base import LossReport, Tokens
from articles.formats.common.tag_schemes import Mention

TOUCHING = "borders between spans that touch"  # what IO loses


def on_tokens(spans: Iterable[Span], tokens: Tokens, report: LossReport) -> list[Span]:
    """The spans without gaps that these tokens can carry. The others go into the report with the reason."""
    kept = []
    for span in spans:
        first, end = tokens_of(span, tokens.bounds)
        if span.fragments:
            report.drop("spans with gaps")
        elif not _fits(span, tokens.bounds[first:end]):
            report.drop("spans that do not end at a token")
        elif _sentence_of(first, tokens) != _sentence_of(end - 1, tokens):
            report.drop("spans across sentences")
        else:
            kept.append(span)
    return kept


def mentions_on(spans: Iterable[Span], tokens: Tokens, report: LossReport) -> list[list[Mention]]:
    """For each sentence the spans in it, by the numbers that its tokens have within it.

    White space around the tokens of a span goes into the report, and so does a span of nothing else: this no
    survey can tell, which has no text.
    """
    mentions: list[list[Mention]] = [[] for _ in tokens.sentences]
    for span in spans:
        first, end = tokens_of(span, tokens.bounds)
        if first >= end:
            report.spans_written -= 1
            report.drop("spans of white space")
            continue
        report.drop("white space at the ends of spans", not _fits(span, tokens.bounds[first:end]))
        sentence = _sentence_of(first, tokens)
        offset = tokens.sentences[sentence]
        mentions[sentence].append((first - offset, end - offset, span.label))
    return mentions


def by_sentence(spans: Iterable[Span], tokens: Tokens) -> list[list[Span]]:
    """For each sentence the spans in it, each of which has a token."""
    found: list[list[Span]] = [[] for _ in tokens.sentences]
    for span in spans:
        found[_sentence_of(tokens_of(span, tokens.bounds)[0], tokens)].append(span)
    return found


def mentions_of(spans: Iterable[Span], tokens: Tokens, offset: int) -> list[Mention]:
    """The spans by the numbers of their tokens, counted from `offset`."""
    places = ((tokens_of(span, tokens.bounds), span.label) for span in spans)
    return [(first - offset, end - offset, label) for (first, end), label in places]


def ranges_of(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """For each sentence its first token, and one past its last."""
    return pairwise([*tokens.sentences, len(tokens.bounds)])


def tokens_of(span: Span, bounds: Sequence[Bounds]) -> tuple[int, int]:
    """The first token that lies within the span, and one past the last."""
    first = bisect_left(bounds, span.start, key=itemgetter(0))
    return first, bisect_right(bounds, span.end, lo=first, key=itemgetter(1))


def _sentence_of(token: int, tokens: Tokens) -> int:
    return bisect_right(tokens.sentences, token) - 1


def _fits(span: Span, bounds: Sequence[Bounds]) -> bool:
    """Whether the span begins where the first of these tokens does, and ends with the last."""
    return bool(bounds) and (bounds[0][0], bounds[-1][1]) == (span.start, span.end)
