"""The dataset as a stream: one row an article, its layer folded in by PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet

from annotator.users.models import Project
from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle
from articles.models import Article, Layer

ROWS_AT_ONCE = 200

_SPANS = """(SELECT json_agg(json_build_array(s.id, s.start, s."end", s.label, s.fragments, s.attributes,
    s.confidence) ORDER BY s.start, s."end" DESC, s.label)
    FROM articles_span s WHERE s.layer_id = l.id)::text"""
_RELATIONS = """(SELECT json_agg(json_build_array(r.id, r.type, r.source_id, r.target_id, r.attributes)
    ORDER BY r.type, r.id) FROM articles_relation r WHERE r.layer_id = l.id)::text"""
_LABELS = "(SELECT array_agg(n.name ORDER BY n.name) FROM articles_layerlabel n WHERE n.layer_id = l.id)"


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
    """Articles that have that layer, in id order; gold means approved gold. Streams: memory stays flat.

    Every text is held against its stored SHA-256 on the way out.
    """
    sql, params = _statement(articles, layer, "a.text" if with_text else "NULL")
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from (_article(row) for row in rows)


def _statement(articles: QuerySet[Article], layer: LayerChoice, text: str) -> tuple[str, list[Any]]:
    chosen, params = articles.order_by().values("pk").query.sql_with_params()
    wanted = {
        "gold": "l.kind = 'gold' AND l.approved_at IS NOT NULL",
        "user": "l.kind = 'user' AND l.user_id = (SELECT id FROM users_user WHERE username = %s)",
        "engine": """l.kind = 'engine' AND l.engine_id =
            (SELECT e.id FROM articles_projectengine e WHERE e.project_id = a.project_id AND e.name = %s)""",
    }[layer.kind]
    sql = f"""SELECT a.id, a.external_id, {text}, a.sha256, a.title, a.published_on, a.source, a.agency,
        a.dateline, a.byline, a.language, a.url, a.metadata::text, {_SPANS}, {_RELATIONS}, {_LABELS}
        FROM articles_article a JOIN articles_layer l ON l.article_id = a.id AND {wanted}
        WHERE a.id IN ({chosen}) ORDER BY a.id"""  # noqa: S608 - every part is a constant or a parameter
    return sql, [*([layer.name] if layer.name else []), *params]


_NAMED = ("title", "published_on", "source", "agency", "dateline", "byline", "language", "url")


def _article(row: tuple[Any, ...]) -> ExportArticle:
    id_, external_id, text, sha256, *named, free, spans, relations, labels = row
    if text is not None and hashlib.sha256(text.encode()).hexdigest() != sha256:
        raise ValueError(f"The text of article {id_} is not what was imported: its checksum differs.")
    metadata = {name: value for name, value in zip(_NAMED, named, strict=True) if value}
    return ExportArticle(
        id=id_,
        external_id=external_id,
        text=text or "",
        metadata={**orjson.loads(free), **metadata},
        spans=tuple(_span(one) for one in orjson.loads(spans or "[]")),
        relations=tuple(_relation(one) for one in orjson.loads(relations or "[]")),
        labels=tuple(labels or ()),
    )


def _span(one: list[Any]) -> Span:
    id_, start, end, label, fragments, attributes, confidence = one
    pieces = tuple((piece[0], piece[1]) for piece in fragments)
    return Span(UUID(id_), start, end, label, pieces, attributes, confidence)


def _relation(one: list[Any]) -> Relation:
    id_, kind, source, target, attributes = one
    return Relation(UUID(id_), kind, UUID(source), UUID(target), attributes)


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
