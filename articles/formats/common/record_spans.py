"""The spans, relations and labels of a record. There are sixty times as many spans as articles: what most of
them do not have costs them nothing here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from articles.domain.spans import Fragment, Relation, Span, problem_with_offsets
from articles.formats.common.record_fields import BadRecord, Row, object_of

MAX_NAME = 64
# Ids of spans and relations that came without one only tell them apart within their article: they are numbers
# from here on, high enough to meet no id that anybody gives.
_FIRST_ID = 0x0D5C0F2E_64A8_8B0E_93B7_000000000000
_FIRST_RELATION_ID = _FIRST_ID + 2**32
_UUID_DIGITS = 32

# The ids of spans by what the input calls them: a UUID in any spelling, a word, a number.
Ids = Mapping[UUID | str, UUID]


def spans_from(rows: Iterable[Row], text: str) -> tuple[tuple[Span, ...], Ids]:
    """The spans in the order of the rows, and their ids by name. Raises BadRecord."""
    spans: list[Span] = []
    ids: dict[UUID | str, UUID] = {}
    for number, row in enumerate(rows):
        name = None if row.get("id") is None else name_of(row["id"])
        identity = name if isinstance(name, UUID) else _numbered(_FIRST_ID + number)
        ids[name or identity] = identity
        spans.append(_span(row, text, identity))
    if len(ids) < len(spans):
        raise BadRecord("Two spans have the same id.")
    return tuple(spans), ids


def relations_from(rows: Iterable[Row], spans: Ids) -> tuple[Relation, ...]:
    """The relations between spans of these ids. Raises BadRecord."""
    found = {}
    for number, row in enumerate(rows):
        name = name_of(row.get("id"))
        identity = name if isinstance(name, UUID) else _numbered(_FIRST_RELATION_ID + number)
        if identity in found:
            raise BadRecord("Two relations have the same id.")
        found[identity] = _relation(row, spans, identity)
    return tuple(found.values())


def labels_from(value: object) -> tuple[str, ...]:
    """Labels of the article as a whole, each once. Raises BadRecord."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadRecord('"labels" is a list of article labels.')
    if any(not 0 < len(name) <= MAX_NAME for name in value):
        raise BadRecord(f"An article label has 1 to {MAX_NAME} characters.")
    return tuple(dict.fromkeys(value))


def name_of(value: object) -> UUID | str | None:
    """An id as the input writes it: a UUID whatever its spelling; other tools use numbers and words."""
    if value is None or not isinstance(value, str | int):
        return None
    name = str(value)
    if len(name) < _UUID_DIGITS:
        return name or None
    try:
        return UUID(name)
    except ValueError:
        return name


@lru_cache(maxsize=4096)
def _numbered(number: int) -> UUID:
    return UUID(int=number)


def _span(row: Row, text: str, identity: UUID) -> Span:
    start, end, label = row.get("start"), row.get("end"), row.get("label")
    if type(start) is not int or type(end) is not int:
        raise BadRecord("A span has start and end: whole numbers of code points.")
    if not isinstance(label, str) or not 0 < len(label) <= MAX_NAME:
        raise BadRecord(f"The span {start}-{end} has no label of 1 to {MAX_NAME} characters.")
    fragments = _fragments(row["fragments"]) if row.get("fragments") else ()
    if problem := problem_with_offsets(start, end, len(text), fragments):
        raise BadRecord(problem)
    surface = row.get("text")
    if surface is not None and surface != text[start:end] and isinstance(surface, str) and not fragments:
        raise BadRecord(
            f"The span {start}-{end} says {surface!r:.60}, but the text has {text[start:end]!r:.60}."
        )
    attributes = object_of(row, "attributes") if row.get("attributes") else {}
    confidence = None if row.get("confidence") is None else _confidence(row["confidence"])
    return Span(identity, start, end, label, fragments, attributes, confidence)


def _fragments(value: object) -> tuple[Fragment, ...]:
    if not isinstance(value, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and all(type(point) is int for point in pair)
        for pair in value
    ):
        raise BadRecord("Fragments are a list of pairs [start, end].")
    return tuple((pair[0], pair[1]) for pair in value)


def _confidence(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadRecord("The confidence of a span is a number from 0 to 1.")
    return float(value)


def _relation(row: Row, spans: Ids, identity: UUID) -> Relation:
    source, target = (_end(row.get(name), spans) for name in ("source", "target"))
    kind = row.get("type")
    if source is None or target is None:
        raise BadRecord("A relation has source and target: ids of spans of the same article.")
    if not isinstance(kind, str) or not 0 < len(kind) <= MAX_NAME:
        raise BadRecord(f"A relation has a type of 1 to {MAX_NAME} characters.")
    return Relation(identity, kind, source, target, object_of(row, "attributes"))


def _end(value: object, spans: Ids) -> UUID | None:
    name = name_of(value)
    return None if name is None else spans.get(name)
