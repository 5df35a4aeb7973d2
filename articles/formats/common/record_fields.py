"""What the fields of a record may hold: texts, lists of objects, values that are not nested without end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from articles.formats.common.limits import MAX_DEPTH

Row = Mapping[str, Any]


class BadRecord(ValueError):
    """A record that is no article. The text is the reason."""


def text_of(record: Row, name: str, limit: int) -> str:
    """A text that may be missing, or a number in its place. Raises BadRecord."""
    value = record.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadRecord(f'"{name}" is a text.')
    if len(str(value)) > limit:
        raise BadRecord(f'"{name}" has more than {limit} characters.')
    return str(value)


def rows_of(record: Row, name: str) -> list[dict[str, Any]]:
    """A list of objects that may be missing. Raises BadRecord."""
    rows = record.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(type(row) is dict for row in rows):
        raise BadRecord(f'"{name}" is a list of objects.')
    return rows


def object_of(record: Row, name: str) -> Row:
    """An object that may be missing and can be stored and written out again. Raises BadRecord."""
    value = record.get(name)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise BadRecord(f'"{name}" is an object.')
    require_shallow(value, name)
    return value


def require_shallow(value: object, name: str) -> None:
    """Raises BadRecord for what is nested so deep that it can be neither stored nor written out again."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise BadRecord(f'"{name}" is nested more than {MAX_DEPTH} deep.')


def _inside(value: object) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()
