"""Records in JSON, one a line or all in one list: what JSONL, doccano, Prodigy and Label Studio share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from articles.formats.base import Found, Problem
from articles.formats.common.json_list import elements
from articles.formats.common.limits import MAX_ARTICLES
from articles.formats.common.record import article_from
from articles.formats.common.record_fields import BadRecord
from articles.formats.common.source import Source
from articles.formats.common.text import BadText, decode, why_not_text

PIECE_BYTES = 64 * 1024
Record = Mapping[str, Any]
# Another tool's record as our own; what has no place in it is counted by reason. Raises BadRecord.
Convert = Callable[[Record, Counter[str]], Record]


def unchanged(record: Record, dropped: Counter[str]) -> Record:
    """Of our own records."""
    return record


def read_json(file: Source, convert: Convert = unchanged) -> Iterator[Found]:
    """Records one a line, or all in one list. `line` of what is found is where the record begins."""
    try:
        for count, (line, content) in enumerate(_records(file), start=1):
            if count > MAX_ARTICLES:
                yield Problem(file.name, line, f"A file holds at most {MAX_ARTICLES:,} articles. Split it.")
                return
            yield _read_record(file.name, line, content, convert)
    except BadText as error:
        yield Problem(file.name, error.line, str(error))


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
    if not file.head.lstrip().startswith((b"{", b"[")):
        return None
    try:
        value = orjson.loads(next((content for _, content in _records(file)), b""))
    except (BadText, orjson.JSONDecodeError):
        return None
    return value if isinstance(value, dict) else None


def _records(file: Source) -> Iterator[tuple[int, bytes]]:
    """The elements of a list, or the lines that are not blank; a file that begins with a lone brace is one
    object, laid out for people. Each with the line where it begins."""
    if file.head.lstrip().startswith(b"["):
        yield from elements(file)
        return
    if file.head.lstrip().partition(b"\n")[0].rstrip() == b"{":
        yield 1, file.text().encode()
        return
    for number, line in file.lines():
        if not line.isspace():
            yield number, line


def _read_record(name: str, first_line: int, content: bytes, convert: Convert) -> Found:
    try:
        record = _loaded(content)
        dropped: Counter[str] = Counter()
        ours = convert(record, dropped)
        return article_from(ours, file=name, line=first_line, dropped=+dropped)
    except BadText as error:
        return Problem(name, first_line + (error.line or 1) - 1, str(error))
    except BadRecord as error:
        return Problem(name, first_line, str(error))


def _loaded(content: bytes) -> Record:
    """Raises BadText with the line within the record, and BadRecord."""
    if why_not_text(content):
        decode(content)
    try:
        record = orjson.loads(content.rstrip())
    except orjson.JSONDecodeError as error:
        raise BadText(f"This is not JSON: {error.msg} at column {error.colno}.", error.lineno) from error
    if not isinstance(record, dict):
        raise BadRecord("A record is an object with the article's text.")
    if rb"\u0000" in content and holds_nul(record):
        raise BadRecord("There is a NUL character, which no text may hold.")
    return record


def holds_nul(value: Any) -> bool:
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
