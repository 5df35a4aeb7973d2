"""Tables of figures for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from articles.formats.tables.cells import guarded


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """As CSV with a head (RFC 4180): days in ISO 8601, numbers with a point, nothing for None. It begins with
    a byte-order mark, by which Excel knows UTF-8."""
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(map(guarded, columns))
    writer.writerows(map(_cell, row) for row in rows)
    return "\ufeff" + stream.getvalue()


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value
