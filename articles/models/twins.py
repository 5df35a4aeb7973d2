from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from articles.models.articles import Article


class Fingerprint(models.Model):
    """What near-duplicates are found by. `articles.domain.stories.twins` describes both fields."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="fingerprint")
    project = models.ForeignKey("users.Project", models.PROTECT, related_name="+", db_index=False)
    signature = models.BinaryField()
    bands = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands")]

    def __str__(self) -> str:
        return f"Fingerprint of article {self.article_id}"


class Twin(models.Model):
    """An article that nearly repeats an earlier one of its project: a reprint or an update."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="twin")
    original = models.ForeignKey(Article, models.CASCADE, related_name="twins")
    similarity = models.FloatField(help_text="Share of word sequences in common, 0 to 1.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(similarity__gt=0, similarity__lte=1), name="twin_similarity_0_to_1"
            ),
            models.CheckConstraint(condition=~Q(article=models.F("original")), name="twin_of_another"),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id} repeats {self.original_id}"
