"""The statement behind an export: one row an article, with what belongs to it folded in by PostgreSQL.

Text that is JSON already is put together with concat, which costs half of what json_agg does.
"""

# ruff: noqa: S608 - every part is a constant of this module; what callers give is a parameter

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotator.users.models import User
from articles.models import Article, Thread
from articles.queries.layers.choice import LayerChoice

NAMED = ("title", "published_on", "source", "agency", "dateline", "byline", "language", "url")


@dataclass(frozen=True)
class Extent:
    """How much of each article is read: its text, its tokens, the edits of its layers, and the comments that
    `comments_for` may read."""

    text: bool = True
    tokens: bool = False
    history: bool = False
    comments_for: User | None = None


_FOLDED = ("metadata", "spans", "relations", "labels", "readings", "talks", "tokens")
COLUMN_TYPES = ("int8", *["text"] * (3 + len(NAMED) + len(_FOLDED)))


def copy_statement(
    articles: QuerySet[Article], layer: LayerChoice, extent: Extent, among: Sequence[int] | None
) -> tuple[str, list[Any]]:
    """COPY of the articles in id order, with its parameters.

    OFFSET 0 keeps PostgreSQL from joining everything first: ids are ordered, and then articles are read one
    by one. So the first one comes at once and nothing is kept in memory, whatever the filters cost.
    """
    chosen, params = articles.order_by("pk").values("pk").query.sql_with_params()
    talks, talks_params = _talks(extent.comments_for)
    those, those_params = ("", []) if among is None else ("WHERE c.id = ANY(%s)", [list(among)])
    sql = f"""COPY (SELECT x.* FROM ({chosen}) c (id) CROSS JOIN LATERAL (
        SELECT a.id, a.external_id, {"a.text" if extent.text else "NULL::text"}, a.sha256,
            {", ".join(f"a.{name}::text" for name in NAMED)}, {_METADATA},
            {_spans("l")}, {_relations("l")}, {_labels("l")},
            {_readings(layer, history=extent.history)}, {talks}, {_TOKENS if extent.tokens else "NULL::text"}
        FROM articles_article a {join_layer(layer)} WHERE a.id = c.id OFFSET 0
        ) x {those} ORDER BY c.id) TO STDOUT (FORMAT binary)"""
    return sql, [*params, *talks_params, *([layer.name] if layer.name else []), *those_params]


def join_layer(layer: LayerChoice) -> str:
    """Articles without the layer are left out; with all layers, what is not gold yet is there too."""
    if layer.is_all:
        return f"LEFT JOIN articles_layer l ON l.article_id = a.id AND {_OF_KIND['gold']}"
    return f"JOIN articles_layer l ON l.article_id = a.id AND {_OF_KIND[layer.kind]}"


_OF_KIND = {
    "gold": "l.kind = 'gold' AND l.approved_at IS NOT NULL",
    "user": "l.kind = 'user' AND l.user_id = (SELECT id FROM users_user WHERE username = %s)",
    "engine": """l.kind = 'engine' AND l.engine_id =
        (SELECT e.id FROM articles_projectengine e WHERE e.project_id = a.project_id AND e.name = %s)""",
}
# With the number of the text, where it was corrected: whoever has the file sees that it is not the first.
_METADATA = """(a.metadata || coalesce((SELECT jsonb_build_object('text_version', c.number)
    FROM articles_correction c WHERE c.article_id = a.id), '{}'))::text"""
_TOKENS = "(SELECT t.data::text FROM articles_tokenization t WHERE t.article_id = a.id)"


def _spans(layer: str) -> str:
    span = """concat('["', s.id, '",', s.start, ',', s."end", ',', to_json(s.label), ',', s.fragments, ',',
        s.attributes, ',', coalesce(s.confidence::text, 'null'), ']')"""
    return f"""(SELECT '[' || string_agg({span}, ',' ORDER BY s.start, s."end" DESC, s.label) || ']'
        FROM articles_span s WHERE s.layer_id = {layer}.id AND NOT {_is_plant("s")})"""


def _is_plant(span: str) -> str:
    """Whether it was accepted from a suggestion that is wrong on purpose, in a layer not handed in yet: then
    such spans are taken out."""
    return f"""({span}.suggestion IS NOT NULL AND EXISTS (SELECT FROM articles_plant p
        WHERE p.id = {span}.suggestion
        AND (p.start, p."end", p.label) = ({span}.start, {span}."end", {span}.label)))"""


def _relations(layer: str) -> str:
    return f"""(SELECT json_agg(json_build_array(r.id, r.type, r.source_id, r.target_id, r.attributes)
        ORDER BY r.type, r.id)::text FROM articles_relation r WHERE r.layer_id = {layer}.id AND NOT EXISTS (
        SELECT FROM articles_span s WHERE s.id IN (r.source_id, r.target_id) AND {_is_plant("s")}))"""


def _labels(layer: str) -> str:
    return f"""(SELECT json_agg(n.name ORDER BY n.name)::text
        FROM articles_layerlabel n WHERE n.layer_id = {layer}.id)"""


def _edits(layer: str) -> str:
    return f"""(SELECT json_agg(json_build_object('id', e.id, 'version', e.version, 'op', e.op,
        'data', e.data, 'by', p.username, 'at', e.created_at) ORDER BY e.version)::text
        FROM articles_edit e LEFT JOIN users_user p ON p.id = e.author_id
        WHERE e.layer_id = {layer}.id AND e.version IS NOT NULL)"""


def _readings(layer: LayerChoice, *, history: bool) -> str:
    """With all layers, those that are not gold; with history also the one that the article itself shows."""
    wanted = (["o.kind <> 'gold'"] if layer.is_all else []) + (["o.id = l.id"] if history else [])
    if not wanted:
        return "NULL::text"
    author = "coalesce('user:' || u.username, 'engine:' || g.name, 'gold')"
    parts = [_spans("o"), _relations("o"), _labels("o"), *([_edits("o")] if history else [])]
    folded = ", ',', ".join(f"coalesce({part}, '[]')" for part in parts)
    return f"""(SELECT '[' || string_agg(concat('[', to_json({author}), ',', {folded}, ']'), ','
        ORDER BY o.kind DESC, o.id) || ']'
        FROM articles_layer o LEFT JOIN users_user u ON u.id = o.user_id
        LEFT JOIN articles_projectengine g ON g.id = o.engine_id
        WHERE o.article_id = a.id AND ({" OR ".join(wanted)}))"""


def _talks(reader: User | None) -> tuple[str, tuple[Any, ...]]:
    if reader is None:
        return "NULL::text", ()
    threads, params = Thread.objects.visible_to(reader).order_by().values("pk").query.sql_with_params()
    sql = f"""(SELECT json_agg(json_build_array(h.start, h."end", h.span, h.resolved_at IS NOT NULL,
        (SELECT json_agg(json_build_array(p.username, m.text, m.created_at) ORDER BY m.created_at, m.id)
         FROM articles_comment m JOIN users_user p ON p.id = m.author_id WHERE m.thread_id = h.id)
        ) ORDER BY h.created_at, h.id)::text
        FROM articles_thread h WHERE h.article_id = a.id AND h.id IN ({threads}))"""
    return sql, tuple(params)
