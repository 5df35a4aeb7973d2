from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.engine_versions import EngineVersion
from articles.models.engines import ProjectEngine
from articles.models.jobs import Job


class Evaluation(models.Model):
    """One version of an engine measured against gold. `figures` are those of articles.domain.measures.scores
    as JSON."""

    engine = models.ForeignKey(ProjectEngine, models.PROTECT, related_name="evaluations")
    engine_version = models.CharField(max_length=64)
    learned = models.ForeignKey(
        EngineVersion, models.PROTECT, null=True, blank=True, related_name="evaluations"
    )
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    articles = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["engine", "-id"], name="evaluation_of_engine")]

    def __str__(self) -> str:
        return f"{self.engine} {self.engine_version} against {self.articles} articles"


class Mistake(models.Model):
    """A place where an engine and gold differ. `start`, `end` and `label` are the engine's, `gold_*` those of
    gold; offsets are code points."""

    class Kind(models.TextChoices):
        MISSED = "missed", _("Missed")
        INVENTED = "invented", _("Not in gold")
        BOUNDARY = "boundary", _("Other boundary")
        LABEL = "label", _("Other label")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="mistakes", db_index=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    label = models.CharField(max_length=64, blank=True)
    gold_start = models.IntegerField(null=True)
    gold_end = models.IntegerField(null=True)
    gold_label = models.CharField(max_length=64, blank=True)
    confidence = models.FloatField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["evaluation", "gold_label", "label", "id"], name="mistake_of_evaluation")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=False) | Q(gold_start__isnull=False), name="mistake_is_somewhere"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label or '-'} for {self.gold_label or '-'}"
