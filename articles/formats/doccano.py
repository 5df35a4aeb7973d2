"""doccano's JSONL: `{"text", "label": [[start, end, "L"]]}`, or with relations `{"text", "entities":
[{id, start_offset, end_offset, label}], "relations": [{id, from_id, to_id, type}], "Comments": []}`.

Offsets are code points. Labels of a whole document (`"label": ["sport"]`) are article labels. What else a
record holds is metadata. Written is the form with entities, which doccano imports into projects with
relations and which keeps spans that overlap; it has no place for attributes, gaps or labels of the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

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

_TAKEN = {"text", "data", "label", "labels", "entities", "relations", "Comments", "comments"}


class DoccanoReader(Reader):
    format = "doccano"
    title = "doccano (JSONL)"
    extensions = (".jsonl", ".json")

    def recognises(self, file: Source) -> bool:
        record = first_record(file)
        if record is None:
            return False
        label = record.get("label")
        triples = isinstance(label, list) and all(isinstance(one, list | str) for one in label)
        return "Comments" in record or (triples and "spans" not in record) or _has_entities(record)

    def read(self, file: Source) -> Iterator[Found]:
        return read_json(file, _converted)


class DoccanoWriter(Writer):
    format = "doccano"
    title = "doccano (JSONL with entities and relations)"
    extension = "-doccano.jsonl"
    content_type = "application/x-ndjson"

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        numbers = count(1)
        return write_json_lines(self._line(article, numbers) for article in articles)

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        return surveyed(articles)

    def _line(self, article: ExportArticle, numbers: Iterator[int]) -> dict[str, Any]:
        spans, links = without_gaps(article, self.report)
        ids = {span.id: next(numbers) for span in spans}
        return {
            **article.metadata,
            "id": article.id,
            "external_id": article.external_id,
            "text": article.text,
            "entities": [
                {"id": ids[one.id], "label": one.label, "start_offset": one.start, "end_offset": one.end}
                for one in spans
            ],
            "relations": [
                {"id": next(numbers), "from_id": ids[one.source], "to_id": ids[one.target], "type": one.type}
                for one in links
            ],
            "Comments": [],
        }


def _has_entities(record: Record) -> bool:
    entities = record.get("entities")
    return isinstance(entities, list) and all(
        isinstance(one, dict) and "start_offset" in one for one in entities
    )


def _converted(record: Record, dropped: Counter[str]) -> Record:
    comments = record.get("Comments") or record.get("comments")
    labels = record.get("label", record.get("labels")) or []
    if not isinstance(labels, list):
        raise BadRecord('"label" is a list: of [start, end, label], or of labels of the whole text.')
    return {
        **{key: value for key, value in record.items() if key not in _TAKEN},
        **({"comments": comments} if comments else {}),
        "text": record.get("text", record.get("data")),
        "spans": [_span(one) for one in labels if not isinstance(one, str)] + _entities(record),
        "relations": [_relation(one) for one in rows_of(record, "relations")],
        "labels": [one for one in labels if isinstance(one, str)],
    }


def _span(triple: Any) -> dict[str, Any]:
    if not isinstance(triple, list) or len(triple) != 3:
        raise BadRecord("A label is [start, end, label].")
    return {"start": triple[0], "end": triple[1], "label": triple[2]}


def _entities(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "id": one.get("id"),
            "start": one.get("start_offset"),
            "end": one.get("end_offset"),
            "label": one.get("label"),
        }
        for one in rows_of(record, "entities")
    ]


def _relation(one: dict[str, Any]) -> dict[str, Any]:
    return {"source": one.get("from_id"), "target": one.get("to_id"), "type": one.get("type")}
