"""JSON Lines: one article a line.

A line has `id, external_id, text, metadata, spans [{id, start, end, label, text, attributes, fragments}],
relations [{id, type, source, target, attributes}], labels`. Offsets are code points, `[start, end)`;
`fragments` is there for spans with gaps only; `text` is the slice, and is held against the text when read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from articles.formats.base import ExportArticle, ParsedArticle, Problem, Reader, Writer
from articles.formats.limits import MAX_ARTICLES, MAX_LINE
from articles.formats.record import BadRecord, article_from
from articles.formats.text import BadText, decode, without_bom

PIECE_BYTES = 64 * 1024


class JsonlReader(Reader):
    format = "jsonl"
    title = "JSON Lines"
    extensions = (".jsonl", ".ndjson")

    def read(self, name: str, content: bytes) -> Iterator[ParsedArticle | Problem]:
        content, _ = without_bom(content)
        count = 0
        for number, line in enumerate(io.BytesIO(content), start=1):
            if not line.strip():
                continue
            count += 1
            if count > MAX_ARTICLES:
                yield Problem(name, number, f"A file holds at most {MAX_ARTICLES:,} articles. Split it.")
                return
            yield _read_line(name, number, line)


class JsonlWriter(Writer):
    format = "jsonl"
    title = "JSON Lines: everything we know"
    extension = ".jsonl"
    content_type = "application/x-ndjson"

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        piece = bytearray()
        for article in articles:
            self.report.articles += 1
            self.report.spans_written += len(article.spans)
            piece += orjson.dumps(_as_line(article), option=orjson.OPT_APPEND_NEWLINE)
            if len(piece) >= PIECE_BYTES:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece)


def _read_line(name: str, number: int, line: bytes) -> ParsedArticle | Problem:
    if len(line) > MAX_LINE:
        return Problem(name, number, f"The line has more than {MAX_LINE // 2**20} MB.")
    try:
        decode(line)
        record = orjson.loads(line)
        if not isinstance(record, dict):
            raise BadRecord('A line is an object with "text".')
        if rb"\u0000" in line and _holds_nul(record):
            raise BadRecord("There is a NUL character, which no text may hold.")
        return article_from(record, file=name, line=number)
    except BadText as error:
        return Problem(name, number, str(error))
    except orjson.JSONDecodeError as error:
        return Problem(name, number, f"This is not JSON: {error.msg} at column {error.colno}.")
    except BadRecord as error:
        return Problem(name, number, str(error))


def _holds_nul(value: Any) -> bool:
    """Without recursion: what is read here may be nested a thousand deep."""
    left = [value]
    while left:
        match left.pop():
            case str() as text if "\0" in text:
                return True
            case dict() as row:
                left += [*row, *row.values()]
            case list() as rows:
                left += rows
    return False


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
