from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotator.users.models import User
from articles.models.articles import Article


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def unfinished(self) -> Self:
        """At work: neither handed in nor skipped."""
        return self.filter(submitted_at__isnull=True, skipped_at__isnull=True)

    def taking_room(self) -> Self:
        """Those that count against the number of annotators an article has."""
        return self.filter(skipped_at__isnull=True)

    def skipped(self) -> Self:
        return self.filter(skipped_at__isnull=False)


class Assignment(models.Model):
    """An annotator's claim on an article. One that was skipped takes no room, and keeps the article from
    being offered to that person again."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    blind = models.BooleanField(
        default=False, db_default=False, help_text="Given without suggestions, to see what they change."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    flagged_at = models.DateTimeField(
        null=True, blank=True, help_text="Not sure: to be looked at again later."
    )
    flag_note = models.CharField(max_length=500, blank=True, db_default="")
    skipped_at = models.DateTimeField(null=True, blank=True)
    skip_reason = models.CharField(max_length=500, blank=True, db_default="")

    objects: ClassVar[models.Manager[Assignment]] = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(skipped_at__isnull=True) | Q(submitted_at__isnull=True),
                name="assignment_skipped_or_submitted",
            ),
            models.CheckConstraint(
                condition=Q(skipped_at__isnull=True) | ~Q(skip_reason=""), name="assignment_skip_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["user", "submitted_at"], name="assignment_of_user")]

    def __str__(self) -> str:
        return f"{self.user} on article {self.article_id}"
