"""Many rows at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.expressions import RawSQL


def among(ids: Iterable[int]) -> RawSQL:
    """Ids for `filter(pk__in=among(ids))` as one parameter of the query, however many they are. With a list
    each id would be a parameter, and that takes longer than the query."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
