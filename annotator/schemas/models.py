from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from annotator.schemas.definition import Definition, parse_definition
from annotator.users.models import Project


class LabelSchema(models.Model):
    """A project's label schema: one draft that is edited, and published versions that never change."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="label_schema")
    draft = models.JSONField(help_text="The definition as it would be published next.")
    draft_saved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Label schema of {self.project}"


class SchemaVersion(models.Model):
    """A published definition. Rows are written once; a database trigger refuses to change them."""

    schema = models.ForeignKey(LabelSchema, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    published_at = models.DateTimeField(db_default=Now(), editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["schema", "-number"]
        constraints = [models.UniqueConstraint(fields=["schema", "number"], name="schema_version_once")]

    def __str__(self) -> str:
        return f"{self.schema}, version {self.number}"

    @property
    def definition(self) -> Definition:
        return parse_definition(self.data)
