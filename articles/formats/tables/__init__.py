"""Spans as a table, CSV or TSV: one row a span.

Columns: `article_id, external_id, layer, id, start, end, label, text, fragments, confidence, attributes`.
`text` are the span's words. `layer` is empty for the layer that was exported (or `gold`, `user:NAME`,
`engine:NAME` when all were). `fragments` and `attributes` are JSON. Attributes may stand in columns of their
own instead, `attributes.NAME`; there, `true` and `false` are boolean. Offsets are code points.

With texts, `article_text, article_metadata, article_labels` follow. They are filled in the first row of each
article; an article without spans has one row without a span. Relations have no place.

A cell that begins with `= + - @`, a tab or a carriage return would be a formula in a spreadsheet: it gets an
apostrophe in front, and so does one that would be taken for such a cell. When read, an apostrophe before any
of these or before another apostrophe is taken away.

What is read: rows of one article stand together, and

- the first of them has the text in `article_text`, or
- the table lies in an archive, its name ends in `spans.csv` or `spans.tsv`, and the texts lie beside it, as
  text files or in tables with a `text` column. A row's `external_id` is the text's own, or else the name of
  its file with or without ending. A row whose text is not there is a problem; a text without rows has no
  spans.
"""

from articles.formats.tables.reader import SpanTableReader
from articles.formats.tables.writer import SpanCsvWriter, SpanTsvWriter

__all__ = ["SpanCsvWriter", "SpanTableReader", "SpanTsvWriter"]
