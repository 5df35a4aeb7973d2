"""Shapes of engines, what they have learned, and their runs."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.models import EngineVersion, ProjectEngine, RunItem


class EngineSerializer(serializers.ModelSerializer[ProjectEngine]):
    class Meta:
        model = ProjectEngine
        fields = ("name", "kind", "enabled", "settings")
        read_only_fields = ("name", "kind")


class EngineVersionSerializer(serializers.ModelSerializer[EngineVersion]):
    figures = serializers.JSONField(
        read_only=True,
        help_text="Scores on the held-out articles as [value, low, high], and the learning curve.",
    )

    class Meta:
        model = EngineVersion
        fields = (
            "number",
            "state",
            "reason",
            "articles",
            "held_out",
            "schema_version",
            "created_at",
            "live_since",
            "figures",
        )
        read_only_fields = fields


class NewEngineSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=64, required=False, default="")
    settings = serializers.DictField(required=False, default=None, allow_null=True)
    secrets = serializers.DictField(
        child=serializers.CharField(max_length=2000),
        required=False,
        default=dict,
        help_text="Keys by the names of their settings. They are never shown again.",
    )


class EngineChangesSerializer(serializers.Serializer[Any]):
    enabled = serializers.BooleanField(required=False)
    settings = serializers.DictField(required=False, help_text="All of them: what is left out is not set.")
    secrets = serializers.DictField(
        child=serializers.CharField(max_length=2000, allow_blank=True),
        required=False,
        help_text="Only what changes; an empty key is forgotten.",
    )


class EngineTrySerializer(serializers.Serializer[Any]):
    article = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    settings = serializers.DictField(
        required=False, default=dict, help_text="In the place of those that are kept, by their names."
    )


class EngineTriedSerializer(serializers.Serializer[Any]):
    article = serializers.IntegerField()
    characters = serializers.IntegerField(help_text="How much of the text was read, at most.")
    spans = serializers.ListField(
        child=serializers.DictField(), help_text="Each with `start`, `end`, `label`, `confidence`."
    )


class RunSerializer(serializers.Serializer[Any]):
    engine = serializers.CharField(
        required=False, default="", help_text="One engine; all enabled ones without it."
    )
    articles = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, default=list, max_length=100_000
    )
    filter = serializers.DictField(required=False, default=dict, help_text="As in the article list.")


class RetrySerializer(serializers.Serializer[Any]):
    articles = serializers.ListField(
        child=serializers.IntegerField(min_value=1),
        required=False,
        default=list,
        max_length=10_000,
        help_text="Articles that a run has set aside; all of them without it.",
    )


class FailureSerializer(serializers.Serializer[RunItem]):
    article = serializers.IntegerField(source="article_id")
    title = serializers.CharField(source="article")
    reason = serializers.CharField(source="error")
    tries = serializers.IntegerField()
