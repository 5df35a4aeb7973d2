"""Label Studio's JSON: a list of tasks `{id, data {text, ...}, annotations [{result [...]}], predictions}`,
or the short form that it calls JSON_MIN, `{id, text, label [{start, end, labels}]}`.

Offsets are code points. Of several annotations the one marked as ground truth counts, else the newest that
was not cancelled. A region's own choices and texts are attributes named after their control; choices without
a region are labels of the article. Predictions are what a machine thought, and are left out. Written is the
full form; spans with gaps have no place in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, Found, LossReport, Reader, Writer
from articles.formats.flat_records import surveyed, without_gaps
from articles.formats.json_records import Record, first_record, read_json
from articles.formats.record_fields import BadRecord, rows_of
from articles.formats.source import Source

_ABOUT_THE_WORK = {
    *("id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"),
    *("completed_by", "completions", "annotations", "predictions", "drafts"),
}
_REGION = {"from_name": "label", "to_name": "text", "origin": "manual"}


class LabelStudioReader(Reader):
    format = "label-studio"
    title = "Label Studio (JSON or JSON_MIN)"
    extensions = (".json",)

    def recognises(self, file: Source) -> bool:
        record = first_record(file)
        if record is None:
            return False
        return (
            isinstance(record.get("data"), dict) or "annotation_id" in record or bool(_short_regions(record))
        )

    def read(self, file: Source) -> Iterator[Found]:
        return read_json(file, _converted)


class LabelStudioWriter(Writer):
    format = "label-studio"
    title = "Label Studio (JSON)"
    extension = "-label-studio.json"
    content_type = "application/json"

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        before = b"[\n"
        for article in articles:
            yield before + orjson.dumps(self._task(article))
            before = b",\n"
        yield b"\n]\n" if before == b",\n" else b"[]\n"

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        return surveyed(articles, keeps_all_else=True)

    def _task(self, article: ExportArticle) -> dict[str, Any]:
        spans, links = without_gaps(article, self.report, keeps_all_else=True)
        result = [row for span in spans for row in _regions(span, article.text)]
        result += [_link(one) for one in links]
        if article.labels:
            value = {"choices": list(article.labels)}
            result.append({"type": "choices", "from_name": "article", "to_name": "text", "value": value})
        return {
            "id": article.id,
            "data": {**article.metadata, "text": article.text, "external_id": article.external_id},
            "annotations": [{"ground_truth": True, "was_cancelled": False, "result": result}],
            "predictions": [],
        }


def _regions(span: Span, text: str) -> Iterator[dict[str, Any]]:
    place = {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
    yield {"id": str(span.id), "type": "labels", **_REGION, "value": {**place, "labels": [span.label]}}
    for name, value in span.attributes.items():
        words = str(value).lower() if isinstance(value, bool) else str(value)
        row = {"type": "choices", **_REGION, "from_name": name, "value": {**place, "choices": [words]}}
        yield {"id": str(span.id), **row}


def _link(one: Relation) -> dict[str, Any]:
    ends = {"from_id": str(one.source), "to_id": str(one.target)}
    return {"type": "relation", "direction": "right", **ends, "labels": [one.type]}


def _converted(task: Record, dropped: Counter[str]) -> Record:
    data = task.get("data")
    if not isinstance(data, dict):
        return _from_short_form(task)
    text = _text_of(data)
    known = {"text": text, "external_id": data.get("external_id") or task.get("id")}
    free = {key: value for key, value in data.items() if value is not text}
    return {**free, **known, **_from_result(_chosen(task))}


def _text_of(data: Record) -> str:
    """The text of a task: named `text`, or the only one there is (the name is the project's own)."""
    if isinstance(data.get("text"), str):
        return str(data["text"])
    texts = [value for value in data.values() if isinstance(value, str)]
    if len(texts) != 1:
        raise BadRecord('The task\'s "data" has no "text".')
    return texts[0]


def _chosen(task: Record) -> list[dict[str, Any]]:
    """The result of the annotation that counts."""
    done = [one for one in rows_of(task, "annotations") if not one.get("was_cancelled")]
    newest = sorted(done, key=lambda one: (bool(one.get("ground_truth")), str(one.get("updated_at") or "")))
    return rows_of(newest[-1], "result") if newest else []


def _from_result(result: list[dict[str, Any]]) -> Record:
    spans: dict[str, dict[str, Any]] = {}
    labels: list[Any] = []
    relations = []
    for row in result:
        value = row.get("value")
        if row.get("type") == "relation":
            relations.append(_relation(row))
        elif not isinstance(value, dict):
            raise BadRecord('A result has a "value".')
        elif row.get("type") == "labels" or "labels" in value:
            _add_region(spans, row, value)
        elif "start" not in value:
            labels += _list(value.get("choices"))
        else:
            _add_attribute(spans, row, value)
    return {"spans": list(spans.values()), "relations": relations, "labels": labels}


def _add_region(spans: dict[str, dict[str, Any]], row: Record, value: Record) -> None:
    """A region with several labels is as many spans; relations and attributes hold on to the first."""
    if "startOffset" in value or isinstance(value.get("start"), str):
        raise BadRecord("Regions of hypertext cannot be read: export the project as text.")
    for number, label in enumerate(_list(value.get("labels"))):
        id_ = f"{row.get('id') or len(spans)}" + (f"#{number}" if number else "")
        place = {name: value.get(name) for name in ("start", "end", "text")}
        spans[id_] = {"id": id_, "label": label, "attributes": {}, **place}


def _add_attribute(spans: dict[str, dict[str, Any]], row: Record, value: Record) -> None:
    span = spans.get(str(row.get("id")))
    given = _list(value.get("choices")) or _list(value.get("text"))
    if span is None or not given or not isinstance(row.get("from_name"), str):
        return
    first = given[0]
    span["attributes"][row["from_name"]] = {"true": True, "false": False}.get(first, first)


def _relation(row: Record) -> dict[str, Any]:
    """`direction` may be left, which turns it round; a relation without a label is called RELATED."""
    ends = (row.get("from_id"), row.get("to_id"))
    source, target = reversed(ends) if row.get("direction") == "left" else ends
    labels = _list(row.get("labels"))
    return {"source": source, "target": target, "type": labels[0] if labels else "RELATED"}


def _from_short_form(task: Record) -> Record:
    regions = _short_regions(task)
    spans = [
        {"start": one.get("start"), "end": one.get("end"), "label": label}
        for one in regions
        for label in _list(one.get("labels"))
    ]
    known = {*_ABOUT_THE_WORK, "text"}
    free = {
        key: value
        for key, value in task.items()
        if key not in known and not (isinstance(value, list) and any(one in regions for one in value))
    }
    return {**free, "text": task.get("text"), "external_id": task.get("id"), "spans": spans}


def _short_regions(task: Record) -> list[dict[str, Any]]:
    """Lists of regions stand under the names of their controls, which are the project's own."""
    lists = [value for value in task.values() if isinstance(value, list)]
    return [
        one
        for rows in lists
        for one in rows
        if isinstance(one, dict) and {"start", "end", "labels"} <= set(one)
    ]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
