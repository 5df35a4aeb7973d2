"""The `result` of an annotation or prediction: regions, what is said of them, and relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeGuard

from articles.formats.common.json_records import Record
from articles.formats.common.record_fields import BadRecord

# What a control says of a region, by its type.
_SAYS = {"choices": "choices", "textarea": "text", "number": "number", "rating": "rating"}
Spans = dict[str, dict[str, Any]]


def layer_of_result(
    result: Sequence[Record], dropped: Counter[str], confidence: float | None = None
) -> dict[str, Any]:
    """Spans, relations, labels and threads as our records have them. Raises BadRecord."""
    links = [row for row in result if row.get("type") == "relation"]
    regions, others = _parted(row for row in result if row.get("type") != "relation")
    spans: Spans = {}
    for row in regions:
        spans |= _spans(row, len(spans), confidence)
        dropped["regions without a label"] += not row["value"].get("labels")
    labels: list[Any] = []
    for row in others:
        if "start" in row["value"]:
            _add_attribute(spans, row, dropped)
        elif row.get("type") == "choices":
            labels += list_of(row["value"], "choices")
        else:
            dropped["values of other controls"] += 1
    return {
        "spans": list(spans.values()),
        "relations": [one for row in links for one in _relations(row)],
        "labels": labels,
        "threads": [thread for row in regions for thread in _notes(row)],
    }


def is_score(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def list_of(record: Record, name: str) -> list[Any]:
    """What is no list holds nothing that we know."""
    value = record.get(name)
    return value if isinstance(value, list) else []


def _parted(rows: Iterable[Record]) -> tuple[list[Record], list[Record]]:
    """Regions with labels, and all else. Each has a value."""
    regions: list[Record] = []
    others: list[Record] = []
    for row in rows:
        value = row.get("value")
        if not isinstance(value, dict):
            raise BadRecord('A result has a "value".')
        if "startOffset" in value or isinstance(value.get("start"), str):
            raise BadRecord("Regions of hypertext cannot be read: export the project as text.")
        (regions if row.get("type") == "labels" or "labels" in value else others).append(row)
    return regions, others


def _spans(row: Record, number: int, confidence: float | None) -> Spans:
    """Relations and attributes hold on to the first of several labels."""
    value = row["value"]
    name = str(row.get("id") or number)
    score = row["score"] if is_score(row.get("score")) else confidence
    place = {**{key: value.get(key) for key in ("start", "end", "text")}, "confidence": score}
    labels = {f"{name}#{at}" if at else name: label for at, label in enumerate(list_of(value, "labels"))}
    return {one: {"id": one, "label": label, "attributes": {}, **place} for one, label in labels.items()}


def _add_attribute(spans: Spans, row: Record, dropped: Counter[str]) -> None:
    span, name = spans.get(str(row.get("id"))), row.get("from_name")
    given = row["value"].get(_SAYS.get(str(row.get("type")), ""))
    values = given if isinstance(given, list) else [given]
    if span is None or not isinstance(name, str) or not values or values[0] is None:
        dropped["values of other controls"] += 1
        return
    dropped["further choices for one span"] += len(values) - 1
    first = values[0] if isinstance(values[0], str) else str(values[0])
    span["attributes"][name] = {"true": True, "false": False}.get(first, first)


def _relations(row: Record) -> Iterator[Record]:
    """`direction` may be left, which turns it round, or bi: one there and one back."""
    there, back = (row.get("from_id"), row.get("to_id")), (row.get("to_id"), row.get("from_id"))
    directions = {"left": [back], "bi": [there, back]}.get(str(row.get("direction")), [there])
    for source, target in directions:
        for label in list_of(row, "labels") or ["RELATED"]:
            yield {"source": source, "target": target, "type": label}


def _notes(row: Record) -> Iterator[Record]:
    meta = row.get("meta")
    notes = meta.get("text") if isinstance(meta, dict) else None
    words = [one for one in (notes if isinstance(notes, list) else [notes]) if one]
    if words:
        place = {"start": row["value"].get("start"), "end": row["value"].get("end"), "span": row.get("id")}
        yield {**place, "comments": [{"text": one} for one in words]}
