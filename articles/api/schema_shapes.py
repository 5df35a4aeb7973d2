"""Shapes of changes of the label schema."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.api.serializers import JobSerializer
from articles.models import SchemaChange


class SchemaPlanSerializer(serializers.Serializer[Any]):
    """What is to change. All steps happen at once."""

    steps = serializers.ListField(
        child=serializers.DictField(),
        help_text="`do`, `kind`, `names`, `to`; of options `attribute`; of a split `rules`, `by_hand`; of "
        "what is added `definition`.",
    )


class SchemaChangeSerializer(serializers.ModelSerializer[SchemaChange]):
    """A change that was published. `undoes` is the change that it takes back."""

    version = serializers.IntegerField(source="after.number", help_text="Of the schema, published with it.")
    created_by = serializers.SlugRelatedField[Any](slug_field="username", read_only=True)
    job = JobSerializer(read_only=True)

    class Meta:
        model = SchemaChange
        fields = ("id", "version", "plan", "undoes", "notes", "created_by", "published_at", "job")
        read_only_fields = fields


class PreviewedStepSerializer(serializers.Serializer[Any]):
    step = serializers.CharField(help_text="In words.")
    amount = serializers.IntegerField(help_text="Spans, relations or labels that change.")
    articles = serializers.IntegerField()
    by_kind = serializers.DictField(child=serializers.IntegerField(), help_text="gold, user, engine")
    by_status = serializers.DictField(child=serializers.IntegerField(), help_text="Articles by status.")


class PreviewSerializer(serializers.Serializer[Any]):
    steps = PreviewedStepSerializer(many=True)
    remarks = serializers.ListField(child=serializers.CharField(), help_text="What else it comes to.")
    problems = serializers.ListField(
        child=serializers.CharField(), help_text="What keeps the plan from being carried out."
    )
