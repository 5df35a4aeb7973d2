from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotator.users.models import Project, User
from articles.models.articles import Article
from articles.models.layers import Layer


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def of(self, project: Project, user: User | None = None) -> Self:
        """Feedback to everybody in a project, or to one of them."""
        mine = self.filter(article__project=project, number__gt=0)
        return mine.filter(layer__user=user) if user else mine

    def unseen(self) -> Self:
        return self.filter(seen_at__isnull=True)


class Feedback(models.Model):
    """The differences between one annotator's layer and gold, at the time when gold was approved.

    `changes` is a list of `{kind, name, start, end, said, gold, reason}`, with `said` and `gold` as
    `articles.domain.gold.told.told` writes them; `number` is its length.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="feedback", db_index=False)
    layer = models.OneToOneField(Layer, models.PROTECT, related_name="feedback")
    changes = models.JSONField(default=list, blank=True)
    number = models.PositiveIntegerField(default=0)
    given_at = models.DateTimeField(db_default=Now(), editable=False)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Feedback]] = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        indexes = [
            models.Index(fields=["article"], name="feedback_of_article"),
            models.Index(
                fields=["layer"], name="feedback_unseen", condition=Q(seen_at__isnull=True, number__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"Feedback on layer {self.layer_id}"
