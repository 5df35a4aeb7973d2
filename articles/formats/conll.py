"""CoNLL-2003: token, part of speech, chunk and entity tag in four columns, IOB2.

Layout: Tjong Kim Sang and De Meulder, CoNLL-2003 shared task. We have no parts of speech and no
chunks: these columns hold `-X-` and `O`. A token is split where a span begins or ends within it, so that each
span can be written. The format is flat: of spans that overlap one wins, the others are counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter

from articles.domain.spans import Span
from articles.domain.tokens import sentences, tokens
from articles.formats.base import ExportArticle, LossReport, Writer
from articles.formats.flat import OVERLAP, flat_spans


class ConllWriter(Writer):
    format = "conll"
    title = "CoNLL-2003 (IOB2), flat"
    extension = ".conll"
    content_type = "text/plain; charset=utf-8"
    options = (OVERLAP,)

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            self._choose(article, report)
        return report

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        for article in articles:
            yield "".join(_lines(article.text, self._choose(article, self.report))).encode()

    def _choose(self, article: ExportArticle, report: LossReport) -> list[Span]:
        priority = [label.name for label in self.definition.labels]
        spans = flat_spans(article.spans, self.chosen["overlap"], report, priority)
        report.articles += 1
        report.spans_written += len(spans)
        report.drop("spans' attributes", sum(1 for span in spans if span.attributes))
        report.drop("relations", len(article.relations))
        report.drop("article labels", len(article.labels))
        return spans


def _lines(text: str, spans: list[Span]) -> Iterator[str]:
    yield "-DOCSTART- -X- O O\n\n"
    starts = [span.start for span in spans]
    cuts = sorted({point for span in spans for point in (span.start, span.end)})
    last: Span | None = None
    for start, end in _whole_sentences(text, spans):
        for token_start, token_end in tokens(text, start, end, cuts):
            position = bisect_right(starts, token_start) - 1
            span = spans[position] if position >= 0 and token_start < spans[position].end else None
            tag = "O" if span is None else f"{'I' if span is last else 'B'}-{span.label}"
            last = span
            yield f"{text[token_start:token_end]} -X- O {tag}\n"
        yield "\n"


def _whole_sentences(text: str, spans: list[Span]) -> Iterator[tuple[int, int]]:
    """Sentences, joined where a span runs across their border: a tag sequence never begins with I."""
    start: int | None = None
    for sentence_start, end in sentences(text):
        start = sentence_start if start is None else start
        place = bisect_right(spans, end - 1, key=attrgetter("start")) - 1
        if place < 0 or spans[place].end <= end:
            yield start, end
            start = None
    if start is not None:
        yield start, len(text)
