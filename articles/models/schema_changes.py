from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotator.schemas.models import SchemaVersion
from annotator.users.models import Project
from articles.models.jobs import Job
from articles.models.layers import Layer


class SchemaChangeQuerySet(models.QuerySet["SchemaChange"]):
    def drafts(self) -> Self:
        return self.filter(job__isnull=True)

    def made(self) -> Self:
        """Those that were published, whether or not all layers have been carried over."""
        return self.filter(job__isnull=False)

    def at_work(self) -> Self:
        """Published, with layers that may still be as before."""
        return self.made().exclude(job__state=Job.State.SUCCEEDED)


class SchemaChange(models.Model):
    """A change of a project's label schema together with all that is labelled: a draft first, then published
    and carried out by a job, article by article. One that `undoes` another reverses that one's edits.

    `plan` is `articles.domain.schema_plan` as JSON; `reached` the last article that was carried over.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="schema_changes")
    plan = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    before = models.ForeignKey(SchemaVersion, models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey(SchemaVersion, models.PROTECT, null=True, blank=True, related_name="+")
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="schema_change")
    reached = models.BigIntegerField(default=0, db_default=0)
    notes = models.JSONField(default=list, blank=True, help_text="What was done besides, in sentences.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="schema_changes")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[SchemaChange]] = SchemaChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(job__isnull=True), name="schema_change_one_draft"
            ),
            models.CheckConstraint(
                name="schema_change_published_with_its_job",
                condition=Q(
                    job__isnull=True, before__isnull=True, after__isnull=True, published_at__isnull=True
                )
                | Q(job__isnull=False, before__isnull=False, after__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Schema change {self.pk}"


class CarriedLayer(models.Model):
    """A layer that a schema change has changed, by the edits from `first_version` to `last_version`.

    Engines' layers have no history, so their `edits` are kept here. `left` are ids of spans that an undo left
    as they were, because somebody had changed them since.
    """

    change = models.ForeignKey(SchemaChange, models.PROTECT, related_name="layers", db_index=False)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="+")
    first_version = models.PositiveIntegerField()
    last_version = models.PositiveIntegerField()
    spans = models.PositiveIntegerField(help_text="How many of its edits were of spans.")
    edits = models.JSONField(null=True, blank=True)
    left = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "layer", "first_version"], name="carried_layer_once"),
        ]

    def __str__(self) -> str:
        return f"Layer {self.layer_id} carried over"
