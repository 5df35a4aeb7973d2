"""The rows of a table of spans, turned into a record of ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from articles.formats.common.json_records import Record, holds_nul
from articles.formats.common.record_fields import BadRecord
from articles.formats.common.text import BadText
from articles.formats.tables.cells import ARTICLE, ATTRIBUTES, SPAN, TEXTS, unguarded

# Programs that know no missing whole numbers write 5 as 5.0.
_WHOLE = re.compile(r"([0-9]{1,9})(\.0)?")
_ONE_ATTRIBUTE = f"{ATTRIBUTES}."
_BOOLEAN: Mapping[str, Any] = {"true": True, "false": False}
_NAMES = {*ARTICLE, *SPAN, *TEXTS, ATTRIBUTES}


class TableRow(NamedTuple):
    """A row with its place. `cells` are those that are not empty, without guards, by the column's name in
    small letters; `attributes` those of columns for single attributes; `others` counts the rest."""

    file: str
    line: int
    cells: Mapping[str, str]
    attributes: Mapping[str, str]
    others: int

    @classmethod
    def of(cls, file: str, line: int, row: Mapping[str, str]) -> TableRow:
        cells = {column.lower(): unguarded(value) for column, value in row.items()}
        attributes = {
            column[len(_ONE_ATTRIBUTE) :]: unguarded(value)
            for column, value in row.items()
            if column.lower().startswith(_ONE_ATTRIBUTE)
        }
        known = {name: value for name, value in cells.items() if name in _NAMES}
        return cls(file, line, known, attributes, len(cells) - len(known) - len(attributes))

    def packed(self) -> bytes:
        """As one line."""
        return orjson.dumps(list(self), option=orjson.OPT_APPEND_NEWLINE)

    @classmethod
    def unpacked(cls, line: bytes | bytearray) -> TableRow:
        return cls(*orjson.loads(line))

    @property
    def article(self) -> str:
        return self.cells.get("external_id") or self.cells.get("article_id") or ""

    def continues(self, first: TableRow) -> bool:
        """Whether it is about the article that the other row begins."""
        text = self.cells.get("article_text")
        return self.article == first.article and text in (None, first.cells.get("article_text"))


def record_of(rows: Sequence[TableRow], dropped: Counter[str]) -> Record:
    """The article of rows of which the first has the text. Raises BadText with the line, and BadRecord."""
    first = rows[0].cells
    if "article_text" not in first:
        raise BadRecord('The first row of an article has its text in "article_text".')
    return {
        "id": first.get("article_id"),
        "external_id": first.get("external_id"),
        "text": first["article_text"],
        "metadata": _json(first, "article_metadata"),
        "labels": _json(first, "article_labels"),
        **spans_of_rows(rows, dropped),
    }


def spans_of_rows(rows: Sequence[TableRow], dropped: Counter[str]) -> Record:
    """`spans` and `layers` of a record. Raises BadText with the line."""
    by_author: dict[str, list[Record]] = {"": []}
    for row in rows:
        dropped["values in columns without a meaning here"] += row.others
        if not row.cells.keys() & {"start", "end", "label"}:
            continue
        author = row.cells.get("layer", "")
        try:
            by_author.setdefault("" if author == "gold" else author, []).append(_span(row))
        except BadRecord as error:
            raise BadText(str(error), row.line) from error
    spans = by_author.pop("")
    return {"spans": spans, "layers": [{"author": name, "spans": own} for name, own in by_author.items()]}


def _span(row: TableRow) -> Record:
    cells = row.cells
    single = {name: _BOOLEAN.get(value, value) for name, value in row.attributes.items()}
    together = _json(cells, ATTRIBUTES) or {}
    if not isinstance(together, dict):
        raise BadRecord('"attributes" is an object.')
    return {
        "id": cells.get("id"),
        "start": _whole(cells, "start"),
        "end": _whole(cells, "end"),
        "label": cells.get("label"),
        "text": cells.get("text"),
        "fragments": _json(cells, "fragments"),
        "confidence": _number(cells, "confidence"),
        "attributes": {**together, **single},
    }


def _whole(cells: Mapping[str, str], name: str) -> int:
    found = _WHOLE.fullmatch(cells.get(name, ""))
    if not found:
        raise BadRecord("A span has start and end: whole numbers of code points.")
    return int(found[1])


def _number(cells: Mapping[str, str], name: str) -> float | None:
    try:
        return float(cells[name]) if name in cells else None
    except ValueError:
        raise BadRecord(f'"{name}" is a number, not {cells[name]!r:.40}.') from None


def _json(cells: Mapping[str, str], name: str) -> Any:
    """The value in a cell of JSON, None when it is empty."""
    if name not in cells:
        return None
    try:
        value = orjson.loads(cells[name])
    except orjson.JSONDecodeError as error:
        raise BadRecord(f'"{name}" is not JSON: {error.msg} at column {error.colno}.') from error
    if holds_nul(value):
        raise BadRecord("There is a NUL character, which no text may hold.")
    return value
