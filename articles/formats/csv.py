"""CSV and TSV with a header row that has a `text` column; the other columns are metadata."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from articles.formats.base import Found, Problem, Reader
from articles.formats.limits import MAX_ARTICLES, MAX_TEXT
from articles.formats.record import article_from
from articles.formats.record_fields import BadRecord
from articles.formats.source import Source
from articles.formats.text import BadText

DELIMITERS = ",;\t|"


class CsvReader(Reader):
    format = "csv"
    title = "CSV or TSV with a text column"
    extensions = (".csv", ".tsv")

    def read(self, file: Source) -> Iterator[Found]:
        name = file.name
        try:
            text = file.text()
        except BadText as error:
            yield Problem(name, error.line, str(error))
            return
        csv.field_size_limit(MAX_TEXT * 4)
        rows = _Rows(text)
        try:
            yield from _articles(name, rows)
        except csv.Error as error:
            yield Problem(name, rows.line, f"This is not CSV: {error}.")


class _Rows:
    """The rows, and the line where the last one began: a row may run over many lines."""

    def __init__(self, text: str) -> None:
        self._rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        self.line = 0

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        self.line = self._rows.line_num + 1
        return next(self._rows)


def _delimiter(text: str) -> str:
    """The delimiter that occurs most in the header."""
    header = text.partition("\n")[0]
    return max(DELIMITERS, key=header.count)


def _articles(name: str, rows: _Rows) -> Iterator[Found]:
    header = [column.strip() for column in next(rows, [])]
    lowered = [column.lower() for column in header if column]
    if "text" not in lowered:
        yield Problem(name, 1, 'The first row names the columns, and one of them is "text".')
        return
    if len(set(lowered)) != len(lowered):
        yield Problem(name, 1, "Two columns have the same name.")
        return
    for count, row in enumerate(rows, start=1):
        if count > MAX_ARTICLES:
            yield Problem(name, rows.line, f"A file holds at most {MAX_ARTICLES:,} articles. Split it.")
            return
        if row:
            yield _article(name, rows.line, header, row)


def _article(name: str, line: int, header: list[str], row: list[str]) -> Found:
    if len(row) != len(header):
        return Problem(name, line, f"The row has {len(row)} values for {len(header)} columns.")
    record: dict[str, object] = {}
    metadata: dict[str, str] = {}
    for column, value in zip(header, row, strict=True):
        if value and not column:
            return Problem(name, line, f"The value {value!r:.40} stands in a column without a name.")
        if value and column.lower() in _KNOWN:
            record[column.lower()] = value
        elif value:
            metadata[column] = value
    record["metadata"] = metadata
    try:
        return article_from(record, file=name, line=line)
    except BadRecord as error:
        return Problem(name, line, str(error))


_KNOWN = {
    "text",
    "title",
    "published_on",
    "source",
    "dateline",
    "byline",
    "language",
    "url",
    "external_id",
    "id",
}
