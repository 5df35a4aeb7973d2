from __future__ import annotations

from django.db import models

from articles.models.articles import Article


class Tokenization(models.Model):
    """The tokens that an article was imported with, so that exports in formats with tokens have the same
    ones.

    `data` is `articles.formats.base.Tokens` as JSON.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="tokenization")
    data = models.JSONField()

    def __str__(self) -> str:
        return f"Tokens of article {self.article_id}"
