from __future__ import annotations

from django.db import models

from annotator.users.models import Project


class Variation(models.Model):
    """Words that the layers of one author label in more than one way, or sometimes not at all, as they were
    last counted. `labels` are pairs of label and count, the most frequent first."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="variations", db_index=False)
    layer = models.CharField(max_length=200, help_text="gold, user:NAME or engine:NAME.")
    form = models.CharField(max_length=100)
    labels = models.JSONField()
    unlabelled = models.PositiveIntegerField()
    score = models.FloatField(help_text="Bits of surprise in its rarer readings.")

    class Meta:
        ordering = ["-score", "-id"]
        indexes = [models.Index(fields=["project", "layer", "-score", "-id"], name="variation_list")]
        constraints = [
            models.UniqueConstraint(fields=["project", "layer", "form"], name="variation_once_a_form")
        ]

    def __str__(self) -> str:
        return self.form
