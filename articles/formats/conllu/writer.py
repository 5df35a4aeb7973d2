"""Writing CoNLL-U Plus.

An article that was imported from such a file is written as it was there, as far as its spans are the same:
sentence by sentence. All others get rows with ids, forms, white space in MISC and tags; columns of which we
know nothing hold `_`. A file has one list of columns: that of the first article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, starmap

from articles.domain.spans import Span
from articles.formats.base import ExportArticle, LossReport, Option, Tokens, Writer
from articles.formats.common.flat import OVERLAP, flat_spans, report_flat
from articles.formats.common.names import file_stem
from articles.formats.common.parts import with_blank_between
from articles.formats.common.tag_schemes import MERGING, tags_of, touching
from articles.formats.common.token_options import TOKENS, WRITE_SCHEME
from articles.formats.common.token_spans import (
    TOUCHING,
    by_sentence,
    mentions_of,
    mentions_on,
    on_tokens,
    ranges_of,
)
from articles.formats.common.tokenized import tokenized
from articles.formats.conllu.columns import MISC, NOTHING, STANDARD, Columns
from articles.formats.conllu.sheet import CONLLU, ConlluLayout, sentences_of
from articles.formats.conllu.spaces import misc_with_spaces

_COLUMNS = {
    "all": Columns((*STANDARD, "NE"), "NE"),
    "few": Columns(("ID", "FORM", MISC, "NE"), "NE"),
}


class ConlluWriter(Writer):
    format = CONLLU
    title = "CoNLL-U Plus with a column of entities, flat"
    extension = ".conllup"
    content_type = "text/plain; charset=utf-8"
    wants_tokens = True
    options = (
        OVERLAP,
        WRITE_SCHEME,
        Option(
            "columns",
            "Columns",
            (("all", "the ten of CoNLL-U and NE"), ("few", "ID, FORM, MISC and NE")),
        ),
        TOKENS,
    )

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article, layout in self._with_layout(articles):
            if self._as_imported(article, layout, report) is None:
                self._choose(article, report)
        return report

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        with_layout = self._with_layout(articles)
        for first, layout in with_layout:
            yield layout.header.encode()
            for part in with_blank_between(starmap(self._part, chain([(first, layout)], with_layout))):
                yield part.encode()

    def _part(self, article: ExportArticle, layout: ConlluLayout) -> str:
        lines = self._as_imported(article, layout, self.report)
        if lines is None:
            lines = "".join(self._new_lines(article, layout, self._choose(article, self.report)))
        return lines

    def _with_layout(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[ExportArticle, ConlluLayout]]:
        """Each article with the layout of the whole file, which is that of the first."""
        layout: ConlluLayout | None = None
        for article in articles:
            layout = layout or self._layout_of_file(article) or self._chosen_layout()
            yield article, layout

    def _layout_of_file(self, article: ExportArticle) -> ConlluLayout | None:
        """That of the file from which the article was imported."""
        return ConlluLayout.of(article.tokens) if self.chosen["tokens"] == "file" else None

    def _chosen_layout(self) -> ConlluLayout:
        columns = _COLUMNS[self.chosen["columns"]]
        return ConlluLayout(columns, self.chosen["scheme"], columns.header)

    def _as_imported(self, article: ExportArticle, layout: ConlluLayout, report: LossReport) -> str | None:
        """The lines of the file that the article comes from. None when it comes from no such file, or from
        one with other columns."""
        own = self._layout_of_file(article)
        if article.tokens is None or own is None or own.columns != layout.columns:
            return None
        sentences = sentences_of(article.tokens, own)
        if sentences is None:
            return None
        lines: list[str] = []
        written: list[Span] = []
        fitting = by_sentence(on_tokens(article.spans, article.tokens, report), article.tokens)
        for sentence, first, spans in zip(sentences, article.tokens.sentences, fitting, strict=True):
            if not sentence.has(mentions_of(spans, article.tokens, first)):
                spans = self._flat(spans, report)
            mentions = mentions_of(spans, article.tokens, first)
            lines.append(sentence.with_mentions(mentions, own.columns, own.scheme))
            written += spans
        report_flat(article, written, report)
        return "".join(lines)

    def _choose(self, article: ExportArticle, report: LossReport) -> list[Span]:
        spans = self._flat(article.spans, report)
        report_flat(article, spans, report)
        return spans

    def _flat(self, spans: Sequence[Span], report: LossReport) -> list[Span]:
        priority = [label.name for label in self.definition.labels]
        return flat_spans(spans, self.chosen["overlap"], report, priority)

    def _new_lines(self, article: ExportArticle, layout: ConlluLayout, spans: list[Span]) -> Iterator[str]:
        given = None if self.chosen["tokens"] == "new" else article.tokens
        tokens = tokenized(article.text, spans, given)
        mentions = mentions_on(spans, tokens, self.report)
        if layout.scheme in MERGING:
            self.report.drop(TOUCHING, sum(map(touching, mentions)))
        rows = _Rows(article.text, tokens, layout.columns)
        yield f"# newdoc id = {' '.join((article.external_id or str(article.id)).split())}\n"
        for number, ((first, end), inside) in enumerate(
            zip(ranges_of(tokens), mentions, strict=True), start=1
        ):
            yield f"# sent_id = {file_stem(article)}-{number}\n"
            yield from rows.of_sentence(first, end, tags_of(inside, end - first, layout.scheme))


class _Rows:
    """Rows for an article that comes from no file."""

    def __init__(self, text: str, tokens: Tokens, columns: Columns) -> None:
        self._text = text
        self._bounds = tokens.bounds
        self._columns = columns

    def of_sentence(self, first: int, end: int, tags: Sequence[str]) -> Iterator[str]:
        words = self._text[self._bounds[first][0] : self._bounds[end - 1][1]].split()
        yield f"# text = {' '.join(words)}\n"
        for number, tag in enumerate(tags, start=1):
            place = first + number - 1
            usual = " " if place < end - 1 else "\n"
            form = self._text[slice(*self._bounds[place])]
            values = {"ID": str(number), "FORM": form, MISC: self._misc(place, usual)}
            row = [values.get(name, NOTHING) for name in self._columns.names]
            yield "\t".join(self._columns.with_tag(row, tag)) + "\n"
        yield "\n"

    def _misc(self, place: int, usual: str) -> str:
        """White space around a token, as far as it is not as usual."""
        start, end = self._bounds[place]
        before = self._text[:start] if place == 0 else ""
        if place + 1 < len(self._bounds):
            return misc_with_spaces(before, self._text[end : self._bounds[place + 1][0]], usual)
        return misc_with_spaces(before, self._text[end:] or None, usual="")
