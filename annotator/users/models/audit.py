from __future__ import annotations

from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotator.users.models.projects import Project
from annotator.users.models.roles import Role


class Verb(models.TextChoices):
    """What is logged besides the history of edits and reviews."""

    SIGNED_IN = "signed-in", _("Signed in")
    SIGN_IN_FAILED = "sign-in-failed", _("Failed to sign in")
    TOKEN_MADE = "token-made", _("Made an API token")
    TOKEN_REVOKED = "token-revoked", _("Revoked an API token")
    PERSON_ACTIVATED = "person-activated", _("Let a person in again")
    PERSON_DEACTIVATED = "person-deactivated", _("Deactivated a person")
    RIGHTS_CHANGED = "rights-changed", _("Changed a person's rights")
    MEMBER_ADDED = "member-added", _("Added a member")
    ROLE_CHANGED = "role-changed", _("Changed a role")
    MEMBER_REMOVED = "member-removed", _("Removed a member")
    INVITED = "invited", _("Made an invitation")
    INVITATION_WITHDRAWN = "invitation-withdrawn", _("Withdrew an invitation")
    SEEN_AS = "seen-as", _("Looked at the project as another role")
    PROJECT_CREATED = "project-created", _("Created the project")
    PROJECT_CHANGED = "project-changed", _("Changed the settings")
    PROJECT_ARCHIVED = "project-archived", _("Archived the project")
    PROJECT_OPENED = "project-opened", _("Opened the project for work again")
    PROJECT_DELETED = "project-deleted", _("Deleted the project")
    PROJECT_RESTORED = "project-restored", _("Brought the deleted project back")
    PROJECT_PURGED = "project-purged", _("Removed the deleted project for good")
    SCHEMA_PUBLISHED = "schema-published", _("Published the schema")
    LABELS_CHANGED = "labels-changed", _("Changed labels")
    LABELS_UNDONE = "labels-undone", _("Took a change of labels back")
    BULK_EDITED = "bulk-edited", _("Edited in bulk")
    BULK_UNDONE = "bulk-undone", _("Undid a bulk edit")
    TEXT_CORRECTED = "text-corrected", _("Corrected the text of an article")
    CORRECTION_UNDONE = "correction-undone", _("Took the correction of a text back")
    CARRIED_OVER = "carried-over", _("Carried work over to other articles of a story")
    EXPORTED = "exported", _("Downloaded an export")
    RELEASED = "released", _("Made a release")
    ENGINE_ADDED = "engine-added", _("Added an engine")
    ENGINE_CHANGED = "engine-changed", _("Changed an engine")
    ENGINE_REMOVED = "engine-removed", _("Removed an engine")
    RUN_STARTED = "run-started", _("Started a run")
    JOB_CANCELLED = "job-cancelled", _("Cancelled a job")
    WEBHOOK_ADDED = "webhook-added", _("Added a webhook")
    WEBHOOK_REMOVED = "webhook-removed", _("Removed a webhook")


# What is told of a deed beside its object: the names that services give to `record`.
_NAMES = {
    "articles": _("articles"),
    "asked": _("asked for"),
    "before": _("before"),
    "changed": _("changed"),
    "doubtful": _("doubtful"),
    "engines": _("engines"),
    "events": _("events"),
    "kind": _("kind"),
    "of": _("of"),
    "places": _("places"),
    "returned": _("articles given back"),
    "role": _("role"),
    "scope": _("scope"),
    "spans": _("spans"),
    "steps": _("steps"),
    "to_look_at": _("to look at"),
    "version": _("version"),
}
_ROLES = dict(Role.choices)


class AuditEntry(models.Model):
    """Who did what, and when. A trigger refuses every change.

    The log outlives the project. Therefore the project is not a foreign key in the database, and its name is
    kept.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    project = models.ForeignKey(
        Project, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    project_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=32, choices=Verb.choices)
    object_kind = models.CharField(max_length=64, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=300, blank=True, help_text="What it was done to, by name.")
    data = models.JSONField(default=dict, blank=True)
    address = models.GenericIPAddressField(null=True, help_text="Where the request came from.")

    objects: ClassVar[models.Manager[AuditEntry]] = models.Manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "audit log"
        indexes = [
            models.Index(fields=["project", "-id"], name="audit_of_project"),
            models.Index(fields=["by", "-id"], name="audit_of_person"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.text}" if self.text else str(self.get_verb_display())

    @property
    def details(self) -> str:
        """`role: Viewer, before: Manager`, in the language of who reads it."""
        return ", ".join(
            f"{_NAMES.get(name, name)}: {self._said(name, value)}" for name, value in self.data.items()
        )

    def _said(self, name: str, value: object) -> str:
        if isinstance(value, list):
            return ", ".join(self._field_name(str(one)) if name == "changed" else str(one) for one in value)
        return str(_ROLES.get(value, value)) if isinstance(value, str) else str(value)

    def _field_name(self, field: str) -> str:
        """What the setting is called that was changed; one of former releases keeps the name that it had."""
        try:
            verbose = apps.get_model(self.object_kind)._meta.get_field(field).verbose_name
        except (LookupError, ValueError, FieldDoesNotExist):
            return field
        return str(verbose)
