"""A row with a text as a record of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from articles.formats.common.json_records import Record, holds_nul
from articles.formats.common.record_fields import BadRecord
from articles.formats.parquet.table import Row

_LAYER = ("spans", "relations", "labels", "layers")
_TAKEN = {"id", "text", "metadata", *_LAYER}


def record_of_row(row: Row) -> Record:
    """Raises BadRecord."""
    return {
        "id": row.get("id"),
        "text": row["text"],
        "metadata": {**metadata_of(row), **free_fields(row, _TAKEN)},
        **_layer(row),
        "layers": [{**one, **_layer(one)} for one in _rows(row.get("layers"))],
    }


def metadata_of(row: Row) -> Record:
    """What stands as JSON, or as a struct, in the column of that name."""
    value = row.get("metadata")
    metadata = (_read(value, "metadata") if isinstance(value, str) else _plain(value)) or {}
    if not isinstance(metadata, dict):
        raise BadRecord('"metadata" is an object.')
    return metadata


def free_fields(row: Row, taken: set[str]) -> dict[str, Any]:
    """All other columns that have a value."""
    free = {name: _plain(value) for name, value in row.items() if name not in taken}
    return {name: value for name, value in free.items() if value is not None}


def _layer(row: Row) -> dict[str, Any]:
    return {
        "spans": [_with_attributes(one) for one in _rows(row.get("spans"))],
        "relations": [_with_attributes(one) for one in _rows(row.get("relations"))],
        "labels": _read(row.get("labels"), "labels"),
    }


def _rows(value: Any) -> list[Any]:
    rows = _read(value, "spans")
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise BadRecord("Spans, relations and layers are lists of structs.")
    return rows


def _with_attributes(row: Row) -> Row:
    there = {name: _plain(value) for name, value in row.items() if value is not None}
    if "attributes" in there:
        there["attributes"] = _read(there["attributes"], "attributes")
    return there


def _read(value: Any, name: str) -> Any:
    """Many files hold as JSON what has no columns of its own."""
    if not isinstance(value, str):
        return value
    try:
        read = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise BadRecord(f'"{name}" is not JSON: {error.msg} at column {error.colno}.') from error
    if holds_nul(read):
        raise BadRecord("There is a NUL character, which no text may hold.")
    return read


def _plain(value: Any) -> Any:
    """Structs without what they lack."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items() if one is not None}
    return value
