from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from articles.models.layers import Layer


class Edit(models.Model):
    """One change to a layer, made once and kept for ever.

    Refused edits are kept too, so that a repeated request always gets the same answer. `version` is the
    version of the layer after the edit, or null when it was refused.
    """

    id = models.UUIDField(primary_key=True)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="edits", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="edits")
    op = models.CharField(max_length=32)
    data = models.JSONField()
    version = models.PositiveIntegerField(null=True)
    reason = models.TextField(blank=True, help_text="Why it was refused.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layer", "version"], name="edit_makes_a_version"),
            models.CheckConstraint(
                condition=Q(version__isnull=True) | Q(reason=""), name="edit_applied_or_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.op} ({self.id})"
