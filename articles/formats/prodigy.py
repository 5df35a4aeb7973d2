"""Prodigy's JSONL: `{text, tokens [{text, start, end, id, ws}], spans [{start, end, token_start, token_end,
label}], relations [{head, child, head_span, child_span, label}], meta, answer}`.

Offsets are code points; `head` and `child` are the numbers of the last tokens of the two spans. Of an example
that was not accepted (`answer` is `reject` or `ignore`) only the text is read: its spans are what somebody
refused. Attributes, gaps and labels of the article have no place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from articles.domain.spans import Relation, Span
from articles.domain.tokens import tokens
from articles.formats.base import ExportArticle, Found, LossReport, Reader, Writer
from articles.formats.flat_records import surveyed, without_gaps
from articles.formats.json_records import (
    Record,
    first_record,
    read_json,
    write_json_lines,
)
from articles.formats.record_fields import BadRecord, rows_of
from articles.formats.source import Source

_TAKEN = {"text", "tokens", "spans", "relations", "meta", "answer"}
_INNER = ("_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id", "_timestamp", "_is_binary")


class ProdigyReader(Reader):
    format = "prodigy"
    title = "Prodigy (JSONL)"
    extensions = (".jsonl",)

    def recognises(self, file: Source) -> bool:
        record = first_record(file)
        return record is not None and (
            "_task_hash" in record or "answer" in record or isinstance(record.get("tokens"), list)
        )

    def read(self, file: Source) -> Iterator[Found]:
        return read_json(file, _converted)


class ProdigyWriter(Writer):
    format = "prodigy"
    title = "Prodigy (JSONL)"
    extension = "-prodigy.jsonl"
    content_type = "application/x-ndjson"

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        return write_json_lines(self._line(article) for article in articles)

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        return surveyed(articles)

    def _line(self, article: ExportArticle) -> dict[str, Any]:
        spans, relations = without_gaps(article, self.report)
        words = _Words(article.text, spans)
        rows = {span.id: words.span(span) for span in spans}
        links = [_link(one, rows[one.source], rows[one.target]) for one in relations]
        return {
            "text": article.text,
            "meta": {**article.metadata, "id": article.id, "external_id": article.external_id},
            "tokens": words.rows,
            "spans": list(rows.values()),
            **({"relations": links} if links else {}),
            "answer": "accept",
        }


class _Words:
    """An article's tokens, cut where spans begin and end, as Prodigy numbers them."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        cuts = sorted({point for span in spans for point in (span.start, span.end)})
        found = list(tokens(text, 0, len(text), cuts))
        self.rows = [
            {
                "text": text[start:end],
                "start": start,
                "end": end,
                "id": number,
                "ws": text[end : end + 1].isspace(),
            }
            for number, (start, end) in enumerate(found)
        ]
        self._ends = [end for _, end in found]
        self._starts = [start for start, _ in found]

    def span(self, span: Span) -> dict[str, Any]:
        """With the numbers of its first and last token; spaces at its edges belong to those beside them."""
        first = min(bisect_right(self._ends, span.start), len(self._ends) - 1)
        last = max(bisect_left(self._starts, span.end) - 1, first)
        place = {"start": span.start, "end": span.end, "label": span.label}
        return {**place, "token_start": first, "token_end": last}


def _link(one: Relation, source: Record, target: Record) -> dict[str, Any]:
    ends = {"head": source["token_end"], "child": target["token_end"]}
    return {**ends, "head_span": source, "child_span": target, "label": one.type}


def _converted(record: Record, dropped: Counter[str]) -> Record:
    meta = record.get("meta") or {}
    if not isinstance(meta, dict):
        raise BadRecord('"meta" is an object.')
    free = {key: value for key, value in record.items() if key not in {*_TAKEN, *_INNER}}
    base = {**meta, **free, "text": record.get("text")}
    if record.get("answer", "accept") != "accept":
        return base
    spans = [_read_span(row) for row in rows_of(record, "spans")]
    links = [_read_link(row) for row in rows_of(record, "relations")]
    # A relation may link tokens that no span names, and two may link the same.
    ends = {span["id"]: span for link in links for span in link}
    missing = [span for id_, span in ends.items() if id_ not in {one["id"] for one in spans}]
    types = [row.get("label") for row in rows_of(record, "relations")]
    relations = [
        {"type": kind, "source": source["id"], "target": target["id"]}
        for kind, (source, target) in zip(types, links, strict=True)
    ]
    return {**base, "spans": spans + missing, "relations": relations}


def _read_span(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise BadRecord("A span is an object with start, end and label.")
    span = {name: row.get(name) for name in ("start", "end", "label")}
    return {**span, "id": f"{row.get('start')}-{row.get('end')}-{row.get('label')}"}


def _read_link(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return _read_span(row.get("head_span")), _read_span(row.get("child_span"))
