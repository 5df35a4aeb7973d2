"""An article from a record: a line of our JSONL, or what another format is converted to before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from articles.formats.base import ParsedArticle
from articles.formats.common.offsets import CODE_POINTS, UNITS, BadOffset, from_unit, with_offsets
from articles.formats.common.record_fields import BadRecord, Row, require_shallow, rows_of, text_of
from articles.formats.common.record_layers import readings_from, talks_from, tokens_from
from articles.formats.common.record_spans import labels_from, relations_from, spans_from
from articles.formats.common.text import problem_with_text

__all__ = ["BadRecord", "article_from"]

TEXT_FIELDS = {
    "title": 500,
    "source": 200,
    "dateline": 300,
    "byline": 300,
    "language": 35,
    "url": 2000,
    "external_id": 200,
}
# What newsrooms and other tools call the same. It is taken for that where it fits and the field itself is
# missing.
_ALSO_CALLED = {
    "headline": "title",
    "author": "byline",
    "lang": "language",
    "date": "published_on",
    "published": "published_on",
    "published_at": "published_on",
}
_NAMED = {*TEXT_FIELDS, "published_on"}
_TAKEN = {*_NAMED, "id", "text", "metadata", "spans", "relations", "labels", "layers", "threads"}


def article_from(
    record: Row, *, file: str, line: int | None, dropped: Mapping[str, int] | None = None
) -> ParsedArticle:
    """Read one record; fields that are not known by name become metadata. Raises BadRecord.

    `dropped` counts what the file had and the record has not, by reason.
    """
    text = _text(record)
    record = _as_we_call_it(record)
    record = _in_code_points(record, text)
    spans, ids = spans_from(rows_of(record, "spans"), text)
    readings, further_ids = readings_from(record, text)
    tokens = record.get("tokens")
    return ParsedArticle(
        text=text,
        file=file,
        line=line,
        **_named_fields(record),
        spans=spans,
        relations=relations_from(rows_of(record, "relations"), ids),
        labels=labels_from(record.get("labels")),
        readings=readings,
        talks=talks_from(record, text, {**further_ids, **ids}),
        tokens=tokens_from(tokens, text) if isinstance(tokens, dict) else None,
        dropped={**(dropped or {}), **_history(record)},
    )


def _text(record: Row) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise BadRecord('There is no "text".')
    if problem := problem_with_text(text):
        raise BadRecord(problem)
    return text


def _as_we_call_it(record: Row) -> Row:
    """The record with our names for what is called otherwise: one that fits nowhere stays metadata."""
    ours: dict[str, str] = {}
    for name, known in _ALSO_CALLED.items():
        if not record.get(known) and _fits(record.get(name), known):
            ours.setdefault(known, name)
    if "spans" not in record and _are_spans(record.get("entities")):
        ours["spans"] = "entities"
    if not ours:
        return record
    others = {name: value for name, value in record.items() if name not in ours.values()}
    return {**others, **{known: record[name] for known, name in ours.items()}}


def _fits(value: object, known: str) -> bool:
    if not isinstance(value, str) or not value:
        return False
    return _is_date(value) if known == "published_on" else len(value) <= TEXT_FIELDS[known]


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat(value.strip())
    except ValueError:
        return False
    return True


def _are_spans(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and {"start", "end", "label"} <= one.keys() for one in value
    )


def _in_code_points(record: Row, text: str) -> Row:
    unit = record.get("offsets", CODE_POINTS)
    if unit == CODE_POINTS or not isinstance(unit, str):
        return record
    if unit not in UNITS:
        raise BadRecord(f'"offsets" is one of {", ".join(UNITS)}.')
    try:
        return with_offsets(record, from_unit(text, unit))
    except BadOffset as error:
        raise BadRecord(str(error)) from error


def _named_fields(record: Row) -> dict[str, Any]:
    """What an article has by name, and as metadata what is left of `metadata` and of the record."""
    metadata = {} if record.get("metadata") is None else record["metadata"]
    if not isinstance(metadata, Mapping):
        raise BadRecord('"metadata" is an object.')
    named = {**metadata, **record}
    fields: dict[str, Any] = {name: text_of(named, name, limit) for name, limit in TEXT_FIELDS.items()}
    fields["external_id"] = fields["external_id"] or text_of(record, "id", TEXT_FIELDS["external_id"])
    fields["published_on"] = _date(named.get("published_on"))
    free = {key: value for key, value in metadata.items() if key not in _NAMED}
    free |= {key: value for key, value in record.items() if key not in _TAKEN and not _is_ours(key, value)}
    require_shallow(free, "metadata")
    return {**fields, "metadata": free}


def _is_ours(key: str, value: object) -> bool:
    """Tokens and offsets as we write them; those that other tools mean are kept as metadata."""
    return (key == "tokens" and isinstance(value, dict)) or (key == "offsets" and isinstance(value, str))


def _date(value: object) -> date | None:
    if value in (None, ""):
        return None
    if not isinstance(value, str | int):
        raise BadRecord('"published_on" is a date like 2024-05-30.')
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        raise BadRecord(f'"published_on" is a date like 2024-05-30, not {value!r:.40}.') from None


def _history(record: Row) -> dict[str, int]:
    edits = sum(len(rows_of(layer, "edits")) for layer in rows_of(record, "layers"))
    return {"edits of the history": edits} if edits else {}
