"""CoNLL-2002/2003 on the way out: a token a line, in columns, with its tag in the last.

Layout: Tjong Kim Sang (and De Meulder), CoNLL-2002 and CoNLL-2003 shared tasks. An article that was imported
from such a file is written as it was there, with the same tokens, columns, lines and scheme: the same file,
if its spans are the same. All others are split into sentences and tokens here. We have no parts of speech and
no chunks: these columns hold `-X-` and `O`. A token is split where a span begins or ends within it, so that
each can be written, and sentences are joined where a span runs across their border. The format is flat: of
spans that overlap one wins, the others are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from articles.domain.spans import Span
from articles.formats.base import ExportArticle, LossReport, Option, Writer
from articles.formats.common.flat import OVERLAP, flat_spans, report_flat
from articles.formats.common.parts import with_blank_between
from articles.formats.common.tag_schemes import MERGING, OUTSIDE, tags_of, touching
from articles.formats.common.token_options import TOKENS, WRITE_SCHEME
from articles.formats.common.token_spans import TOUCHING, mentions_on, on_tokens, ranges_of
from articles.formats.common.tokenized import tokenized
from articles.formats.conll.layout import CONLL, DOCSTART, ConllLayout, Sheet

_FILLERS = {"four": ("-X-", "O"), "two": ()}
_SEPARATORS = {"space": " ", "tab": "\t"}


class ConllWriter(Writer):
    format = CONLL
    title = "CoNLL: a token and its tag a line, flat"
    extension = ".conll"
    content_type = "text/plain; charset=utf-8"
    wants_tokens = True
    options = (
        OVERLAP,
        WRITE_SCHEME,
        Option(
            "columns",
            "Columns",
            (("four", "token, part of speech, chunk, tag (CoNLL-2003)"), ("two", "token, tag")),
        ),
        Option("separator", "Columns are separated by", (("space", "spaces"), ("tab", "tabs"))),
        TOKENS,
    )

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            self._choose(article, report)
        return report

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        for part in with_blank_between(map(self._part, articles), DOCSTART):
            yield part.encode()

    def _part(self, article: ExportArticle) -> str:
        spans = self._choose(article, self.report)
        sheet = self._sheet_of_file(article) or self._new_sheet(article, spans)
        return sheet.lines(article.text, self._tags(spans, sheet))

    def _choose(self, article: ExportArticle, report: LossReport) -> list[Span]:
        priority = [label.name for label in self.definition.labels]
        sheet = self._sheet_of_file(article)
        fitting = on_tokens(article.spans, sheet.tokens, report) if sheet else article.spans
        spans = flat_spans(fitting, self.chosen["overlap"], report, priority)
        report_flat(article, spans, report)
        return spans

    def _sheet_of_file(self, article: ExportArticle) -> Sheet | None:
        """The article's part of the file that it was imported from."""
        return Sheet.of(article.tokens) if self.chosen["tokens"] == "file" else None

    def _new_sheet(self, article: ExportArticle, spans: list[Span]) -> Sheet:
        given = None if self.chosen["tokens"] == "new" else article.tokens
        tokens = tokenized(article.text, spans, given)
        fillers = _FILLERS[self.chosen["columns"]]
        separator = _SEPARATORS[self.chosen["separator"]]
        layout = ConllLayout(self.chosen["scheme"], separator, len(fillers) + 2, 0, len(fillers) + 1)
        opening = layout.row([DOCSTART, *fillers, OUTSIDE]) + layout.newline
        breaks = [opening, *(layout.newline for _ in tokens.sentences)]
        columns = {str(at): [filler] * len(tokens.bounds) for at, filler in enumerate(fillers, start=2)}
        return Sheet(replace(tokens, columns=columns, layout=layout.kept(breaks, {})), layout)

    def _tags(self, spans: list[Span], sheet: Sheet) -> list[str]:
        scheme = sheet.layout.scheme
        mentions = mentions_on(spans, sheet.tokens, self.report)
        if scheme in MERGING:
            self.report.drop(TOUCHING, sum(map(touching, mentions)))
        tags: list[str] = []
        for (first, end), inside in zip(ranges_of(sheet.tokens), mentions, strict=True):
            tags += tags_of(inside, end - first, scheme)
        return tags
