"""Spans written one a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import orjson

from articles.domain.spans import Span
from articles.formats.base import ExportArticle, LossReport, Option, Reading, Writer
from articles.formats.tables.cells import ARTICLE, ATTRIBUTES, SPAN, TEXTS, guarded

PIECE_CHARACTERS = 64 * 1024
JSON, COLUMNS = "json", "columns"
AS = Option(
    "attributes",
    "Attributes",
    ((JSON, "as JSON in one column"), (COLUMNS, "one column each, for those of the label schema")),
)
WITHOUT, WITH = "no", "yes"
WITH_TEXTS = Option(
    "texts",
    "Texts of articles",
    ((WITHOUT, "left out: spans only"), (WITH, "in the first row of each article")),
    "With texts the table can be imported again by itself.",
)


class SpanCsvWriter(Writer):
    format = "spans-csv"
    title = "CSV: one row a span"
    extension = "-spans.csv"
    content_type = "text/csv; charset=utf-8"
    options = (AS, WITH_TEXTS)
    holds_all_layers = True
    delimiter: ClassVar[str] = ","

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        stream = io.StringIO(newline="")
        table = csv.writer(stream, delimiter=self.delimiter)
        table.writerow(self._columns())
        for article in articles:
            table.writerows(self._rows(article))
            if stream.tell() >= PIECE_CHARACTERS:
                yield _taken(stream)
        yield _taken(stream)

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            self._count(article, report)
        return report

    def _columns(self) -> list[str]:
        attributes = [ATTRIBUTES]
        if self.chosen["attributes"] == COLUMNS:
            attributes = [f"{ATTRIBUTES}.{name}" for name in self._attributes()]
        return [*ARTICLE, *SPAN, *attributes, *(TEXTS if self.chosen["texts"] == WITH else ())]

    def _attributes(self) -> list[str]:
        return [attribute.name for attribute in self.definition.attributes]

    def _rows(self, article: ExportArticle) -> Iterator[list[str | int]]:
        self._count(article, self.report)
        article_cells = (article.id, guarded(article.external_id))
        texts = self._texts(article)
        for cells in self._span_rows(article):
            yield [*article_cells, *cells, *texts]
            texts = [""] * len(texts)
        if any(texts):
            yield [*article_cells, *[""] * (len(self._columns()) - 2 - len(texts)), *texts]

    def _texts(self, article: ExportArticle) -> list[str]:
        if self.chosen["texts"] == WITHOUT:
            return []
        return [guarded(article.text), _json(article.metadata), _json(article.labels)]

    def _span_rows(self, article: ExportArticle) -> Iterator[list[str | int]]:
        main = "gold" if article.readings else ""
        for author, spans in ((main, article.spans), *((one.author, one.spans) for one in article.readings)):
            for span in spans:
                yield [guarded(author), *_span_cells(span, article.text), *self._attribute_cells(span)]

    def _attribute_cells(self, span: Span) -> list[str]:
        if self.chosen["attributes"] == JSON:
            return [_json(span.attributes)]
        return [_cell(span.attributes.get(name)) for name in self._attributes()]

    def _count(self, article: ExportArticle, report: LossReport) -> None:
        layers: list[ExportArticle | Reading] = [article, *article.readings]
        report.articles += 1
        report.spans_written += sum(len(layer.spans) for layer in layers)
        report.drop("relations", sum(len(layer.relations) for layer in layers))
        kept = len(article.labels) if self.chosen["texts"] == WITH else 0
        report.drop("article labels", sum(len(layer.labels) for layer in layers) - kept)
        if self.chosen["attributes"] == COLUMNS:
            known, spans = set(self._attributes()), (span for layer in layers for span in layer.spans)
            unknown = sum(len(span.attributes.keys() - known) for span in spans)
            report.drop("attributes that the schema does not have", unknown)


class SpanTsvWriter(SpanCsvWriter):
    format = "spans-tsv"
    title = "TSV: one row a span"
    extension = "-spans.tsv"
    content_type = "text/tab-separated-values; charset=utf-8"
    delimiter = "\t"


def _span_cells(span: Span, text: str) -> list[str | int]:
    return [
        str(span.id),
        span.start,
        span.end,
        guarded(span.label),
        guarded(span.surface(text)),
        _json(span.fragments),
        "" if span.confidence is None else repr(span.confidence),
    ]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else guarded(str(value))


def _json(value: Mapping[str, Any] | Iterable[Any]) -> str:
    return orjson.dumps(value).decode() if value else ""


def _taken(stream: io.StringIO) -> bytes:
    piece = stream.getvalue().encode()
    stream.seek(0)
    stream.truncate()
    return piece
