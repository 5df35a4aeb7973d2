"""How a project is set up: its schema's changes, guidelines and webhooks."""

from __future__ import annotations

from uuid import UUID

from annotator.users.permissions import Permission
from articles.access.caller import Caller, one_of
from articles.models import (
    CorrectionTodo,
    Delivery,
    GuidelineVersion,
    Precedent,
    SchemaChange,
    SchemaTodo,
    Webhook,
)


def get_schema_change_of(caller: Caller, change_id: int) -> SchemaChange:
    """A change of the labels of the caller's project that was published; for managers."""
    caller.require(Permission.MANAGE)
    rows = SchemaChange.objects.made().filter(project=caller.project, pk=change_id)
    return one_of(rows.select_related("job", "created_by", "project", "before", "after", "undoes"))


def get_schema_todo_of(caller: Caller, todo_id: int) -> SchemaTodo:
    """What a change of the labels left to the caller: in their own layers, and in gold for reviewers."""
    rows = SchemaTodo.objects.filter(change__project=caller.project, pk=todo_id)
    mine = rows.for_caller(caller.user, reviews=caller.may(Permission.REVIEW))
    return one_of(mine.select_related("layer", "change"))


def get_correction_todo_of(caller: Caller, place_id: int) -> CorrectionTodo:
    """What a correction of a text left to the caller: in their own layers, and in gold for reviewers."""
    rows = CorrectionTodo.objects.of(caller.project).filter(pk=place_id)
    mine = rows.for_caller(caller.user, reviews=caller.may(Permission.REVIEW))
    return one_of(mine.select_related("layer__article", "correction"))


def get_guideline_version_for(caller: Caller, number: int) -> GuidelineVersion:
    rows = GuidelineVersion.objects.filter(project=caller.project, number=number)
    return one_of(rows.select_related("project"))


def get_precedent_for(caller: Caller, precedent_id: int) -> Precedent:
    return one_of(Precedent.objects.standing().filter(project=caller.project, pk=precedent_id))


def get_webhook_for(caller: Caller, webhook_id: int) -> Webhook:
    rows = Webhook.objects.filter(project=caller.project, removed_at__isnull=True)
    return one_of(rows.filter(pk=webhook_id).select_related("project"))


def get_delivery_for(webhook: Webhook, delivery_id: UUID) -> Delivery:
    return one_of(Delivery.objects.filter(webhook=webhook, pk=delivery_id))
