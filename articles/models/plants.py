from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from articles.models.articles import Article


class Plant(models.Model):
    """A suggestion that is known to be wrong, shown among the others where a project has chosen that, to see
    whether people look. Its id is that of a suggestion; offsets are code points."""

    id = models.UUIDField(primary_key=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="plants")
    start = models.IntegerField()
    end = models.IntegerField()
    label = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(start__gte=0, end__gt=F("start")), name="plant_not_empty"),
            models.UniqueConstraint(fields=["article", "start", "end", "label"], name="plant_once"),
        ]

    def __str__(self) -> str:
        return f"planted {self.label} {self.start}-{self.end}"
