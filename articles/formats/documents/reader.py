"""Articles out of documents that were made for people to look at: web pages, feeds, Word files, PDF.

Their parsers run apart (see `apart`), under limits of time and memory, and answer records. What a title or
the like has beyond its length is cut off; characters that no text may hold become U+FFFD and are counted.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar

from articles.formats.base import Found, ParsedArticle, Problem, Reader
from articles.formats.common.record import TEXT_FIELDS
from articles.formats.common.source import Source
from articles.formats.common.text import BadText, problem_with_text
from articles.formats.documents.apart import Record, parse_apart

# Of one upload, however many documents it holds.
MAX_MINUTES = 30
_MEGABYTE = 2**20
# NUL, and halves of surrogate pairs: fonts of a PDF may say that a sign is such a thing.
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")


class DocumentReader(Reader):
    """`format` is the name of the parser; a file has at most `max_bytes`."""

    max_bytes: ClassVar[int]

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(chosen)
        self._seconds_left = MAX_MINUTES * 60.0

    def read(self, file: Source) -> Iterator[Found]:
        try:
            records = self._records(file)
        except BadText as error:
            yield Problem(file.name, error.line, str(error))
            return
        for record in records:
            yield _found(record, file.name)

    def _records(self, file: Source) -> Sequence[Record]:
        if self._seconds_left < 0:
            raise BadText(f"The files before this one took {MAX_MINUTES} minutes. Upload it by itself.")
        # The size of what is packed is told in the end only.
        if file.size > self.max_bytes or len(content := file.content()) > self.max_bytes:
            raise BadText(f"A file of this format has at most {self.max_bytes // _MEGABYTE} MB. Split it.")
        began = time.monotonic()
        try:
            return parse_apart(self.format, content, file.encoding)
        finally:
            self._seconds_left -= time.monotonic() - began


def _found(record: Record, file: str) -> Found:
    line, problem = record.get("line"), record.get("problem")
    text = _clean(record.get("text", ""))
    if problem := problem or problem_with_text(text):
        return Problem(file, line, problem)
    replaced = len(_NO_CHARACTER.findall(record["text"]))
    dropped = {**record.get("dropped", {}), "signs that are no characters": replaced}
    return ParsedArticle(
        text=text,
        file=file,
        line=line,
        published_on=_date(record.get("published_on")),
        metadata={"file": file, **_clean(record.get("metadata", {}))},
        dropped={reason: count for reason, count in dropped.items() if count},
        **_named_fields(record),
    )


def _named_fields(record: Record) -> dict[str, Any]:
    fields = {name: _short(str(record.get(name) or ""), limit) for name, limit in TEXT_FIELDS.items()}
    # An id may not be cut: two would become one.
    identity = str(_clean(record.get("external_id") or ""))
    if len(identity) > TEXT_FIELDS["external_id"]:
        fields["external_id"] = f"sha256:{sha256(identity.encode()).hexdigest()}"
    if not _LANGUAGE.fullmatch(fields["language"]):
        fields["language"] = ""
    return fields


def _clean(value: Any) -> Any:
    """A text, or what parsers answer of texts in lists and objects, without what cannot be stored."""
    if isinstance(value, str):
        return _NO_CHARACTER.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {str(_clean(name)): _clean(one) for name, one in value.items()}
    return value


def _short(value: str, limit: int) -> str:
    value = _clean(" ".join(value.split()))
    return value if len(value) <= limit else f"{value[: limit - 1]}…"


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
