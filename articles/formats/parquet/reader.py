"""Rows of Parquet into articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from articles.formats.base import Found, Problem, Reader
from articles.formats.json_records import Record
from articles.formats.parquet.guards import (
    readable_columns,
    require_modest,
    require_modest_batch,
    text_columns,
)
from articles.formats.parquet.rows import record_of_row
from articles.formats.parquet.table import Row
from articles.formats.parquet.tokens import TokenColumns
from articles.formats.record import article_from
from articles.formats.record_fields import BadRecord
from articles.formats.source import Source
from articles.formats.spacing import SPACING
from articles.formats.text import BadText

if TYPE_CHECKING:
    from pyarrow import parquet  # type: ignore[import-untyped]

ROWS_AT_ONCE = 64
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
            import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: F401
        except ImportError:
            yield Problem(file.name, None, "Parquet cannot be read here. Install the extra 'formats'.")
            return
        try:
            yield from self._articles(file)
        except BadText as error:
            yield Problem(file.name, error.line, str(error))

    def _articles(self, file: Source) -> Iterator[Found]:
        with file.open() as content:
            table = _opened(content)
            convert = self._conversion(table)
            for number, row in enumerate(_rows(table), start=1):
                yield _article(file.name, number, row, convert)

    def _conversion(self, table: parquet.ParquetFile) -> Callable[[Row], Record]:
        columns = set(table.schema_arrow.names)
        if tokens := TokenColumns.of(columns, table.metadata.metadata or {}, self.chosen["spacing"]):
            return tokens.record_of
        if "text" not in columns:
            raise BadText(_NO_TEXT)
        return record_of_row


def _opened(content: BinaryIO) -> parquet.ParquetFile:
    """Raises BadText for what is no such file, or not a modest one."""
    from pyarrow import parquet

    # Other threads could not read from the database's connection.
    with _errors_as_bad_text():
        table = parquet.ParquetFile(content, pre_buffer=False)
        require_modest(table)
        return parquet.ParquetFile(content, pre_buffer=False, read_dictionary=text_columns(table))


def _rows(table: parquet.ParquetFile) -> Iterator[Row]:
    columns = readable_columns(table)
    with _errors_as_bad_text():
        for batch in table.iter_batches(ROWS_AT_ONCE, columns=columns, use_threads=False):
            require_modest_batch(batch)
            yield from batch.to_pylist()


@contextmanager
def _errors_as_bad_text() -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except BadText:
        raise
    except (pa.ArrowException, OSError, ValueError, LookupError, TypeError, MemoryError) as error:
        reason = str(error).partition("\n")[0][:150].rstrip(".")
        raise BadText(f"This is not Parquet that can be read: {reason}.") from error


def _article(name: str, number: int, row: Row, convert: Callable[[Row], Record]) -> Found:
    try:
        return article_from(convert(row), file=name, line=number)
    except BadRecord as error:
        return Problem(name, number, str(error))
