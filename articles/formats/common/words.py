"""Tokens for formats that name them one by one and have no sentences."""

from __future__ import annotations

from collections.abc import Iterable

from articles.domain.spans import Span
from articles.domain.texts.tokens import Bounds, tokens
from articles.formats.base import ExportArticle


def word_bounds(article: ExportArticle, spans: Iterable[Span]) -> tuple[Bounds, ...]:
    """`[start, end)` of each token: those that the article came with when every span begins and ends where
    they do, else ours, cut where spans begin and end."""
    starts, ends = set(), set()
    for span in spans:
        starts.add(span.start)
        ends.add(span.end)
    given = article.tokens.bounds if article.tokens else ()
    if given and starts <= {start for start, _ in given} and ends <= {end for _, end in given}:
        return given
    return tuple(tokens(article.text, 0, len(article.text), starts | ends))
