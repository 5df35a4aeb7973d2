"""The dataset as a stream: one row an article, its layer folded in by PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection
from django.db.models import QuerySet

from annotator.users.models import Project
from articles.formats.base import ExportArticle, StoredArticle
from articles.models import Article, Layer

_NAMED = ("title", "published_on", "source", "agency", "dateline", "byline", "language", "url")
_COLUMNS = ", ".join(f"a.{name}" for name in _NAMED)
_TYPES = ["int8", "text", "text", "text", "text", "date", *["text"] * 10]
# Text that is JSON already is put together with concat, which costs half of what json_agg does.
_SPAN = """concat('["', s.id, '",', s.start, ',', s."end", ',', to_json(s.label), ',', s.fragments, ',',
    s.attributes, ',', coalesce(s.confidence::text, 'null'), ']')"""
_SPANS = f"""(SELECT '[' || string_agg({_SPAN}, ',' ORDER BY s.start, s."end" DESC, s.label) || ']'
    FROM articles_span s WHERE s.layer_id = l.id)"""  # noqa: S608 - a constant
_RELATIONS = """(SELECT json_agg(json_build_array(r.id, r.type, r.source_id, r.target_id, r.attributes)
    ORDER BY r.type, r.id)::text FROM articles_relation r WHERE r.layer_id = l.id)"""
_LABELS = "(SELECT json_agg(n.name ORDER BY n.name)::text FROM articles_layerlabel n WHERE n.layer_id = l.id)"


@dataclass(frozen=True)
class LayerChoice:
    """Whose reading to export: `kind` is gold, user or engine; `name` the user's or engine's."""

    kind: str
    name: str = ""

    @classmethod
    def parse(cls, author: str) -> LayerChoice | None:
        """Read `gold`, `user:NAME` or `engine:NAME`; None for anything else."""
        kind, _, name = author.partition(":")
        if author == "gold" or (kind in ("user", "engine") and name):
            return cls(kind, name)
        return None


def export_articles(
    articles: QuerySet[Article], layer: LayerChoice, *, with_text: bool = True
) -> Iterator[ExportArticle]:
    """The same as articles with spans."""
    return (one.article() for one in stored_articles(articles, layer, with_text=with_text))


def stored_articles(
    articles: QuerySet[Article], layer: LayerChoice, *, with_text: bool = True
) -> Generator[StoredArticle, None, None]:
    """Articles that have that layer, in id order; gold means approved gold. Every text is held against its
    stored SHA-256 on the way out.

    Memory stays flat. Until the last article is taken, the connection can do nothing else.
    """
    sql, params = _statement(articles, layer, "a.text" if with_text else "NULL")
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(cursor.mogrify(sql, params)) as copy,
    ):
        copy.set_types(_TYPES)
        for row in copy.rows():
            yield _stored(row)


def _statement(articles: QuerySet[Article], layer: LayerChoice, text: str) -> tuple[str, list[Any]]:
    chosen, params = articles.order_by("pk").values("pk").query.sql_with_params()
    wanted = {
        "gold": "l.kind = 'gold' AND l.approved_at IS NOT NULL",
        "user": "l.kind = 'user' AND l.user_id = (SELECT id FROM users_user WHERE username = %s)",
        "engine": """l.kind = 'engine' AND l.engine_id =
            (SELECT e.id FROM articles_projectengine e WHERE e.project_id = a.project_id AND e.name = %s)""",
    }[layer.kind]
    sql = f"""COPY (SELECT x.* FROM ({chosen}) c (id) CROSS JOIN LATERAL (
        SELECT a.id, a.external_id, {text}, a.sha256, {_COLUMNS}, a.metadata::text,
        {_SPANS}, {_RELATIONS}, {_LABELS}
        FROM articles_article a JOIN articles_layer l ON l.article_id = a.id AND {wanted}
        WHERE a.id = c.id OFFSET 0) x ORDER BY c.id) TO STDOUT (FORMAT binary)"""  # noqa: S608 - constants
    return sql, [*params, *([layer.name] if layer.name else [])]


def _stored(row: tuple[Any, ...]) -> StoredArticle:
    id_, external_id, text, sha256, *named, free, spans, relations, labels = row
    if text is not None and hashlib.sha256(text.encode()).hexdigest() != sha256:
        raise ValueError(f"The text of article {id_} is not what was imported: its checksum differs.")
    metadata = {name: value for name, value in zip(_NAMED, named, strict=True) if value}
    return StoredArticle(
        id_,
        external_id,
        text or "",
        {**orjson.loads(free), **metadata},
        _json(spans),
        _json(relations),
        _json(labels),
    )


def _json(text: str | None) -> list[Any]:
    return orjson.loads(text) if text else []


def knows_layer(project: Project, layer: LayerChoice) -> bool:
    """Whether such a layer can exist in the project: its member or its engine."""
    match layer.kind:
        case "user":
            return (
                Layer.objects.by_people().filter(article__project=project, user__username=layer.name).exists()
                or project.memberships.filter(user__username=layer.name).exists()
            )
        case "engine":
            return project.engines.filter(name=layer.name).exists()
    return True
