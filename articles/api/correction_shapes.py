"""Shapes of corrected texts."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.models import CorrectionTodo
from articles.models.articles import MAX_TEXT_LENGTH
from articles.queries.corrections.todos import DONE, KEEP, REMOVE


class TextVersionSerializer(serializers.Serializer[Any]):
    """One text of an article. Each text is an article of its own and can be read like any other."""

    article = serializers.IntegerField(source="article.pk")
    number = serializers.IntegerField()
    is_current = serializers.BooleanField(help_text="Whether it is the text as it is now.")
    sha256 = serializers.CharField(source="article.sha256")
    made_by = serializers.CharField(source="correction.made_by.username", default=None, allow_null=True)
    made_at = serializers.DateTimeField(source="correction.made_at", default=None, allow_null=True)
    reason = serializers.CharField(source="correction.reason", default="")
    undone_at = serializers.DateTimeField(source="correction.undone_at", default=None, allow_null=True)


class CorrectionSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=MAX_TEXT_LENGTH, trim_whitespace=False)
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class LayerPlanSerializer(serializers.Serializer[Any]):
    """What becomes of one layer."""

    author = serializers.CharField(source="layer.author")
    certain = serializers.IntegerField(help_text="Spans that come along.")
    unsure = serializers.IntegerField(help_text="Spans that come along and are to be looked at.")
    lost = serializers.IntegerField(help_text="Spans whose words are gone.")
    passages = serializers.SerializerMethodField(help_text="Stretches of new words, in code points.")

    def get_passages(self, plan: Any) -> list[list[int]]:
        return [list(one) for one in plan.passages]


class CorrectionTodoSerializer(serializers.ModelSerializer[CorrectionTodo]):
    """A place to look at. For a passage that is new, `was_start` is null; for a span that was lost, the place
    is empty."""

    article = serializers.IntegerField(source="layer.article_id")
    author = serializers.CharField(source="layer.author")

    class Meta:
        model = CorrectionTodo
        fields = ("id", "article", "author", "kind", "span", "label", "start", "end", "was_start", "was_end")
        read_only_fields = fields


class AnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.ChoiceField(
        choices=[KEEP, REMOVE, DONE],
        help_text="Of a span: keep or remove. Of a lost one and of new words: done.",
    )
