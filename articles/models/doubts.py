from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project
from articles.models.articles import Article


class DoubtQuerySet(models.QuerySet["Doubt"]):
    def open(self) -> Self:
        return self.filter(state=Doubt.State.OPEN)


class Doubt(models.Model):
    """A likely error in finished work, to be fixed or dismissed.

    `start`, `end` and `label` are what gold has (no label: nothing), `other_*` what may be right instead.
    Offsets are code points.
    """

    class Kind(models.TextChoices):
        WORDS = "words", _("The same words, otherwise labelled")
        ENGINE = "engine", _("An engine is sure of something else")
        BOUNDARY = "boundary", _("An unusual boundary")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        FIXED = "fixed", _("Fixed")
        DISMISSED = "dismissed", _("Is right")

    project = models.ForeignKey(Project, models.PROTECT, related_name="doubts", db_index=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="doubts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    start = models.IntegerField()
    end = models.IntegerField()
    label = models.CharField(max_length=64, blank=True)
    other_start = models.IntegerField()
    other_end = models.IntegerField()
    other_label = models.CharField(max_length=64, blank=True)
    score = models.FloatField(help_text="How likely an error: 0 to 1.")
    reason = models.CharField(max_length=300, help_text="A sentence for the reviewer.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager[Doubt]] = DoubtQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        indexes = [models.Index(fields=["project", "state", "-score", "id"], name="doubt_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "start", "end", "label", "other_start", "other_end", "other_label"],
                name="doubt_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label or 'nothing'} or {self.other_label or 'nothing'} at {self.start}-{self.end}"
