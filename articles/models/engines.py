from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now

from annotator.users.models import Project


class ProjectEngine(models.Model):
    """An engine in one project. `kind` names the registered engine class; `name` is its name in the
    project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="engines")
    name = models.CharField(max_length=64, validators=[RegexValidator(r"^[a-z][a-z0-9-]*\Z")])
    kind = models.CharField(max_length=64)
    settings = models.JSONField(default=dict, blank=True)
    secrets = models.TextField(blank=True, default="", db_default="", editable=False, help_text="Encrypted.")
    enabled = models.BooleanField(default=True, help_text="Runs on new articles by itself.")
    learns = models.BooleanField(
        default=True, db_default=True, help_text="Learns by itself when there is more gold, if it can."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["project", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="project_engine_once")]

    def __str__(self) -> str:
        return self.name
