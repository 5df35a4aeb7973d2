"""CSV and TSV with a header row that has a `text` column; the other columns are metadata."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from articles.formats.base import ParsedArticle, Problem, Reader
from articles.formats.limits import MAX_ARTICLES, MAX_TEXT
from articles.formats.record import BadRecord, article_from
from articles.formats.text import BadText, decode, without_bom

DELIMITERS = ",;\t|"
# Columns that hold structure in other formats are plain metadata here, and would be refused as such.
_NOT_IN_CSV = {"spans", "relations", "labels", "metadata"}


class CsvReader(Reader):
    format = "csv"
    title = "CSV or TSV with a text column"
    extensions = (".csv", ".tsv")

    def read(self, name: str, content: bytes) -> Iterator[ParsedArticle | Problem]:
        content, _ = without_bom(content)
        try:
            text = decode(content)
        except BadText as error:
            yield Problem(name, error.line, str(error))
            return
        csv.field_size_limit(MAX_TEXT * 4)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        try:
            yield from _articles(name, rows)
        except csv.Error as error:
            yield Problem(name, rows.line_num, f"This is not CSV: {error}.")


def _delimiter(text: str) -> str:
    """The delimiter that occurs most in the header."""
    header = text.partition("\n")[0]
    return max(DELIMITERS, key=header.count)


def _articles(name: str, rows: Iterator[list[str]]) -> Iterator[ParsedArticle | Problem]:
    header = [column.strip() for column in next(rows, [])]
    lowered = [column.lower() for column in header]
    if "text" not in lowered:
        yield Problem(name, 1, 'The first row names the columns, and one of them is "text".')
        return
    if len(set(lowered)) != len(lowered):
        yield Problem(name, 1, "Two columns have the same name.")
        return
    line = rows.line_num + 1  # type: ignore[attr-defined]  # csv.reader has it
    for count, row in enumerate(rows, start=1):
        if count > MAX_ARTICLES:
            yield Problem(name, line, f"A file holds at most {MAX_ARTICLES:,} articles. Split it.")
            return
        if row:
            yield _article(name, line, header, row)
        line = rows.line_num + 1  # type: ignore[attr-defined]


def _article(name: str, line: int, header: list[str], row: list[str]) -> ParsedArticle | Problem:
    if len(row) != len(header):
        return Problem(name, line, f"The row has {len(row)} values for {len(header)} columns.")
    record: dict[str, object] = {}
    for column, value in zip(header, row, strict=True):
        key = column.lower() if column.lower() in _KNOWN else column
        if value and key not in _NOT_IN_CSV and key:
            record[key] = value
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
