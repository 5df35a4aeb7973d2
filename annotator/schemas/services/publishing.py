"""Drafts are saved as often as one likes; publishing makes a version that never changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction

from annotator.lib.errors import Invalid
from annotator.schemas.definition import MAX_LABELS, Definition, DefinitionError, Label, parse_definition
from annotator.schemas.models import LabelSchema, SchemaVersion
from annotator.users.models import Project, User, Verb
from annotator.users.services.audit import record

_UNUSABLE = "The label schema cannot be used yet."


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
        schema = LabelSchema.objects.select_for_update(no_key=True).get(project=project)
        newest = schema.versions.order_by("-number")[0]
        definition = _with_retired(definition, newest.definition)
        schema.draft = definition.to_dict()
        schema.save(update_fields=["draft", "draft_saved_at"])
        if definition == newest.definition:
            return newest
        version = SchemaVersion.objects.create(
            schema=schema, number=newest.number + 1, data=definition.to_dict(), published_by=by
        )
        record(Verb.SCHEMA_PUBLISHED, by=by, project=project, about=version)
        return version


def publish_change(
    *, project: Project, change: Callable[[Definition], Definition], by: User
) -> SchemaVersion:
    """Publish what `change` makes of the newest version, and make the same change to the draft: what others
    published or drafted in the meantime stays. Locks the project's schema row. Raises Invalid."""
    with transaction.atomic():
        schema = LabelSchema.objects.select_for_update(no_key=True).get(project=project)
        newest = schema.versions.order_by("-number")[0].definition
        version = publish(project=project, data=change(newest).to_dict(), by=by)
        save_draft(project=project, data=change(parse_definition(schema.draft)).to_dict())
    return version


def publish_carried(
    *,
    project: Project,
    change: Callable[[Definition], Definition],
    change_draft: Callable[[Definition], Definition],
    by: User,
) -> tuple[SchemaVersion, SchemaVersion]:
    """Publish what `change` makes of the newest version, when all that is labelled is carried over to it:
    labels that it lacks are not kept as retired. Answers the version before, and the new one.

    A draft that `change_draft` makes unusable gives way to what is published. Locks the project's schema row.
    Raises what `change` raises.
    """
    with transaction.atomic():
        schema = LabelSchema.objects.select_for_update(no_key=True).get(project=project)
        before = schema.versions.order_by("-number")[0]
        definition = change(before.definition)
        schema.draft = _usable(change_draft(parse_definition(schema.draft)), definition).to_dict()
        schema.save(update_fields=["draft", "draft_saved_at"])
        after = SchemaVersion.objects.create(
            schema=schema, number=before.number + 1, data=definition.to_dict(), published_by=by
        )
    return before, after


def _usable(draft: Definition, instead: Definition) -> Definition:
    try:
        return parse_definition(draft.to_dict())
    except DefinitionError:
        return instead


def _parse(data: Any) -> Definition:
    try:
        return parse_definition(data)
    except DefinitionError as error:
        raise Invalid(_UNUSABLE, error.problems) from error


def _with_retired(new: Definition, old: Definition) -> Definition:
    names = {label.name for label in new.labels}
    labels = new.labels + tuple(_retire(label) for label in old.labels if label.name not in names)
    if len(labels) > MAX_LABELS:
        words = f"With those that were retired there are {len(labels)} labels; at most {MAX_LABELS} are kept."
        raise Invalid(_UNUSABLE, [words])
    return replace(new, labels=labels)


def _retire(label: Label) -> Label:
    return replace(label, retired=True, hotkey="")
