"""An article from a record of named values: what JSONL and CSV have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from articles.domain.spans import Relation, Span, problem_with_offsets
from articles.formats.base import ParsedArticle
from articles.formats.limits import MAX_DEPTH
from articles.formats.text import problem_with_text

# Ids of spans and relations that came without one only tell them apart within their article: they are numbers
# from here on, high enough to meet no id that anybody gives.
_FIRST_ID = 0x0D5C0F2E_64A8_8B0E_93B7_000000000000
_FIRST_RELATION_ID = _FIRST_ID + 2**32
_TEXTS = {
    "title": 500,
    "source": 200,
    "dateline": 300,
    "byline": 300,
    "language": 35,
    "url": 2000,
    "external_id": 200,
}
_TAKEN = {*_TEXTS, "id", "text", "published_on", "metadata", "spans", "relations", "labels"}


class BadRecord(ValueError):
    """A record that is no article. The text is the reason."""


def article_from(record: Mapping[str, Any], *, file: str, line: int) -> ParsedArticle:
    """Read one record; fields that are not known by name become metadata. Raises BadRecord."""
    text = record.get("text")
    if not isinstance(text, str):
        raise BadRecord('There is no "text".')
    problem = problem_with_text(text)
    if problem:
        raise BadRecord(problem)
    metadata = {} if record.get("metadata") is None else record["metadata"]
    if not isinstance(metadata, Mapping):
        raise BadRecord('"metadata" is an object.')
    free = {**metadata, **{key: value for key, value in record.items() if key not in _TAKEN}}
    named = {**metadata, **record}
    fields: dict[str, Any] = {name: _text(named, name, limit) for name, limit in _TEXTS.items()}
    if not fields["external_id"]:
        fields["external_id"] = _text(record, "id", _TEXTS["external_id"])
    spans, ids = _spans(record.get("spans"), text)
    _require_shallow(free, "metadata")
    return ParsedArticle(
        text=text,
        file=file,
        line=line,
        published_on=_date(named.get("published_on")),
        metadata={key: value for key, value in free.items() if key not in (*_TEXTS, "published_on")},
        spans=spans,
        relations=tuple(_relations(record.get("relations"), ids)),
        labels=_labels(record.get("labels")),
        **fields,
    )


def _text(record: Mapping[str, Any], name: str, limit: int) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadRecord(f'"{name}" is a text.')
    if len(str(value)) > limit:
        raise BadRecord(f'"{name}" has more than {limit} characters.')
    return str(value)


def _date(value: object) -> date | None:
    if value in (None, ""):
        return None
    if not isinstance(value, str | int):
        raise BadRecord('"published_on" is a date like 2024-05-30.')
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        raise BadRecord(f'"published_on" is a date like 2024-05-30, not {value!r:.40}.') from None


def _rows(value: object, name: str) -> list[Mapping[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise BadRecord(f'"{name}" is a list of objects.')
    return value


def _require_shallow(value: object, name: str) -> None:
    """What is nested without end can be neither stored nor written out again."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise BadRecord(f'"{name}" is nested more than {MAX_DEPTH} deep.')


def _inside(value: object) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()


def _spans(value: object, text: str) -> tuple[tuple[Span, ...], dict[str, UUID]]:
    """The spans, and their ids by the names that the input gives them."""
    spans: dict[UUID, Span] = {}
    ids: dict[str, UUID] = {}
    for number, row in enumerate(_rows(value, "spans")):
        name = _name(row.get("id"))
        span = _span(row, text, _id(name, _FIRST_ID + number))
        if span.id in spans or name in ids:
            raise BadRecord("Two spans have the same id.")
        spans[span.id] = span
        if name:
            ids[name] = span.id
    return tuple(spans.values()), ids


def _name(value: object) -> str:
    """An id as the input writes it, in one spelling; other tools use numbers and words."""
    if value is None or not isinstance(value, str | int):
        return ""
    try:
        return str(UUID(str(value)))
    except ValueError:
        return str(value)


def _span(row: Mapping[str, Any], text: str, identity: UUID) -> Span:
    start, end, label = row.get("start"), row.get("end"), row.get("label")
    if type(start) is not int or type(end) is not int:
        raise BadRecord("A span has start and end: whole numbers of code points.")
    if not isinstance(label, str) or not 0 < len(label) <= 64:
        raise BadRecord(f"The span {start}-{end} has no label.")
    fragments = _fragments(row.get("fragments"))
    problem = problem_with_offsets(start, end, len(text), fragments)
    if problem:
        raise BadRecord(problem)
    surface = row.get("text")
    if isinstance(surface, str) and not fragments and surface != text[start:end]:
        raise BadRecord(
            f"The span {start}-{end} says {surface!r:.60}, but the text has {text[start:end]!r:.60}."
        )
    attributes = row.get("attributes") or {}
    if not isinstance(attributes, Mapping):
        raise BadRecord("The attributes of a span are an object.")
    return Span(identity, start, end, label, fragments, attributes)


def _fragments(value: object) -> tuple[tuple[int, int], ...]:
    if not value:
        return ()
    if not isinstance(value, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and all(type(point) is int for point in pair)
        for pair in value
    ):
        raise BadRecord("Fragments are a list of pairs [start, end].")
    return tuple((pair[0], pair[1]) for pair in value)


def _relations(value: object, spans: Mapping[str, UUID]) -> list[Relation]:
    found = []
    for number, row in enumerate(_rows(value, "relations")):
        source, target = spans.get(_name(row.get("source"))), spans.get(_name(row.get("target")))
        kind, attributes = row.get("type"), row.get("attributes") or {}
        if source is None or target is None:
            raise BadRecord("A relation has source and target: ids of spans of the same article.")
        if not isinstance(kind, str) or not isinstance(attributes, Mapping):
            raise BadRecord("A relation has a type.")
        _require_shallow(attributes, "attributes")
        identity = _id(_name(row.get("id")), _FIRST_RELATION_ID + number)
        found.append(Relation(identity, kind, source, target, attributes))
    return found


def _labels(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadRecord('"labels" is a list of article labels.')
    return tuple(dict.fromkeys(value))


def _id(name: str, otherwise: int) -> UUID:
    try:
        return UUID(name) if name else UUID(int=otherwise)
    except ValueError:
        return UUID(int=otherwise)
