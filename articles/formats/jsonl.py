"""JSON Lines: one article a line.

A line has `id, external_id, text, metadata, spans [{id, start, end, label, text, attributes, fragments}],
relations [{id, type, source, target, attributes}], labels`. Offsets are code points, `[start, end)`;
`fragments` is there for spans with gaps only; `text` is the slice, and is held against the text when read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from articles.formats.base import ExportArticle, Found, Reader, Writer
from articles.formats.json_records import read_json_lines, write_json_lines
from articles.formats.source import Source


class JsonlReader(Reader):
    format = "jsonl"
    title = "JSON Lines"
    extensions = (".jsonl", ".ndjson")

    def read(self, file: Source) -> Iterator[Found]:
        return read_json_lines(file)


class JsonlWriter(Writer):
    format = "jsonl"
    title = "JSON Lines: everything we know"
    extension = ".jsonl"
    content_type = "application/x-ndjson"

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        return write_json_lines(self._line(article) for article in articles)

    def _line(self, article: ExportArticle) -> dict[str, Any]:
        self.report.articles += 1
        self.report.spans_written += len(article.spans)
        return _as_line(article)


def _as_line(article: ExportArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "external_id": article.external_id,
        "text": article.text,
        "metadata": article.metadata,
        "spans": [
            {
                "id": span.id,
                "start": span.start,
                "end": span.end,
                "label": span.label,
                "text": span.surface(article.text),
                "attributes": span.attributes,
                **({"fragments": span.fragments} if span.fragments else {}),
                **({"confidence": span.confidence} if span.confidence is not None else {}),
            }
            for span in article.spans
        ],
        "relations": [
            {
                "id": one.id,
                "type": one.type,
                "source": one.source,
                "target": one.target,
                "attributes": one.attributes,
            }
            for one in article.relations
        ],
        "labels": article.labels,
    }
