"""Tables of spans read, with their texts in the table or beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from articles.formats.base import Found, ParsedArticle, Problem, Reader
from articles.formats.common.limits import MAX_ARTICLES, MAX_SPANS, MAX_WHOLE
from articles.formats.common.record import article_from
from articles.formats.common.record_fields import BadRecord
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.csv import CsvReader
from articles.formats.csv_table import CsvTable, header_of
from articles.formats.plain import PlainReader
from articles.formats.tables.rows import TableRow, record_of, spans_of_rows

_NEEDED = {"start", "end", "label"}
_TELLING = {"article_text", "article_id", "external_id", "layer"}
_NO_TEXTS = (
    "The table has no texts. Put it into a zip beside them, as a file whose name ends in spans.csv, or give "
    'it a column "article_text".'
)


class SpanTableReader(Reader):
    format = "spans-table"
    title = "CSV or TSV of spans, with their texts"
    extensions = (*CsvReader.extensions, *PlainReader.extensions)
    companions = ("spans.csv", "spans.tsv")

    def recognises(self, file: Source) -> bool:
        columns = header_of(file)
        return columns >= _NEEDED and bool(columns & _TELLING)

    def read(self, file: Source) -> Iterator[Found]:
        try:
            yield from _self_contained(file)
        except BadText as error:
            yield Problem(file.name, error.line, str(error))

    def read_together(self, files: Sequence[Source]) -> Iterator[Found]:
        tables = [file for file in files if file.name.lower().endswith(self.companions)]
        texts = [file for file in files if not file.name.lower().endswith(self.companions)]
        if not tables or not texts:
            for file in files:
                yield from self.read(file)
            return
        apart = []
        for file in tables:
            if "article_text" in header_of(file):
                yield from self.read(file)
            else:
                apart.append(file)
            file.forget()
        yield from _joined(texts, apart)


def _self_contained(file: Source) -> Iterator[Found]:
    table = CsvTable(file)
    if "article_text" not in [column.lower() for column in table.columns]:
        raise BadText(_NO_TEXTS)
    for count, rows in enumerate(_articles(_rows(table, file.name)), start=1):
        if isinstance(rows, Problem):
            yield rows
        elif count > MAX_ARTICLES:
            raise BadText(f"A file holds at most {MAX_ARTICLES:,} articles. Split it.", rows[0].line)
        else:
            yield _article(file.name, rows)


def _rows(table: CsvTable, name: str) -> Iterator[TableRow | Problem]:
    for row in table.rows():
        yield row if isinstance(row, Problem) else TableRow.of(name, *row)


def _articles(rows: Iterable[TableRow | Problem]) -> Iterator[list[TableRow] | Problem]:
    """Rows that stand together and name the same article; one with a text of its own begins another."""
    together: list[TableRow] = []
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        if together and not row.continues(together[0]):
            yield together
            together = []
        together.append(row)
        if len(together) > MAX_SPANS:
            raise BadText(f"An article has at most {MAX_SPANS:,} spans.", row.line)
    if together:
        yield together


def _article(name: str, rows: list[TableRow]) -> Found:
    dropped: Counter[str] = Counter()
    try:
        return article_from(record_of(rows, dropped), file=name, line=rows[0].line, dropped=+dropped)
    except BadText as error:
        return Problem(name, error.line, str(error))
    except BadRecord as error:
        return Problem(name, rows[0].line, str(error))


def _joined(texts: Sequence[Source], tables: Sequence[Source]) -> Iterator[Found]:
    """Texts with the spans that tables beside them have."""
    index = _Index()
    for table in tables:
        yield from index.add(table)
    for file in texts:
        reader = CsvReader() if file.name.lower().endswith(CsvReader.extensions) else PlainReader()
        for found in reader.read(file):
            yield index.with_spans(found) if isinstance(found, ParsedArticle) else found
        file.forget()
    yield from index.left_over()


class _Index:
    """The rows of tables by article. A row is kept as the bytes of its JSON, which is a tenth of its size as
    objects: a million rows may wait for their texts."""

    def __init__(self) -> None:
        self._rows: dict[str, bytearray] = {}
        self._size = 0

    def add(self, file: Source) -> Iterator[Problem]:
        self._size += file.size
        if self._size > MAX_WHOLE:
            most = f"{MAX_WHOLE // 2**20} MB"
            yield Problem(
                file.name, None, f"Tables beside their texts have at most {most} together. Split them."
            )
            return
        try:
            for row in _rows(CsvTable(file), file.name):
                if isinstance(row, Problem):
                    yield row
                else:
                    self._rows.setdefault(row.article, bytearray()).extend(row.packed())
        except BadText as error:
            yield Problem(file.name, error.line, str(error))

    def with_spans(self, article: ParsedArticle) -> Found:
        rows = self._taken(article)
        if not rows:
            return article
        dropped: Counter[str] = Counter()
        try:
            record = {"text": article.text, **spans_of_rows(rows, dropped)}
            read = article_from(record, file=article.file, line=article.line)
        except BadText as error:
            return Problem(rows[0].file, error.line, str(error))
        except BadRecord as error:
            return Problem(rows[0].file, rows[0].line, str(error))
        return replace(article, spans=read.spans, readings=read.readings, dropped=+dropped)

    def left_over(self) -> Iterator[Problem]:
        for name, packed in self._rows.items():
            first = TableRow.unpacked(packed.split(b"\n", 1)[0])
            yield Problem(first.file, first.line, f"There is no text of the article {name!r:.80}.")

    def _taken(self, article: ParsedArticle) -> list[TableRow]:
        path = PurePosixPath(article.file)
        names = [article.external_id] if article.external_id else [article.file, path.name, path.stem]
        packed = next((self._rows.pop(name) for name in names if name in self._rows), b"")
        return [TableRow.unpacked(line) for line in packed.splitlines()]
