"""Records in JSON, one a line or all in one list: what JSONL, doccano, Prodigy and Label Studio share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from articles.formats.base import Found, Problem
from articles.formats.limits import MAX_ARTICLES
from articles.formats.record import article_from
from articles.formats.record_fields import BadRecord
from articles.formats.source import Source
from articles.formats.text import BadText, why_not_text

PIECE_BYTES = 64 * 1024
Record = Mapping[str, Any]
# Another tool's record as our own. Raises BadRecord.
Convert = Callable[[Record], Record]


def read_json_lines(file: Source, convert: Convert = lambda record: record) -> Iterator[Found]:
    count = 0
    try:
        for number, line in file.lines():
            if line.isspace():
                continue
            count += 1
            if count > MAX_ARTICLES:
                yield Problem(file.name, number, f"A file holds at most {MAX_ARTICLES:,} articles. Split it.")
                return
            yield _read_line(file.name, number, line, convert)
    except BadText as error:
        yield Problem(file.name, error.line, str(error))


def read_json_list(file: Source, convert: Convert) -> Iterator[Found]:
    """A file that is one list of records; `line` of what is found is the record's number."""
    name = file.name
    try:
        content = file.text().encode()
        records = orjson.loads(content)
    except BadText as error:
        yield Problem(name, error.line, str(error))
        return
    except orjson.JSONDecodeError as error:
        yield Problem(name, error.lineno, f"This is not JSON: {error.msg} at column {error.colno}.")
        return
    if not isinstance(records, list):
        records = [records]
    if len(records) > MAX_ARTICLES:
        yield Problem(name, None, f"A file holds at most {MAX_ARTICLES:,} articles. Split it.")
        return
    may_hold_nul = rb"\u0000" in content
    for number, record in enumerate(records, start=1):
        yield _article(name, number, record, convert, may_hold_nul=may_hold_nul)


def write_json_lines(records: Iterable[Record]) -> Iterator[bytes]:
    piece = bytearray()
    for record in records:
        piece += orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
        if len(piece) >= PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def first_record(file: Source) -> Record | None:
    """The first record of a file of lines or of a list, if it is an object."""
    if file.head[:100].lstrip().startswith(b"["):
        value = _loaded(file.content())
        value = value[0] if isinstance(value, list) and value else None
    else:
        value = _loaded(_first_line(file))
    return value if isinstance(value, dict) else None


def _first_line(file: Source) -> bytes:
    try:
        return next((line for _, line in file.lines() if line.strip()), b"")
    except BadText:
        return b""


def _loaded(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return None


def _read_line(name: str, number: int, line: bytes, convert: Convert) -> Found:
    if problem := why_not_text(line):
        return Problem(name, number, problem)
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Problem(name, number, f"This is not JSON: {error.msg} at column {error.colno}.")
    return _article(name, number, record, convert, may_hold_nul=rb"\u0000" in line)


def _article(name: str, number: int, record: Any, convert: Convert, *, may_hold_nul: bool) -> Found:
    try:
        if not isinstance(record, dict):
            raise BadRecord("A record is an object with the article's text.")
        if may_hold_nul and _holds_nul(record):
            raise BadRecord("There is a NUL character, which no text may hold.")
        return article_from(convert(record), file=name, line=number)
    except BadRecord as error:
        return Problem(name, number, str(error))


def _holds_nul(value: Any) -> bool:
    """Without recursion: what is read here may be nested a thousand deep."""
    left = [value]
    while left:
        match left.pop():
            case str() as text if "\0" in text:
                return True
            case dict() as row:
                left += [*row, *row.values()]
            case list() as rows:
                left += rows
    return False
