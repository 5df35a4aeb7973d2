"""A row of tokens and tags as a record of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from articles.formats.common.json_records import Record
from articles.formats.common.record_fields import BadRecord
from articles.formats.common.spacing import join_tokens
from articles.formats.common.tag_schemes import BadTag, mentions_of, parse_tag
from articles.formats.parquet.rows import free_fields, metadata_of
from articles.formats.parquet.table import Row

TOKENS, STARTS = "tokens", "token_starts"
_TAGS = ("ner_tags", "tags")


@dataclass(frozen=True, slots=True)
class TokenColumns:
    """`tags` is the column of tags; `names` those of numbers, by column; `spacing` how text is made."""

    tags: str
    names: Mapping[str, Sequence[str]]
    spacing: str

    @classmethod
    def of(cls, columns: Sequence[str], features: str, spacing: str) -> TokenColumns | None:
        """None for a table of another shape. `features` is JSON of Hugging Face `datasets`."""
        tags = next((name for name in _TAGS if name in columns), None)
        if TOKENS not in columns or tags is None:
            return None
        return cls(tags, _names(features), spacing)

    def record_of(self, row: Row) -> Record:
        """Raises BadRecord."""
        tokens = row[TOKENS]
        if not isinstance(tokens, list) or not all(isinstance(one, str) and one.strip() for one in tokens):
            raise BadRecord('"tokens" is a list of words.')
        text, starts = self._text(row, tokens)
        bounds = [[start, start + len(token)] for start, token in zip(starts, tokens, strict=True)]
        columns = {name: self._words(name, row) for name in row if self._is_column(name, row)}
        if len(columns.get(self.tags, ())) != len(tokens):
            raise BadRecord(f'"{self.tags}" has a tag for each token.')
        tags = columns.pop(self.tags)
        taken = {"id", "text", "metadata", TOKENS, STARTS, self.tags, *columns}
        return {
            "id": row.get("id"),
            "text": text,
            "metadata": {**metadata_of(row), **free_fields(row, taken)},
            "spans": _spans(tags, bounds),
            "tokens": {"bounds": bounds, "columns": columns},
        }

    def _text(self, row: Row, tokens: list[str]) -> tuple[str, list[int]]:
        text, starts = row.get("text"), row.get(STARTS)
        if not isinstance(text, str) or not isinstance(starts, list):
            made, bounds = join_tokens(tokens, (), self.spacing)
            return made, [start for start, _ in bounds]
        if len(starts) != len(tokens) or not all(type(start) is int for start in starts):
            raise BadRecord(f'"{STARTS}" says where each token begins in the text.')
        for start, token in zip(starts, tokens, strict=True):
            if text[start : start + len(token)] != token:
                raise BadRecord(f"The token {token!r:.60} does not stand in the text at {start}.")
        return text, starts

    def _is_column(self, name: str, row: Row) -> bool:
        values = row[name]
        return (
            name not in (TOKENS, STARTS)
            and isinstance(values, list)
            and len(values) == len(row[TOKENS])
            and all(isinstance(one, str | int) for one in values)
        )

    def _words(self, name: str, row: Row) -> list[str]:
        return [one if isinstance(one, str) else self._named(name, one) for one in row[name]]

    def _named(self, column: str, number: int) -> str:
        names = self.names.get(column)
        if names and 0 <= number < len(names):
            return names[number]
        if column == self.tags:
            raise BadRecord(f'The number {number} in "{column}" has no name in the features of the file.')
        return str(number)


def _spans(tags: Sequence[str], bounds: Sequence[Sequence[int]]) -> list[Record]:
    try:
        mentions = mentions_of([parse_tag(tag) for tag in tags])
    except BadTag as error:
        raise BadRecord(str(error)) from error
    return [
        {"start": bounds[first][0], "end": bounds[end - 1][1], "label": label}
        for first, end, label in mentions
    ]


def _names(features: str) -> dict[str, Sequence[str]]:
    """What the numbers of each column are called, in the features of Hugging Face `datasets`."""
    try:
        read = orjson.loads(features)
    except orjson.JSONDecodeError:
        return {}
    noted = _object(_object(_object(read).get("info")).get("features"))
    inner = {name: _object(_object(feature).get("feature")) for name, feature in noted.items()}
    found = {name: feature.get("names") for name, feature in inner.items()}
    return {
        name: names
        for name, names in found.items()
        if isinstance(names, list) and all(isinstance(one, str) for one in names)
    }


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
