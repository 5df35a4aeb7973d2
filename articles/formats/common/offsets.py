"""How positions in a text are counted. Inside they are code points, as in Python; JavaScript and Java count
UTF-16 units, Rust and Go bytes of UTF-8. Formats that count otherwise convert here, in linear time."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from articles.formats.base import Option

CODE_POINTS, UTF16, BYTES = "code-points", "utf-16", "bytes"
OFFSETS = Option(
    "offsets",
    "Offsets count",
    (
        (CODE_POINTS, "characters: Unicode code points, as Python does"),
        (UTF16, "UTF-16 units, as JavaScript and Java do"),
        (BYTES, "bytes of UTF-8, as Rust and Go do"),
    ),
)
UNITS = tuple(unit for unit, _ in OFFSETS.choices)
_WIDTH: Mapping[str, Callable[[str], int]] = {
    UTF16: lambda character: 2 if character > "\uffff" else 1,
    BYTES: lambda character: len(character.encode()),
}

ConvertOffset = Callable[[int], int]


class BadOffset(ValueError):
    """A position within a character. The text is the reason."""


def borders(text: str, unit: str) -> Sequence[int]:
    """`borders(text, unit)[n]` is where the code point `n` begins, counted in `unit`; the last is the end."""
    if unit == CODE_POINTS or text.isascii():
        return range(len(text) + 1)
    return array("Q", accumulate(map(_WIDTH[unit], text), initial=0))


def to_unit(text: str, unit: str) -> ConvertOffset:
    """From code points into `unit`."""
    return borders(text, unit).__getitem__


def from_unit(text: str, unit: str) -> ConvertOffset:
    """From `unit` into code points. What lies outside the text stays outside. Raises BadOffset."""
    points = borders(text, unit)

    def convert(offset: int) -> int:
        if not 0 <= offset <= points[-1]:
            return offset
        place = bisect_left(points, offset)
        if points[place] != offset:
            raise BadOffset(f"The offset {offset} ({unit}) lies within a character.")
        return place

    return convert


def with_offsets(record: Mapping[str, Any], convert: ConvertOffset) -> dict[str, Any]:
    """A record of ours with every offset converted; what has not the shape of one is left as it is."""

    def placed(row: Mapping[str, Any]) -> Mapping[str, Any]:
        changed = {name: _point(row[name], convert) for name in ("start", "end") if name in row}
        changed |= {name: _pairs(row[name], convert) for name in ("fragments", "bounds") if name in row}
        return {**row, **changed}

    def layer(row: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**row, "spans": _each(row.get("spans"), placed)}

    changes = {"spans": placed, "threads": placed, "layers": layer}
    changed = {name: _each(record[name], change) for name, change in changes.items() if name in record}
    if isinstance(tokens := record.get("tokens"), Mapping):
        changed["tokens"] = placed(tokens)
    return {**record, **changed}


def _each(rows: Any, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Any:
    if not isinstance(rows, list):
        return rows
    return [change(row) if isinstance(row, Mapping) else row for row in rows]


def _pairs(pairs: Any, convert: ConvertOffset) -> Any:
    if not isinstance(pairs, list | tuple):
        return pairs
    return [
        [_point(one, convert) for one in pair] if isinstance(pair, list | tuple) else pair for pair in pairs
    ]


def _point(value: Any, convert: ConvertOffset) -> Any:
    return convert(value) if type(value) is int else value
