"""PostgreSQL's COPY as the way in for many rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection


def copy_rows(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows of Python values; JSON as text. Raises Django's database errors."""
    copy_text_rows(statement, "".join(map(_line, rows)))


def copy_text_rows(statement: str, rows: str) -> None:
    """Write rows that are in COPY's text format already, each with its line ending. What is text in them has
    gone through `copy_text`.

    They are sent in one piece: a thread that works ahead then is in nobody's way while they are on theirs.
    """
    # Django does not see a COPY fail by itself; this makes its errors IntegrityError and the like.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)


def copy_text(value: str) -> str:
    """A text as COPY's text format wants it."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _line(values: tuple[Any, ...]) -> str:
    return "\t".join(map(_column, values)) + "\n"


def _column(value: Any) -> str:
    if value is None:
        return "\\N"
    return copy_text(value) if isinstance(value, str) else str(value)
