"""Shapes of stories: articles that nearly repeat each other."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.models import Status


class StorySerializer(serializers.Serializer[Any]):
    article = serializers.IntegerField(source="head.pk", help_text="The earliest of the story.")
    title = serializers.CharField(source="head.title")
    size = serializers.IntegerField(help_text="How many articles tell it.")
    gold = serializers.IntegerField(help_text="How many of them are gold.")
    first_on = serializers.DateField(allow_null=True)
    last_on = serializers.DateField(allow_null=True)


class StoryPageSerializer(serializers.Serializer[Any]):
    results = StorySerializer(many=True)
    next = serializers.IntegerField(allow_null=True, help_text="The number of the next page.")


class MemberOfStorySerializer(serializers.Serializer[Any]):
    article = serializers.IntegerField(source="article.pk")
    title = serializers.CharField(source="article.title")
    status = serializers.ChoiceField(source="article.status", choices=Status.choices)
    published_on = serializers.DateField(source="article.published_on", allow_null=True)
    similarity = serializers.FloatField(
        allow_null=True, help_text="Share of word sequences in common with the original, which has none."
    )


class StoryOfArticleSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField(help_text="Of a very large story only the first members are listed.")
    members = MemberOfStorySerializer(many=True)


class ComesAlongSerializer(serializers.Serializer[Any]):
    """What of the first article's gold has a certain place in the second."""

    spans = serializers.IntegerField()
    doubtful = serializers.ListField(
        child=serializers.UUIDField(), help_text="Spans of the gold layer without a certain place."
    )
    lost_relations = serializers.IntegerField()


class AlignmentSerializer(serializers.Serializer[Any]):
    """Two texts beside each other. White space does not count."""

    words = serializers.IntegerField(help_text="Of the first text; punctuation counts, too.")
    other_words = serializers.IntegerField()
    same_words = serializers.IntegerField(help_text="In stretches of three or more that both texts have.")
    stretches = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()),
        help_text="Each as start and end in the first text, then in the second; code points.",
    )
    gold = ComesAlongSerializer(
        allow_null=True, help_text="For reviewers, once the first article's gold is approved."
    )


class CarriedOverSerializer(serializers.Serializer[Any]):
    articles = serializers.IntegerField(help_text="That got suggestions.")
    spans = serializers.IntegerField()
    doubtful = serializers.IntegerField(help_text="Spans without a certain place.")
    left = serializers.IntegerField(help_text="Articles that still wait: ask again.")
