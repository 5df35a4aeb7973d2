from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotator.users.models import Project


class Handout(models.Model):
    """One time that a manager gave articles to people: who, to whom with what weights, and how many."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="handouts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    weights = models.JSONField(help_text="The weight of each person's share, by user name.")
    each = models.PositiveSmallIntegerField(help_text="How many annotators each article was to get.")
    due_on = models.DateField(null=True, blank=True)
    chosen = models.PositiveIntegerField(help_text="How many articles were chosen.")
    given = models.PositiveIntegerField(help_text="How many assignments came of it.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(each__range=(1, 5)), name="handout_one_to_five_annotators")
        ]

    def __str__(self) -> str:
        return f"{self.given} assignments by {self.by}"

    @property
    def is_weighted(self) -> bool:
        """Whether shares were to differ."""
        return len(set(self.weights.values())) > 1
