from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from annotator.users.models import User
from articles.models.articles import Article


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def unfinished(self) -> Self:
        return self.filter(submitted_at__isnull=True)


class Assignment(models.Model):
    """An annotator's claim on an article."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Assignment]] = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="assignment_once")]
        indexes = [models.Index(fields=["user", "submitted_at"], name="assignment_of_user")]

    def __str__(self) -> str:
        return f"{self.user} on article {self.article_id}"
