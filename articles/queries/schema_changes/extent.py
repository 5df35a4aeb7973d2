"""What a change of the label schema reaches: articles and layers that carry names it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from django.db import connection

from articles.domain.layers.edits import SUBJECTS
from articles.domain.schema_changes.carrying import CarryingEdit
from articles.domain.schema_changes.mapping import SchemaMapping
from articles.domain.schema_changes.todos import watched_labels
from articles.models import CarriedLayer, SchemaChange
from articles.queries.schema_changes.changes import plan_of

# A layer is reached by its spans, relations, article labels or rejections; by an undo also where the change
# that it undoes has been.
_REACHED = """
    EXISTS (SELECT FROM articles_span s WHERE s.layer_id = l.id
        AND (s.label = ANY(%(labels)s) OR s.attributes ?| %(attributes)s))
    OR EXISTS (SELECT FROM articles_relation r WHERE r.layer_id = l.id AND r.type = ANY(%(relations)s))
    OR EXISTS (SELECT FROM articles_layerlabel n WHERE n.layer_id = l.id AND n.name = ANY(%(article_labels)s))
    OR EXISTS (SELECT FROM articles_rejection x WHERE x.layer_id = l.id AND x.label = ANY(%(labels)s))
    OR EXISTS (SELECT FROM articles_carriedlayer c WHERE c.layer_id = l.id AND c.change_id = %(undoes)s)
"""
_ARTICLES = f"""
SELECT a.id FROM articles_article a
WHERE a.project_id = %(project)s AND a.id > %(after)s
AND EXISTS (SELECT FROM articles_layer l WHERE l.article_id = a.id AND ({_REACHED}))
ORDER BY a.id LIMIT %(limit)s
"""  # noqa: S608 - put together of the constants here
_LAYERS = f"""
SELECT l.id FROM articles_layer l WHERE l.article_id = ANY(%(articles)s) AND ({_REACHED}) ORDER BY l.id
"""  # noqa: S608
_LOGGED = """
SELECT e.layer_id, e.op, e.data::text FROM articles_carriedlayer c
JOIN articles_edit e ON e.layer_id = c.layer_id AND e.version BETWEEN c.first_version AND c.last_version
WHERE c.id = ANY(%(carried)s) ORDER BY e.layer_id, e.version
"""


def next_articles(change: SchemaChange, mapping: SchemaMapping, limit: int | None = None) -> list[int]:
    """The next articles that the change reaches, archived ones too, in order of their ids."""
    return _ids(
        _ARTICLES,
        {**_names(change, mapping), "project": change.project_id, "after": change.reached, "limit": limit},
    )


def reached_layers(change: SchemaChange, mapping: SchemaMapping, articles: Sequence[int]) -> list[int]:
    """The layers of these articles that the change reaches."""
    return _ids(_LAYERS, {**_names(change, mapping), "articles": list(articles)})


def edits_to_undo(change: SchemaChange, layers: Sequence[int]) -> dict[int, list[CarryingEdit]]:
    """The edits of the change that this one undoes, by layer and in their order, where they have not been
    undone yet."""
    found: dict[int, list[CarryingEdit]] = {}
    undone = CarriedLayer.objects.filter(change=change, layer__in=layers)
    carried = CarriedLayer.objects.filter(change=change.undoes_id, layer__in=layers)
    carried = carried.exclude(layer__in=undone.values("layer")).order_by("first_version")
    for layer, edits in carried.filter(edits__isnull=False).values_list("layer_id", "edits"):
        rows = (CarryingEdit(edit["op"], edit["data"], edit["was"]) for edit in edits or ())
        found.setdefault(layer, []).extend(rows)
    logged = carried.filter(edits__isnull=True).values_list("pk", flat=True)
    for layer, op, raw in _rows(_LOGGED, {"carried": list(logged)}):
        data = orjson.loads(raw)
        found.setdefault(layer, []).append(CarryingEdit(op, data[SUBJECTS[op]], data["was"]))
    return found


def _names(change: SchemaChange, mapping: SchemaMapping) -> dict[str, Any]:
    watched = set[str]()
    if change.before and change.after:
        watched = watched_labels(plan_of(change), change.before.definition, change.after.definition)
    return {
        "labels": list(watched | mapping.labels.keys()),
        "attributes": list(mapping.touched_attributes),
        "relations": list(mapping.relations),
        "article_labels": list(mapping.article_labels),
        "undoes": change.undoes_id,
    }


def _ids(sql: str, params: dict[str, Any]) -> list[int]:
    return [row[0] for row in _rows(sql, params)]


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
