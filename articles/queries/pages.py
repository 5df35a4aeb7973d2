"""Pages by cursor: the first and the nine-thousandth cost the same."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

import orjson
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid

M = TypeVar("M", bound=Model)
_IDS = ("pk", "id")


@dataclass(frozen=True)
class Ordering:
    """How a list is ordered: by `key` (an annotation or field, a date or a number, never null) and then by
    id."""

    key: str
    descending: bool = False
    by_number: bool = False


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of one page; `next` and `previous` are cursors or None."""

    rows: Sequence[M]
    next: str | None
    previous: str | None


def page_of(rows: QuerySet[M], ordering: Ordering, *, cursor: str | None, size: int) -> Page[M]:
    """The page that begins after `cursor` (or before it, for a cursor that was handed out as `previous`).

    Raises Invalid for a cursor that this code did not make.
    """
    position = _decode(cursor, ordering) if cursor else None
    backward = position is not None and position.backward
    descending = ordering.descending != backward
    if position is not None:
        rows = rows.filter(_after(ordering.key, position, descending))
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{ordering.key}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_next = more if not backward else True
    has_previous = more if backward else position is not None
    return Page(
        found,
        _encode(found[-1], ordering.key, backward=False) if found and has_next else None,
        _encode(found[0], ordering.key, backward=True) if found and has_previous else None,
    )


@dataclass(frozen=True)
class _Position:
    value: float | str
    pk: int
    backward: bool


def _after(key: str, position: _Position, descending: bool) -> Q:
    than = "lt" if descending else "gt"
    if key in _IDS:
        return Q(**{f"pk__{than}": position.pk})
    tie = Q(**{key: position.value, f"pk__{than}": position.pk})
    return Q(**{f"{key}__{than}": position.value}) | tie


def _encode(row: Model, key: str, *, backward: bool) -> str:
    value = getattr(row, key)
    raw = orjson.dumps([value.isoformat() if isinstance(value, date) else value, row.pk, int(backward)])
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(cursor: str, ordering: Ordering) -> _Position:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        value, pk, backward = orjson.loads(raw)
        if not isinstance(pk, int):
            raise ValueError(cursor)
        if ordering.by_number:
            value = float(value)
        elif ordering.key not in _IDS:
            date.fromisoformat(value)
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise Invalid(_("This page link is damaged. Go back to the first page.")) from error
    return _Position(value, pk, bool(backward))
