"""doccano, one record a line or all in one list.

- `{"text", "label": [[start, end, "L"]]}`; in projects with relations `{"text", "entities": [{id,
  start_offset, end_offset, label}], "relations": [{id, from_id, to_id, type}]}`; in projects for intents
  `{"text", "entities": [[start, end, "L"]], "cats": ["C"]}`. Offsets are code points.
- Labels of a whole document (`"label": ["sport"]`, `cats`) are article labels.
- `"Comments"` are words without author, time or place: they become one thread about the article.
- What else a record holds is metadata.

Written is the form with entities, which doccano imports into projects with relations and which keeps spans
that overlap; it has no place for attributes, gaps or labels of the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from articles.formats.base import ExportArticle, Found, LossReport, Reader, Writer
from articles.formats.common.flat_records import surveyed, without_gaps
from articles.formats.common.json_records import Record, first_record, read_json, write_json_lines
from articles.formats.common.record_fields import BadRecord, rows_of
from articles.formats.common.source import Source

_TAKEN = {"id", "text", "data", "label", "labels", "cats", "entities", "relations", "Comments", "comments"}


class DoccanoReader(Reader):
    format = "doccano"
    title = "doccano (JSONL or JSON)"
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
    holds_comments = True

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        numbers = count(1)
        return write_json_lines(self._line(article, numbers) for article in articles)

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        return surveyed(articles)

    def _line(self, article: ExportArticle, numbers: Iterator[int]) -> dict[str, Any]:
        spans, links = without_gaps(article, self.report)
        self.report.articles += 1
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
            "Comments": [remark.text for talk in article.talks for remark in talk.remarks],
        }


def _has_entities(record: Record) -> bool:
    entities = record.get("entities")
    return isinstance(entities, list) and all(
        isinstance(one, list) or (isinstance(one, dict) and "start_offset" in one) for one in entities
    )


def _converted(record: Record, dropped: Counter[str]) -> Record:
    labels = _list(record, "label") or _list(record, "labels")
    return {
        "id": record.get("id"),
        "text": record.get("text", record.get("data")),
        "metadata": {key: value for key, value in record.items() if key not in _TAKEN},
        "spans": [
            *(_triple(one) for one in labels if isinstance(one, list)),
            *(_entity(one) for one in _list(record, "entities")),
        ],
        "relations": [_relation(one) for one in rows_of(record, "relations")],
        "labels": [_name(one) for one in (*labels, *_list(record, "cats")) if not isinstance(one, list)],
        "threads": _threads(_list(record, "Comments") or _list(record, "comments")),
    }


def _list(record: Record, name: str) -> list[Any]:
    """A list that may be missing, or a single text in its place."""
    value = record.get(name)
    if isinstance(value, str):
        return [value] if value else []
    if value is not None and not isinstance(value, list):
        raise BadRecord(f'"{name}" is a list.')
    return value or []


def _triple(triple: list[Any]) -> Record:
    if len(triple) != 3:
        raise BadRecord("A label is [start, end, label].")
    return {"start": triple[0], "end": triple[1], "label": triple[2]}


def _entity(one: Any) -> Record:
    if isinstance(one, list):
        return _triple(one)
    if not isinstance(one, dict):
        raise BadRecord('"entities" is a list of objects, or of [start, end, label].')
    # A file whose first record has no entities may be of another tool, which calls them start and end.
    place = {name: one.get(f"{name}_offset", one.get(name)) for name in ("start", "end")}
    return {"id": one.get("id"), **place, "label": one.get("label")}


def _relation(one: Record) -> Record:
    return {"source": one.get("from_id"), "target": one.get("to_id"), "type": one.get("type")}


def _name(label: Any) -> str:
    """A label of the whole text; doccano takes numbers too."""
    if isinstance(label, bool) or not isinstance(label, str | int):
        raise BadRecord('"label" is a list: of [start, end, label], or of labels of the whole text.')
    return str(label)


def _threads(comments: list[Any]) -> list[Record]:
    words = [one.get("text") if isinstance(one, dict) else one for one in comments]
    remarks = [{"text": one} for one in words if one]
    return [{"comments": remarks}] if remarks else []
