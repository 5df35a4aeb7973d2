from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project
from articles.models.files import StoredFile
from articles.models.jobs import Job


class Import(models.Model):
    """An upload, what was found in it, and what is to be done with it. Its file is kept until the import has
    ended."""

    class Twins(models.TextChoices):
        """What to do with articles that nearly repeat an existing one: reprints and updates."""

        IMPORT = "import", _("Import them like any other")
        LINK = "link", _("Import them, and link them to the article they repeat")
        SKIP = "skip", _("Leave them out")

    class Corrections(models.TextChoices):
        """What to do with articles that have the external id of an existing one, but another text."""

        SKIP = "skip", _("Leave them out")
        CORRECT = "correct", _("Take their text as a correction")

    class Unknown(models.TextChoices):
        """What to do with labels, relations and attributes that the schema does not have."""

        REFUSE = "refuse", _("They are problems")
        ADD = "add", _("They are added to the schema")
        LEAVE_OUT = "leave_out", _("They are left out")

    project = models.ForeignKey(Project, models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=255)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="imports")
    format = models.CharField(max_length=32)
    encoding = models.CharField(max_length=32, default="utf-8")
    options = models.JSONField(default=dict, blank=True, help_text="Of the format, by name.")
    mapping = models.JSONField(
        default=dict, blank=True, help_text="What labels and the like of the file become in the schema."
    )
    unknown = models.CharField(max_length=16, choices=Unknown.choices, default=Unknown.REFUSE)
    layer = models.CharField(
        max_length=160, default="gold", help_text="Where spans go: gold, user:NAME or engine:NAME."
    )
    twins = models.CharField(max_length=8, choices=Twins.choices, default=Twins.LINK)
    corrections = models.CharField(
        max_length=8, choices=Corrections.choices, default=Corrections.SKIP, db_default=Corrections.SKIP
    )
    only_valid = models.BooleanField(default=False, help_text="Leave out what has problems.")
    preview = models.JSONField(default=dict)
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="upload")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name
