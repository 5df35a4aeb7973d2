from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from articles.models.articles import Article

# Scripts that put no spaces between words, so that a search for words finds nothing in them. Their texts
# alone have an index of trigrams: making one costs more than all the rest of an import.
WITHOUT_SPACES = "[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"


class SearchedText(models.Model):
    """The text and words of an article that searches look at.

    They have a row of their own; otherwise every change of an article's status would write the index of its
    words anew. Triggers create, change and delete it with the article.
    """

    article = models.OneToOneField(
        Article, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="search"
    )
    words = SearchVectorField(help_text="Of the title and the first 100,000 characters of the text.")
    is_whole = models.BooleanField(help_text="Whether these are all words: a tsvector holds at most 1 MB.")
    unspaced = models.TextField(  # noqa: DJ001 - what has none stays out of the index
        null=True, help_text="The text, where its script puts no spaces between words."
    )

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="searched_words"),
            models.Index(fields=["article"], condition=Q(is_whole=False), name="searched_in_part"),
            GinIndex(
                OpClass(Upper("unspaced"), "gin_trgm_ops"),
                condition=Q(unspaced__isnull=False),
                name="searched_trigrams",
            ),
        ]

    def __str__(self) -> str:
        return f"What is searched of article {self.article_id}"
