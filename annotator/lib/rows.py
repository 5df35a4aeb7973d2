"""Many rows at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.expressions import RawSQL


def among(ids: Iterable[int]) -> RawSQL:
    """Ids for `filter(pk__in=among(ids))` as one parameter of the query, however many they are: a list would
    be a parameter each, which takes longer than the query."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
