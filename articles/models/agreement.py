from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from articles.models.layers import Layer


class LayerPair(models.Model):
    """Two people's readings of one article, compared when their layers had these versions.

    `counts` are those of `articles.domain.agreement.pair_counts` as JSON, counted by that version of the
    `method`. The first reader is the one with the lower id.
    """

    first = models.ForeignKey(Layer, models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Layer, models.CASCADE, related_name="+")
    first_version = models.PositiveIntegerField()
    second_version = models.PositiveIntegerField()
    method = models.PositiveSmallIntegerField()
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="layer_pair_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="layer_pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"Layers {self.first_id} and {self.second_id}"
