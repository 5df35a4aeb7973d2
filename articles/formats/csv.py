"""CSV and TSV with a header row that has a `text` column; the other columns are metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from articles.formats.base import Found, Problem, Reader
from articles.formats.common.limits import MAX_ARTICLES
from articles.formats.common.record import article_from
from articles.formats.common.record_fields import BadRecord
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.csv_table import CsvTable

_KNOWN = {
    *("id", "external_id", "text", "title", "published_on"),
    *("source", "dateline", "byline", "language", "url"),
}


class CsvReader(Reader):
    format = "csv"
    title = "CSV or TSV with a text column"
    extensions = (".csv", ".tsv")

    def read(self, file: Source) -> Iterator[Found]:
        try:
            yield from _articles(file)
        except BadText as error:
            yield Problem(file.name, error.line, str(error))


def _articles(file: Source) -> Iterator[Found]:
    table = CsvTable(file)
    if "text" not in [column.lower() for column in table.columns]:
        raise BadText('The first row names the columns, and one of them is "text".', 1)
    for count, row in enumerate(table.rows(), start=1):
        if isinstance(row, Problem):
            yield row
        elif count > MAX_ARTICLES:
            raise BadText(f"A file holds at most {MAX_ARTICLES:,} articles. Split it.", row[0])
        else:
            yield article_of_row(file.name, *row)


def article_of_row(name: str, line: int, row: Mapping[str, str]) -> Found:
    """An article with its text in one column; columns without a meaning here are metadata."""
    named = {column.lower(): value for column, value in row.items() if column.lower() in _KNOWN}
    metadata = {column: value for column, value in row.items() if column.lower() not in _KNOWN}
    try:
        return article_from({**named, "metadata": metadata}, file=name, line=line)
    except BadRecord as error:
        return Problem(name, line, str(error))
