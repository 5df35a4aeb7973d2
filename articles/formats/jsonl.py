"""JSON Lines: one article a line, with everything we know.

A line has `id, external_id, text, metadata, spans [{id, start, end, label, text, attributes, fragments?,
confidence?}], relations [{id, type, source, target, attributes}], labels`, and when there are any:

- `layers [{author, spans, relations, labels, edits?}]`, further readings of the article: `author` is `gold`,
  `user:NAME` or `engine:NAME`; `edits` is the layer's history, in code points, and is not read again;
- `threads [{start, end, span, resolved, comments [{author, text, created_at}]}]`, about the whole article
  when `start` and `end` are null;
- `tokens {bounds, sentences, columns, layout}` that the article was imported with;
- `offsets`, the unit in which all positions of the line are counted: `utf-16` or `bytes`. Without it they are
  code points.

Positions are `[start, end)`; `fragments` is there for spans with gaps only; a span's `text` is the slice, and
is held against the article's text when read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from articles.domain.spans import GAP, Relation, Span
from articles.formats.base import ExportArticle, Found, Reader, Reading, StoredArticle, Talk, Tokens, Writer
from articles.formats.common.json_records import read_json, write_json_lines
from articles.formats.common.offsets import CODE_POINTS, OFFSETS, to_unit, with_offsets
from articles.formats.common.source import Source

Line = dict[str, Any]


class JsonlReader(Reader):
    format = "jsonl"
    title = "JSON Lines, or one JSON list"
    extensions = (".jsonl", ".ndjson", ".json")

    def read(self, file: Source) -> Iterator[Found]:
        return read_json(file)


class JsonlWriter(Writer):
    format = "jsonl"
    title = "JSON Lines: everything we know"
    extension = ".jsonl"
    content_type = "application/x-ndjson"
    options = (OFFSETS,)
    wants_tokens = True
    holds_all_layers = True
    holds_comments = True
    holds_history = True

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        return write_json_lines(self._line(article) for article in articles)

    def write_stored(self, articles: Iterable[StoredArticle]) -> Iterator[bytes]:
        return write_json_lines(self._stored_line(article) for article in articles)

    def _stored_line(self, article: StoredArticle) -> Line:
        if not article.is_plain or self.chosen["offsets"] != CODE_POINTS:
            return self._line(article.article())
        self.report.articles += 1
        self.report.spans_written += len(article.spans)
        return stored_line_of(article)

    def _line(self, article: ExportArticle) -> Line:
        self.report.articles += 1
        self.report.spans_written += len(article.spans) + sum(len(one.spans) for one in article.readings)
        line, unit = line_of(article), self.chosen["offsets"]
        if unit == CODE_POINTS:
            return line
        return {**with_offsets(line, to_unit(article.text, unit)), "offsets": unit}


def line_of(article: ExportArticle) -> Line:
    """The article as a line, in code points."""
    line: Line = {
        "id": article.id,
        "external_id": article.external_id,
        "text": article.text,
        "metadata": article.metadata,
        **_layer(article, article.text),
    }
    if article.readings:
        line["layers"] = [_reading(one, article.text) for one in article.readings]
    if article.talks:
        line["threads"] = [_thread(one) for one in article.talks]
    if article.tokens:
        line["tokens"] = tokens_row(article.tokens)
    return line


def span_rows(spans: Sequence[Span], text: str) -> list[Line]:
    return [
        {
            "id": span.id,
            "start": span.start,
            "end": span.end,
            "label": span.label,
            "text": span.surface(text),
            "attributes": span.attributes,
            **({"fragments": span.fragments} if span.fragments else {}),
            **({"confidence": span.confidence} if span.confidence is not None else {}),
        }
        for span in spans
    ]


def relation_rows(relations: Sequence[Relation]) -> list[Line]:
    return [
        {
            "id": one.id,
            "type": one.type,
            "source": one.source,
            "target": one.target,
            "attributes": one.attributes,
        }
        for one in relations
    ]


def tokens_row(tokens: Tokens) -> Line:
    return {
        "bounds": tokens.bounds,
        "sentences": tokens.sentences,
        "columns": tokens.columns,
        "layout": tokens.layout,
    }


def _layer(layer: ExportArticle | Reading, text: str) -> Line:
    return {
        "spans": span_rows(layer.spans, text),
        "relations": relation_rows(layer.relations),
        "labels": layer.labels,
    }


def _reading(reading: Reading, text: str) -> Line:
    edits = {"edits": reading.edits} if reading.edits else {}
    return {"author": reading.author, **_layer(reading, text), **edits}


def _thread(talk: Talk) -> Line:
    return {
        "start": talk.start,
        "end": talk.end,
        "span": talk.span,
        "resolved": talk.resolved,
        "comments": [
            {"author": one.author, "text": one.text, "created_at": one.created_at} for one in talk.remarks
        ],
    }


_RELATION_FIELDS = ("id", "type", "source", "target", "attributes")


def stored_line_of(article: StoredArticle) -> Line:
    """The line of a plain article, without a detour by spans, of which there may be a hundred million."""
    return {
        "id": article.id,
        "external_id": article.external_id,
        "text": article.text,
        "metadata": article.metadata,
        "spans": list(_stored_spans(article.text, article.spans)),
        "relations": [dict(zip(_RELATION_FIELDS, one, strict=True)) for one in article.relations],
        "labels": article.labels,
    }


def _stored_spans(text: str, rows: list[list[Any]]) -> Iterator[Line]:
    for id_, start, end, label, fragments, attributes, confidence in rows:
        span = {
            "id": id_,
            "start": start,
            "end": end,
            "label": label,
            "text": text[start:end],
            "attributes": attributes,
        }
        if fragments:
            span["text"] = GAP.join(text[a:b] for a, b in fragments)
            span["fragments"] = fragments
        if confidence is not None:
            span["confidence"] = confidence
        yield span
