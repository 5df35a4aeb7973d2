from __future__ import annotations

from functools import lru_cache

from annotator.schemas.definition import Definition, parse_definition
from annotator.schemas.models import SchemaVersion


def published_version(project_id: int) -> SchemaVersion:
    """The project's newest published schema. Every project has one from its first day."""
    versions = SchemaVersion.objects.filter(schema__project_id=project_id)
    return versions.select_related("schema").order_by("-number")[0]


def published_definition(project_id: int) -> Definition:
    """What may be labelled in the project now. Versions never change, so a parsed one is kept in memory."""
    newest = SchemaVersion.objects.filter(schema__project_id=project_id).order_by("-number")
    return _definition_of(newest.values_list("pk", flat=True)[0])


@lru_cache(maxsize=256)
def _definition_of(version_id: int) -> Definition:
    return parse_definition(SchemaVersion.objects.values_list("data", flat=True).get(pk=version_id))
