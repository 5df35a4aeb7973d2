from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from articles.models.articles import Article


class GoldPart(models.Model):
    """Whether engines learn from an article or are measured on it.

    It is decided once, so that all versions are compared on articles that none of them has seen. What was
    learned from is never measured on afterwards.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="gold_part")
    held_out = models.BooleanField(help_text="Engines are measured on it, and never learn from it.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"Article {self.article_id}: {'held out' if self.held_out else 'to learn from'}"
