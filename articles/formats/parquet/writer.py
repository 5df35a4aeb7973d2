"""Rows into Parquet, a row group at a time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from annotator.schemas.definition import Definition
from articles.formats.base import BadOption, ExportArticle, LossReport, Writer
from articles.formats.parquet.table import Row, article_schema, count_lost, row_of

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]

ROWS_A_GROUP = 1000


class ParquetWriter(Writer):
    format = "parquet"
    title = "Parquet: one row an article"
    extension = ".parquet"
    content_type = "application/vnd.apache.parquet"
    holds_all_layers = True

    def __init__(self, definition: Definition | None = None, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(definition, chosen)
        require_pyarrow()

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        return parquet_pieces((self._row(article) for article in articles), article_schema())

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            count_lost(article, report)
        return report

    def _row(self, article: ExportArticle) -> Row:
        count_lost(article, self.report)
        return row_of(article)


def require_pyarrow() -> None:
    """Raises BadOption."""
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        raise BadOption("Parquet cannot be written here. Install the extra 'formats'.") from None


def parquet_pieces(rows: Iterable[Row], schema: pyarrow.Schema) -> Iterator[bytes]:
    """The file, piece by piece."""
    import pyarrow as pa
    from pyarrow import parquet

    sink = _Sink()
    left = iter(rows)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while batch := list(islice(left, ROWS_A_GROUP)):
            writer.write_table(pa.Table.from_pylist(batch, schema))
            yield sink.take()
    yield sink.take()


class _Sink(io.RawIOBase):
    """A file to write to that hands on what was written, and knows how much that was."""

    def __init__(self) -> None:
        self._pieces = bytearray()
        self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any) -> int:
        self._pieces += data
        self._written += len(data)
        return len(data)

    def take(self) -> bytes:
        piece = bytes(self._pieces)
        self._pieces.clear()
        return piece
