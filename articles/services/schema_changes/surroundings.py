"""What else knows names of the label schema, changed along: settings of engines, likely errors, planted
suggestions."""

from __future__ import annotations

from typing import Any

from django.db import connection

from articles.domain.schema_changes.mapping import SchemaMapping
from articles.models import ProjectEngine, SchemaChange
from articles.queries.engines.lists import settings_digest
from articles.queries.schema_changes.surroundings import engine_changes, plain_renaming

# Open doubts are cast again when gold is looked through; what people have settled stays.
_OPEN_DOUBTS = """
DELETE FROM articles_doubt WHERE project_id = %(project)s AND state = 'open'
AND (label = ANY(%(old)s) OR other_label = ANY(%(old)s))
"""
_SETTLED_DOUBTS = """
UPDATE articles_doubt d SET {column} = c.new
FROM unnest(%(old)s::text[], %(new)s::text[]) c (old, new)
WHERE d.project_id = %(project)s AND d.{column} = c.old AND NOT EXISTS (
    SELECT FROM articles_doubt o WHERE o.article_id = d.article_id AND o.start = d.start AND o."end" = d."end"
    AND o.other_start = d.other_start AND o.other_end = d.other_end AND o.{column} = c.new
    AND o.{other} = d.{other})
"""
_PLANTS = """
UPDATE articles_plant p SET label = c.new
FROM unnest(%(old)s::text[], %(new)s::text[]) c (old, new), articles_article a
WHERE a.id = p.article_id AND a.project_id = %(project)s AND p.label = c.old AND NOT EXISTS (
    SELECT FROM articles_plant o WHERE o.article_id = p.article_id AND o.start = p.start AND o."end" = p."end"
    AND o.label = c.new)
"""


def change_surroundings(change: SchemaChange, mapping: SchemaMapping) -> None:
    """Part of publishing a change: notes what was done, and keeps engines' settings as they were."""
    for one in engine_changes(change.project, mapping):
        change.engines[str(one.engine.pk)] = {
            "before": one.engine.settings,
            "after": settings_digest(one.settings),
        }
        change.notes.append(one.words)
        ProjectEngine.objects.filter(pk=one.engine.pk).update(settings=one.settings)
    _rename(change, mapping)


def restore_engines(change: SchemaChange) -> None:
    """Give engines the settings back that they had before the change that this one undoes, where nobody has
    changed them since."""
    for id_, kept in change.undoes.engines.items() if change.undoes else ():
        engine = ProjectEngine.objects.select_for_update(no_key=True).get(pk=id_)
        if settings_digest(engine.settings) == kept["after"]:
            ProjectEngine.objects.filter(pk=id_).update(settings=kept["before"])
            change.notes.append(f"{engine.name} is set as it was.")


def _rename(change: SchemaChange, mapping: SchemaMapping) -> None:
    renaming = {old: new for old, new in plain_renaming(mapping).items() if new}
    params = {
        "project": change.project_id,
        "old": list(renaming),
        "new": list(renaming.values()),
    }
    _execute(_OPEN_DOUBTS, {**params, "old": list(mapping.labels)})
    _execute(_SETTLED_DOUBTS.format(column="label", other="other_label"), params)
    _execute(_SETTLED_DOUBTS.format(column="other_label", other="label"), params)
    _execute(_PLANTS, params)


def _execute(sql: str, params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
