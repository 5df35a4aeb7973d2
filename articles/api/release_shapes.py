"""Shapes of releases in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.api.serializers import JobSerializer
from articles.forms.exports import MAX_SEED
from articles.models import Release
from articles.queries.exports.splits import DEFAULT_SEED, TOGETHER, TWINS


class NewReleaseSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    notes = serializers.CharField(
        max_length=10_000, required=False, default="", allow_blank=True, help_text="Markdown."
    )
    licence = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    authors = serializers.BooleanField(
        required=False, default=False, help_text="Name who annotated and approved."
    )
    format = serializers.CharField(max_length=40, required=False, default="jsonl")
    options = serializers.DictField(
        child=serializers.CharField(max_length=200), required=False, default=dict, help_text="Of the format."
    )
    layer = serializers.CharField(
        max_length=200, required=False, default="gold", help_text="gold, user:NAME, engine:NAME or all."
    )
    filters = serializers.DictField(
        required=False, default=dict, help_text="As in the article list, but for mine and comments."
    )
    split = serializers.DictField(
        child=serializers.IntegerField(),
        required=False,
        default=None,
        allow_null=True,
        help_text='Shares by part, like {"train": 80, "dev": 10, "test": 10}; null for no parts.',
    )
    seed = serializers.IntegerField(min_value=0, max_value=MAX_SEED, required=False, default=DEFAULT_SEED)
    group = serializers.MultipleChoiceField(
        choices=list(TOGETHER.items()), required=False, default={TWINS}, help_text="What stays in one part."
    )
    keep_parts = serializers.BooleanField(
        required=False, default=True, help_text="Articles keep the part that an earlier release gave them."
    )
    comments = serializers.BooleanField(required=False, default=False, help_text="Also what people said.")
    history = serializers.BooleanField(required=False, default=False, help_text="Also every edit.")


class ReleaseRowSerializer(serializers.ModelSerializer[Release]):
    """Counts, size and SHA-256 are null while it is being made; changes also for the first release."""

    project = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    created_by = serializers.SlugRelatedField[Any](slug_field="username", read_only=True)
    job = JobSerializer(read_only=True)
    counts = serializers.DictField(read_only=True, allow_null=True, help_text="articles, spans, labels ...")
    changes = serializers.DictField(read_only=True, allow_null=True, help_text="Since the one before.")
    size = serializers.IntegerField(source="file.size", default=None, allow_null=True, help_text="Bytes.")
    sha256 = serializers.CharField(source="file.sha256", default=None, allow_null=True)

    class Meta:
        model = Release
        fields: tuple[str, ...] = (
            "id",
            "project",
            "number",
            "title",
            "created_by",
            "created_at",
            "published_at",
            "counts",
            "changes",
            "size",
            "sha256",
            "job",
        )
        read_only_fields = fields


class ReleaseSerializer(ReleaseRowSerializer):
    """A release with everything known about it. `changes` names the first 100 articles of each kind."""

    class Meta(ReleaseRowSerializer.Meta):
        fields = (*ReleaseRowSerializer.Meta.fields, "notes", "query", "manifest", "card")
        read_only_fields = fields
