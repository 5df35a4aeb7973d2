"""The dataset as a stream: one row an article, its layer folded in by PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from typing import Any, NoReturn
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import QuerySet

from articles.formats.base import Reading, Remark, StoredArticle, Talk, Tokens, relations_of, spans_of
from articles.models import Article
from articles.queries.exports.statement import COLUMN_TYPES, NAMED, Extent, copy_statement
from articles.queries.layers.choice import LayerChoice


def stored_articles(
    articles: QuerySet[Article],
    layer: LayerChoice,
    extent: Extent | None = None,
    *,
    among: Sequence[int] | None = None,
) -> Generator[StoredArticle, None, None]:
    """Articles that have that layer, in id order; gold means approved gold. `all` gives every article: with
    its gold, or none, and with the layers of all people and engines as further readings. `among` narrows to
    these ids.

    Every text is held against its stored SHA-256. Memory stays flat. Until the last article is taken or the
    generator is closed, the connection refuses everything else.
    """
    sql, params = copy_statement(articles, layer, extent or Extent(), among)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(cursor.mogrify(sql, params)) as copy,
        connection.execute_wrapper(_refuse),
    ):
        copy.set_types(COLUMN_TYPES)
        for row in copy.rows():
            yield _stored(row)


def _refuse(*_: Any) -> NoReturn:
    """Another statement on this connection would wait for the end of the COPY, which waits for its reader."""
    raise RuntimeError(
        "An export is being read from this connection. Read it to its end, or close it, first."
    )


def _stored(row: tuple[Any, ...]) -> StoredArticle:
    id_, external_id, text, sha256, *named, free, spans, relations, labels, readings, talks, tokens = row
    if text is not None and hashlib.sha256(text.encode()).hexdigest() != sha256:
        raise ValueError(f"The text of article {id_} is not what was imported: its checksum differs.")
    metadata = {name: value for name, value in zip(NAMED, named, strict=True) if value}
    return StoredArticle(
        id_,
        external_id,
        text or "",
        {**orjson.loads(free), **metadata},
        _list(spans),
        _list(relations),
        _list(labels),
        tuple(_reading(*one) for one in _list(readings)),
        tuple(_talk(*one) for one in _list(talks)),
        _tokens(tokens) if tokens else None,
    )


def _list(folded: str | None) -> list[Any]:
    return orjson.loads(folded) if folded else []


def _reading(author: str, spans: list[Any], relations: list[Any], labels: list[str], *edits: Any) -> Reading:
    history = edits[0] if edits else ()
    return Reading(author, spans_of(spans), relations_of(relations), tuple(labels), tuple(history))


def _talk(start: int | None, end: int | None, span: str | None, resolved: bool, remarks: list[Any]) -> Talk:
    said = tuple(Remark(author, text, created_at) for author, text, created_at in remarks)
    return Talk(said, start, end, UUID(span) if span else None, resolved)


def _tokens(folded: str) -> Tokens:
    data = orjson.loads(folded)
    bounds = tuple((start, end) for start, end in data["bounds"])
    return Tokens(bounds, tuple(data["sentences"]), data["columns"], data["layout"])
