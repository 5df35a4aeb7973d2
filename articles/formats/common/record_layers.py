"""What a record holds beside its own spans: layers of further authors, threads of comments, tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from articles.domain.spans import problem_with_offsets
from articles.formats.base import Reading, Remark, Talk, Tokens
from articles.formats.common.limits import MAX_COMMENT
from articles.formats.common.record_fields import BadRecord, Row, object_of, rows_of, text_of
from articles.formats.common.record_spans import Ids, labels_from, name_of, relations_from, spans_from

MAX_AUTHOR = 160
_AUTHOR = re.compile(r"gold|(user|engine):\S.*")


def readings_from(record: Row, text: str) -> tuple[tuple[Reading, ...], dict[UUID | str, UUID]]:
    """The layers and the ids of all their spans by name. Raises BadRecord.

    The history of a layer (`edits`) is written for people and other programs, and not read.
    """
    readings: dict[str, Reading] = {}
    ids: dict[UUID | str, UUID] = {}
    for row in rows_of(record, "layers"):
        author = text_of(row, "author", MAX_AUTHOR)
        if not _AUTHOR.fullmatch(author):
            raise BadRecord("The author of a layer is gold, user:NAME or engine:NAME.")
        if author in readings:
            raise BadRecord(f"There are two layers of {author}.")
        spans, own = spans_from(rows_of(row, "spans"), text)
        relations = relations_from(rows_of(row, "relations"), own)
        readings[author] = Reading(author, spans, relations, labels_from(row.get("labels")))
        ids |= own
    return tuple(readings.values()), ids


def talks_from(record: Row, text: str, spans: Ids) -> tuple[Talk, ...]:
    """The threads of comments. `spans` are the ids by which they may name a span. Raises BadRecord."""
    return tuple(_talk(row, len(text), spans) for row in rows_of(record, "threads"))


def _talk(row: Row, length: int, spans: Ids) -> Talk:
    remarks = tuple(_remark(one) for one in rows_of(row, "comments"))
    if not remarks:
        raise BadRecord("A thread has comments.")
    resolved = row.get("resolved") is True
    start, end = row.get("start"), row.get("end")
    if start is None and end is None:
        return Talk(remarks, resolved=resolved)
    if type(start) is not int or type(end) is not int:
        raise BadRecord("A thread has start and end, or it is about the whole article.")
    if problem := problem_with_offsets(start, end, length):
        raise BadRecord(problem.replace("span", "thread"))
    return Talk(remarks, start, end, _span_named(row.get("span"), spans), resolved)


def _span_named(value: object, spans: Ids) -> UUID | None:
    """A thread outlives its span, so that a UUID may name one that is gone."""
    name = name_of(value)
    if name is None:
        return None
    return spans.get(name, name if isinstance(name, UUID) else None)


def _remark(row: Row) -> Remark:
    text = text_of(row, "text", MAX_COMMENT)
    if not text.strip():
        raise BadRecord("A comment has a text.")
    created_at = text_of(row, "created_at", 40)
    try:
        if created_at:
            datetime.fromisoformat(created_at)
    except ValueError:
        raise BadRecord(f'"created_at" is a time like 2024-05-30T10:00:00Z, not {created_at!r}.') from None
    return Remark(text_of(row, "author", MAX_AUTHOR), text, created_at)


def tokens_from(row: Row, text: str) -> Tokens:
    """The tokens that the article came with. Raises BadRecord."""
    bounds = _bounds(row.get("bounds"), len(text))
    sentences = row.get("sentences", [0])
    if not _ascend(sentences, max(len(bounds), 1)):
        raise BadRecord("The sentences of tokens are the numbers of their first tokens, from 0 and in order.")
    columns = object_of(row, "columns")
    for name, values in columns.items():
        if not isinstance(values, list) or len(values) != len(bounds) or not _all_texts(values):
            raise BadRecord(f"The column {name!r:.40} of the tokens has a text for each token.")
    return Tokens(bounds, tuple(sentences), columns, object_of(row, "layout"))


def _bounds(value: Any, length: int) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, list) or not all(_is_pair(pair) for pair in value):
        raise BadRecord("The bounds of tokens are a list of pairs [start, end].")
    bounds = tuple((start, end) for start, end in value)
    for start, end in bounds:
        if problem := problem_with_offsets(start, end, length):
            raise BadRecord(problem.replace("span", "token"))
    if any(later[0] < earlier[1] for earlier, later in pairwise(bounds)):
        raise BadRecord("Tokens stand in reading order and do not overlap.")
    return bounds


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(point) is int for point in value)


def _ascend(value: Any, limit: int) -> bool:
    return (
        isinstance(value, list)
        and all(type(number) is int for number in value)
        and value[:1] == [0]
        and value[-1] < limit
        and all(earlier < later for earlier, later in pairwise(value))
    )


def _all_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
