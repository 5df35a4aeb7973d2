"""CoNLL-2002/2003 on the way out: a token a line, in columns, with its tag in the last.

Layout: Tjong Kim Sang (and De Meulder), CoNLL-2002 and CoNLL-2003 shared tasks. An article that was imported
from such a file is written as it was there, with the same tokens, columns, lines and scheme: the same file,
if its spans are the same. All others are split into sentences and tokens here. We have no parts of speech and
no chunks: these columns hold `-X-` and `O`. A token is split where a span begins or ends within it, so that
each can be written, and sentences are joined where a span runs across their border. The format is flat: of
spans that overlap one wins, the others are counted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from articles.domain.spans import Span
from articles.domain.tokens import Bounds, sentences, tokens
from articles.formats.base import ExportArticle, LossReport, Option, Tokens, Writer
from articles.formats.conll_layout import CONLL, DOCSTART, ConllLayout, Sheet
from articles.formats.flat import OVERLAP, flat_spans
from articles.formats.tag_schemes import MERGING, OUTSIDE, TITLES, Mention, tags_of, touching
from articles.formats.token_spans import mentions_on, on_tokens, ranges_of

_FILLERS = {"four": ("-X-", "O"), "two": ()}
_SEPARATORS = {"space": " ", "tab": "\t"}
_WORD = re.compile(r"\S+")


class ConllWriter(Writer):
    format = CONLL
    title = "CoNLL: a token and its tag a line, flat"
    extension = ".conll"
    content_type = "text/plain; charset=utf-8"
    wants_tokens = True
    options = (
        OVERLAP,
        Option("scheme", "Tags are", tuple(TITLES.items())),
        Option(
            "columns",
            "Columns",
            (("four", "token, part of speech, chunk, tag (CoNLL-2003)"), ("two", "token, tag")),
        ),
        Option("separator", "Columns are separated by", (("space", "spaces"), ("tab", "tabs"))),
        Option(
            "tokens",
            "Articles that were imported with tokens",
            (
                ("file", "come as in that file: tokens, columns and scheme"),
                ("tokens", "keep their tokens, in the columns and scheme chosen here"),
                ("new", "get new tokens"),
            ),
        ),
    )

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            self._choose(article, report)
        return report

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        for article in articles:
            spans = self._choose(article, self.report)
            sheet = self._sheet_of_file(article) or self._new_sheet(article, spans)
            yield "".join(sheet.lines(article.text, self._tags(spans, sheet))).encode()

    def _choose(self, article: ExportArticle, report: LossReport) -> list[Span]:
        priority = [label.name for label in self.definition.labels]
        sheet = self._sheet_of_file(article)
        fitting = on_tokens(article.spans, sheet.tokens, report) if sheet else article.spans
        spans = flat_spans(fitting, self.chosen["overlap"], report, priority)
        report.articles += 1
        report.spans_written += len(spans)
        report.drop("spans' attributes", sum(1 for span in spans if span.attributes))
        report.drop("relations", len(article.relations))
        report.drop("article labels", len(article.labels))
        return spans

    def _sheet_of_file(self, article: ExportArticle) -> Sheet | None:
        """The article's part of the file that it was imported from."""
        return Sheet.of(article.tokens) if self.chosen["tokens"] == "file" else None

    def _new_sheet(self, article: ExportArticle, spans: list[Span]) -> Sheet:
        given = article.tokens if article.tokens and article.tokens.bounds else None
        bounds, starts = _tokenized(article.text, spans, None if self.chosen["tokens"] == "new" else given)
        fillers = _FILLERS[self.chosen["columns"]]
        separator = _SEPARATORS[self.chosen["separator"]]
        layout = ConllLayout(self.chosen["scheme"], separator, len(fillers) + 2, 0, len(fillers) + 1)
        opening = layout.row([DOCSTART, *fillers, OUTSIDE]) + layout.newline
        columns = {str(at): [filler] * len(bounds) for at, filler in enumerate(fillers, start=2)}
        kept = layout.kept([opening, *(layout.newline for _ in starts)], {})
        return Sheet(Tokens(tuple(bounds), tuple(starts), columns, kept), layout)

    def _tags(self, spans: list[Span], sheet: Sheet) -> list[str]:
        scheme = sheet.layout.scheme
        mentions_by_sentence = mentions_on(spans, sheet.tokens)
        self._report_written(len(spans), mentions_by_sentence, scheme)
        tags: list[str] = []
        for (first, end), mentions in zip(ranges_of(sheet.tokens), mentions_by_sentence, strict=True):
            tags += tags_of(mentions, end - first, scheme)
        return tags

    def _report_written(self, spans: int, sentences: list[list[Mention]], scheme: str) -> None:
        """What only the text tells, and so no survey can."""
        without_token = spans - sum(map(len, sentences))
        self.report.spans_written -= without_token
        self.report.drop("spans of white space", without_token)
        if scheme in MERGING:
            self.report.drop("borders between spans that touch", sum(map(touching, sentences)))


def _tokenized(text: str, spans: list[Span], given: Tokens | None) -> tuple[list[Bounds], list[int]]:
    """Tokens, cut where spans begin and end, and the numbers of those that begin a sentence."""
    cuts = sorted({point for span in spans for point in (span.start, span.end)})
    found: list[Bounds] = []
    starts = []
    for start, end in _joined(_sentences(given) if given else sentences(text), spans):
        starts.append(len(found))
        found += _given_tokens(text, given, start, end, cuts) if given else tokens(text, start, end, cuts)
    return found, starts


def _sentences(given: Tokens) -> list[Bounds]:
    return [(given.bounds[first][0], given.bounds[end - 1][1]) for first, end in ranges_of(given)]


def _given_tokens(text: str, given: Tokens, start: int, end: int, cuts: list[int]) -> Iterator[Bounds]:
    """The tokens that came with the article. Those of other formats may hold spaces, which separate here."""
    inside = slice(bisect_left(given.bounds, (start,)), bisect_left(given.bounds, (end,)))
    for token in given.bounds[inside]:
        for word in _WORD.finditer(text, *token):
            inner = cuts[bisect_right(cuts, word.start()) : bisect_left(cuts, word.end())]
            yield from pairwise([word.start(), *inner, word.end()])


def _joined(bounds: Sequence[Bounds], spans: list[Span]) -> Iterator[Bounds]:
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
