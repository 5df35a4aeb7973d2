from __future__ import annotations

from django.db import models
from django.db.models import F

from annotator.users.models import Project
from articles.models.articles import Article


class Rank(models.Model):
    """The place of an article in the queue. `gain` is what an engine would learn from it for each second of
    an annotator's time; a higher `ease` means easier; `seconds` is the predicted time to annotate it."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="rank")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    priority = models.SmallIntegerField(default=0, help_text="The higher, the sooner.")
    gain = models.FloatField(null=True, blank=True)
    ease = models.FloatField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index("project", F("priority").desc(), "article", name="rank_priority"),
            models.Index("project", F("gain").desc(nulls_last=True), "article", name="rank_gain"),
            models.Index("project", F("ease").desc(nulls_last=True), "article", name="rank_ease"),
        ]

    def __str__(self) -> str:
        return f"Rank of article {self.article_id}"
