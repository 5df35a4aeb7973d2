"""The `result` of an annotation or prediction: regions, what is said of them, and relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    regions = [row for row in result if _is_region(row)]
    spans: Spans = {}
    for row in regions:
        spans |= _spans(row, len(spans), confidence)
    labels: list[Any] = []
    for row in result:
        if row.get("type") == "relation" or _is_region(row):
            continue
        if "start" in _value(row):
            _add_attribute(spans, row, dropped)
        elif row.get("type") == "choices":
            labels += _list(_value(row).get("choices"))
        else:
            dropped["values of other controls"] += 1
    relations = [one for row in result if row.get("type") == "relation" for one in _relations(row)]
    threads = [thread for row in regions for thread in _notes(row)]
    return {"spans": list(spans.values()), "relations": relations, "labels": labels, "threads": threads}


def is_score(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _value(row: Record) -> Mapping[str, Any]:
    value = row.get("value")
    if not isinstance(value, dict):
        raise BadRecord('A result has a "value".')
    return value


def _is_region(row: Record) -> bool:
    if row.get("type") == "relation":
        return False
    value = _value(row)
    if "startOffset" in value or isinstance(value.get("start"), str):
        raise BadRecord("Regions of hypertext cannot be read: export the project as text.")
    return row.get("type") == "labels" or "labels" in value


def _spans(row: Record, number: int, confidence: float | None) -> Spans:
    """Relations and attributes hold on to the first of several labels."""
    value = _value(row)
    name = str(row.get("id") or number)
    score = row["score"] if is_score(row.get("score")) else confidence
    place = {**{key: value.get(key) for key in ("start", "end", "text")}, "confidence": score}
    names = [name if not index else f"{name}#{index}" for index in range(len(_list(value.get("labels"))))]
    return {
        one: {"id": one, "label": label, "attributes": {}, **place}
        for one, label in zip(names, _list(value.get("labels")), strict=True)
    }


def _add_attribute(spans: Spans, row: Record, dropped: Counter[str]) -> None:
    span, name = spans.get(str(row.get("id"))), row.get("from_name")
    given = _value(row).get(_SAYS.get(str(row.get("type")), ""))
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
        for label in _list(row.get("labels")) or ["RELATED"]:
            yield {"source": source, "target": target, "type": label}


def _notes(row: Record) -> Iterable[Record]:
    meta = row.get("meta")
    notes = meta.get("text") if isinstance(meta, dict) else None
    words = [one for one in (notes if isinstance(notes, list) else [notes]) if one]
    if words:
        value = _value(row)
        place = {"start": value.get("start"), "end": value.get("end"), "span": row.get("id")}
        yield {**place, "comments": [{"text": one} for one in words]}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
