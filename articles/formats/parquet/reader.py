"""Rows of Parquet into articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from articles.formats.base import Found, Problem, Reader
from articles.formats.common.json_records import Record
from articles.formats.common.record import article_from
from articles.formats.common.record_fields import BadRecord
from articles.formats.common.source import Source
from articles.formats.common.spacing import SPACING
from articles.formats.common.text import BadText
from articles.formats.parquet.apart import Columns, rows_apart
from articles.formats.parquet.rows import record_of_row
from articles.formats.parquet.table import Row
from articles.formats.parquet.tokens import TokenColumns

_NO_TEXT = 'There is no column "text", and no "tokens" with "ner_tags".'


class ParquetReader(Reader):
    format = "parquet"
    title = "Parquet: articles, or tokens and tags"
    extensions = (".parquet",)
    options = (SPACING,)

    def recognises(self, file: Source) -> bool:
        return file.raw_head.startswith(b"PAR1")

    def read(self, file: Source) -> Iterator[Found]:
        try:
            yield from self._articles(file)
        except BadText as error:
            yield Problem(file.name, error.line, str(error))

    def _articles(self, file: Source) -> Iterator[Found]:
        if not self.recognises(file):
            raise BadText("This is not Parquet: such a file begins with PAR1.")
        convert: Callable[[Row], Record] = record_of_row
        with file.open() as content:
            for number, found in enumerate(rows_apart(content)):
                if isinstance(found, Columns):
                    convert = self._conversion(found)
                else:
                    yield _article(file.name, number, found, convert)

    def _conversion(self, columns: Columns) -> Callable[[Row], Record]:
        tokens = TokenColumns.of(columns.names, columns.features, self.chosen["spacing"])
        if tokens is None and "text" not in columns.names:
            raise BadText(_NO_TEXT)
        return tokens.record_of if tokens else record_of_row


def _article(name: str, number: int, row: Row, convert: Callable[[Row], Record]) -> Found:
    try:
        return article_from(convert(row), file=name, line=number)
    except BadRecord as error:
        return Problem(name, number, str(error))
