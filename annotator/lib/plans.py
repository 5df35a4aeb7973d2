from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from django.db import connection

Way = Literal["seqscan", "indexscan", "sort"]


@contextmanager
def planned_without(*ways: Way) -> Iterator[None]:
    """Keep PostgreSQL's planner from these ways of reading inside a transaction, where its statistics mislead
    it: right after many rows have been written they are old, or missing."""
    _switch(ways, "off")
    yield
    _switch(ways, "on")


def _switch(ways: tuple[Way, ...], state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(";".join(f"SET LOCAL enable_{way} = {state}" for way in ways))
