"""Tables of separated values with a header row, read row by row: what all formats of CSV and TSV share."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from articles.formats.base import Problem
from articles.formats.common.limits import MAX_TEXT
from articles.formats.common.source import Source
from articles.formats.common.text import BadText

DELIMITERS = ",;\t|"


class CsvTable:
    """`columns` are the names in the header; `rows` can be walked through once."""

    def __init__(self, file: Source) -> None:
        """Reads the header. Raises BadText with the line."""
        csv.field_size_limit(MAX_TEXT * 4)
        self._file = file
        self._reader = csv.reader(_lines(file), delimiter=_delimiter(file), strict=True)
        self.columns = [column.strip() for column in self._next(1) or []]
        lowered = [column.lower() for column in self.columns if column]
        if len(set(lowered)) != len(lowered):
            raise BadText("Two columns have the same name.", 1)

    def rows(self) -> Iterator[tuple[int, Mapping[str, str]] | Problem]:
        """Values that are not empty by column, with the line where the row begins: it may run over many.

        Raises BadText with the line for what is no table.
        """
        while True:
            line = self._reader.line_num + 1
            row = self._next(line)
            if row is None:
                return
            if row:
                yield self._named(line, row)

    def _next(self, line: int) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise BadText(f"This is not CSV: {error}.", line) from error

    def _named(self, line: int, row: list[str]) -> tuple[int, Mapping[str, str]] | Problem:
        name = self._file.name
        if len(row) != len(self.columns):
            return Problem(name, line, f"The row has {len(row)} values for {len(self.columns)} columns.")
        values = {column: value for column, value in zip(self.columns, row, strict=True) if value}
        if value := values.get(""):
            return Problem(name, line, f"The value {value!r:.40} stands in a column without a name.")
        return line, values


def header_of(file: Source) -> set[str]:
    """The names of the columns in small letters, as far as they can be told without reading the file."""
    line = file.head.partition(b"\n")[0].decode("utf-8", "replace")
    return {column.strip().strip('"').lower() for column in line.split(_delimiter(file))}


def _delimiter(file: Source) -> str:
    """The delimiter that occurs most in the header."""
    header = file.head.partition(b"\n")[0].decode("utf-8", "replace")
    return max(DELIMITERS, key=header.count)


def _lines(file: Source) -> Iterator[str]:
    """A line may also end with a lone carriage return, as old spreadsheets write it."""
    for _, line in file.text_lines():
        yield from io.StringIO(line, newline="") if "\r" in line[:-2] else (line,)
