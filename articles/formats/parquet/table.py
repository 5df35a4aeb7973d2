"""Articles as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson

from articles.formats.base import ExportArticle, LossReport
from articles.formats.jsonl import line_of

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]

TEXT_FIELDS = ("title", "source", "agency", "dateline", "byline", "language", "url")
DATE_FIELD = "published_on"
Row = Mapping[str, Any]


def article_schema() -> pyarrow.Schema:
    import pyarrow as pa

    text, number = pa.string(), pa.int32()
    span = {
        "id": text,
        "start": number,
        "end": number,
        "label": text,
        "text": text,
        "attributes": text,
        "fragments": pa.list_(pa.list_(number)),
        "confidence": pa.float64(),
    }
    relation = dict.fromkeys(("id", "type", "source", "target", "attributes"), pa.string())
    layer = {
        "spans": pa.list_(pa.struct(span)),
        "relations": pa.list_(pa.struct(relation)),
        "labels": pa.list_(pa.string()),
    }
    return pa.schema(
        {
            **article_fields(),
            **layer,
            "layers": pa.list_(pa.struct({"author": pa.string(), **layer})),
        }
    )


def article_fields() -> dict[str, pyarrow.DataType]:
    """The columns of an article without its layers."""
    import pyarrow as pa

    texts = dict.fromkeys(("external_id", "text", *TEXT_FIELDS), pa.string())
    return {"id": pa.int64(), **texts, DATE_FIELD: pa.date32(), "metadata": pa.string()}


def row_of(article: ExportArticle) -> Row:
    line = line_of(article)
    layers = [{**one, **_layer(one)} for one in line.get("layers", ())]
    return {**fields_of(article), **_layer(line), "layers": layers}


def fields_of(article: ExportArticle) -> Row:
    """An article without its layers."""
    free = dict(article.metadata)
    named = {name: free.pop(name) for name in TEXT_FIELDS if isinstance(free.get(name), str)}
    published_on = _date(free.get(DATE_FIELD))
    if published_on:
        named[DATE_FIELD] = published_on
        del free[DATE_FIELD]
    known = {"id": article.id, "external_id": article.external_id, "text": article.text}
    return {**known, **named, "metadata": _json(free)}


def count_lost(article: ExportArticle, report: LossReport) -> None:
    report.articles += 1
    report.spans_written += len(article.spans) + sum(len(one.spans) for one in article.readings)
    report.drop("comments", sum(len(talk.remarks) for talk in article.talks))
    report.drop("edits of the history", sum(len(one.edits) for one in article.readings))


def _layer(layer: Row) -> Row:
    return {
        "spans": [_plain(span) for span in layer["spans"]],
        "relations": [_plain(one) for one in layer["relations"]],
        "labels": list(layer["labels"]),
    }


def _plain(row: Row) -> Row:
    """Ids as text, attributes as JSON."""
    ids = {name: str(row[name]) for name in ("id", "source", "target") if name in row}
    return {**row, **ids, "attributes": _json(row["attributes"])}


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _json(value: Mapping[str, Any] | Iterable[Any]) -> str | None:
    return orjson.dumps(value).decode() if value else None
