"""Drafts are saved as often as one likes; publishing makes a version that never changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from annotator.lib.errors import Invalid
from annotator.schemas.definition import Definition, DefinitionError, Label, parse_definition
from annotator.schemas.models import LabelSchema, SchemaVersion
from annotator.users.models import Project, User


def start_schema(*, project: Project, definition: Definition, by: User | None) -> SchemaVersion:
    """A new project's schema with its first published version."""
    schema = LabelSchema.objects.create(project=project, draft=definition.to_dict())
    return SchemaVersion.objects.create(schema=schema, number=1, data=definition.to_dict(), published_by=by)


def save_draft(*, project: Project, data: Any) -> Definition:
    """Keep a draft. Raises Invalid with every problem; a broken draft is not stored."""
    definition = _parse(data)
    schema = LabelSchema.objects.get(project=project)
    schema.draft = definition.to_dict()
    schema.save(update_fields=["draft", "draft_saved_at"])
    return definition


def publish(*, project: Project, data: Any, by: User) -> SchemaVersion:
    """Publish a definition as the next version, or answer the newest one when nothing changed.

    A label that was published before and is missing now is kept as retired, so that spans that carry it
    stay readable. Locks the project's schema row. Raises Invalid.
    """
    definition = _parse(data)
    with transaction.atomic():
        schema = LabelSchema.objects.select_for_update().get(project=project)
        newest = schema.versions.order_by("-number")[0]
        definition = _with_retired(definition, newest.definition)
        schema.draft = definition.to_dict()
        schema.save(update_fields=["draft", "draft_saved_at"])
        if definition == newest.definition:
            return newest
        return SchemaVersion.objects.create(
            schema=schema, number=newest.number + 1, data=definition.to_dict(), published_by=by
        )


def _parse(data: Any) -> Definition:
    try:
        return parse_definition(data)
    except DefinitionError as error:
        raise Invalid("The label schema cannot be used yet.", error.problems) from error


def _with_retired(new: Definition, old: Definition) -> Definition:
    names = {label.name for label in new.labels}
    gone = tuple(_retire(label) for label in old.labels if label.name not in names)
    return replace(new, labels=new.labels + gone)


def _retire(label: Label) -> Label:
    return replace(label, retired=True, hotkey="")
