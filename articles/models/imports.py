from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from annotator.users.models import Project
from articles.models.jobs import Job


class Import(models.Model):
    """An uploaded file with what was found in it. The content lives here until the import has ended, so that
    any worker on any machine can read it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=32)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    layer = models.CharField(max_length=160, default="gold", help_text="Where spans go: gold or user:NAME.")
    only_valid = models.BooleanField(default=False, help_text="Leave out what has problems.")
    preview = models.JSONField(default=dict)
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="upload")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name
