from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from articles.models.articles import Article
from articles.models.layers import Layer, Span


class PlantQuerySet(models.QuerySet["Plant"]):
    def still_wrong(self) -> Self:
        """Without plants that are right after all, or may be: approved gold has them, or an engine suggests
        them by now, because labels were merged or the engine has changed."""
        layers = Layer.objects.filter(article=OuterRef(OuterRef("article")))
        saying = layers.filter(Q(kind=Layer.Kind.ENGINE) | Q(kind=Layer.Kind.GOLD, approved_at__isnull=False))
        place = {name: OuterRef(name) for name in ("start", "end", "label")}
        return self.exclude(Exists(Span.objects.filter(layer__in=saying.values("pk"), **place)))


class Plant(models.Model):
    """A suggestion that is known to be wrong. A project can choose to show some among the others, to see
    whether people check what they accept.

    Its id is that of a suggestion. It has the confidence and the engine of the real suggestion that it
    replaces. Offsets are code points.
    """

    id = models.UUIDField(primary_key=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="plants")
    start = models.IntegerField()
    end = models.IntegerField()
    label = models.CharField(max_length=64)
    confidence = models.FloatField(null=True)
    sources = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[models.Manager[Plant]] = PlantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(start__gte=0, end__gt=F("start")), name="plant_not_empty"),
            models.UniqueConstraint(fields=["article", "start", "end", "label"], name="plant_once"),
        ]

    def __str__(self) -> str:
        return f"planted {self.label} {self.start}-{self.end}"


class PlantAnswer(models.Model):
    """What somebody did with a plant that they were shown, when they handed the article in for the first
    time."""

    plant = models.ForeignKey(Plant, models.CASCADE, related_name="answers", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="plant_answers")
    accepted = models.BooleanField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plant", "user"], name="plant_answered_once")]

    def __str__(self) -> str:
        return f"{self.plant_id} {'accepted' if self.accepted else 'not accepted'} by {self.user_id}"
