"""Parquet, one row an article, written and read in row groups so that memory stays flat.

Written are `id, external_id, text`, the named fields (`title, published_on, source, agency, dateline, byline,
language, url`), `metadata` with the free ones as JSON, `spans list<struct{id, start, end, label, text,
attributes, fragments, confidence}>`, `relations list<struct{id, type, source, target, attributes}>`, `labels
list<string>`, and `layers list<struct{author, spans, relations, labels}>`. `attributes` are JSON. Offsets are
code points. Comments and tokens have no place.

Two shapes are read: rows with a `text`, with any of these columns, all others being metadata; and the shape
of datasets for training, `tokens list<string>` with `ner_tags` (or `tags`), as words or as numbers whose
names stand in the file's Hugging Face features. There the text is made from the tokens as `spacing` says, if
there is none; tokens are kept, with the other columns that have one value for each.

The line of a problem is the number of the row.
"""

from articles.formats.parquet.reader import ParquetReader
from articles.formats.parquet.writer import ParquetWriter

__all__ = ["ParquetReader", "ParquetWriter"]
