from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from articles.models.articles import Article


class Sitting(models.Model):
    """One person's time at one article, from opening to leaving it. `seconds` are active ones: pauses and
    hidden windows are not counted."""

    id = models.UUIDField(primary_key=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="sittings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sittings")
    seconds = models.PositiveIntegerField()
    began_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["user", "began_at"], name="sitting_of_user")]
        constraints = [models.CheckConstraint(condition=Q(seconds__lte=86_400), name="sitting_within_a_day")]

    def __str__(self) -> str:
        return f"{self.seconds} s by {self.user} at article {self.article_id}"
