from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models.engines import ProjectEngine
from articles.models.files import StoredFile
from articles.models.jobs import Job


class EngineVersionQuerySet(models.QuerySet["EngineVersion"]):
    def live(self) -> Self:
        return self.filter(state=EngineVersion.State.LIVE)


class EngineVersion(models.Model):
    """What an engine has learned from the gold of its project at one time, and how good it is."""

    class State(models.TextChoices):
        REFUSED = "refused", _("Not better")
        LIVE = "live", _("Live")
        RETIRED = "retired", _("Was live")

    engine = models.ForeignKey(ProjectEngine, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(
        max_length=500, blank=True, db_default="", help_text="Why it did or did not go live."
    )
    model = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", help_text="Gone when it is old."
    )
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    schema_version = models.PositiveIntegerField(help_text="The label schema it was trained under.")
    articles = models.PositiveIntegerField(help_text="Gold articles that it learned from.")
    held_out = models.PositiveIntegerField(help_text="Gold articles that it was measured on, and never saw.")
    figures = models.JSONField(default=dict, help_text="Scores with their intervals, and the learning curve.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    live_since = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[EngineVersion]] = EngineVersionQuerySet.as_manager()

    class Meta:
        ordering = ["engine", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["engine", "number"], name="engine_version_once"),
            models.UniqueConstraint(
                fields=["engine"], condition=Q(state="live"), name="engine_version_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.number}"

    @property
    def can_go_live(self) -> bool:
        """Whether what it learned is still kept, and not live already."""
        return self.model_id is not None and self.state != EngineVersion.State.LIVE
