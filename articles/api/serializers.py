"""Shapes of the API. Every serializer names its fields; offsets are code points."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from rest_framework import serializers

from annotator.users.models import ApiToken, Project, Role
from articles.api.disagreement_shapes import StandingSerializer
from articles.models import Article, Job, Status
from articles.models.articles import MAX_TEXT_LENGTH
from articles.queries.corrections.versions import text_that_counts, version_number
from articles.queries.stories.twins import repeated_by

MAX_ARTICLES_A_REQUEST = 1000


class ProjectSerializer(serializers.ModelSerializer[Project]):
    archived = serializers.BooleanField(source="is_archived", read_only=True)

    class Meta:
        model = Project
        said = ("slug", "name", "description", "guidelines")
        fields = (*said, *Project.SETTINGS, "archived", "created_at")
        read_only_fields = ("slug", "created_at")


class NewProjectSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField(max_length=64)
    name = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    template = serializers.CharField(max_length=64, required=False, default="newsroom")
    schema = serializers.JSONField(required=False, default=None)
    annotators_per_article = serializers.IntegerField(min_value=1, max_value=5, required=False, default=1)


class MemberSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150, validators=[UnicodeUsernameValidator()])
    role = serializers.ChoiceField(choices=Role.choices)
    name = serializers.CharField(read_only=True)
    password = serializers.CharField(
        write_only=True, required=False, help_text="For a site administrator who creates the user."
    )


class ArticleRowSerializer(serializers.ModelSerializer[Article]):
    class Meta:
        model = Article
        fields = (
            "id",
            "external_id",
            "title",
            "published_on",
            "source",
            "agency",
            "dateline",
            "byline",
            "language",
            "url",
            "length",
            "status",
            "created_at",
        )
        read_only_fields = fields


class ArticleSerializer(serializers.ModelSerializer[Article]):
    project = serializers.SlugRelatedField[Project](slug_field="slug", read_only=True)
    repeats = serializers.SerializerMethodField(help_text="The article that it nearly repeats.")
    version = serializers.SerializerMethodField(help_text="Of the text: 1 until it is corrected.")
    current = serializers.SerializerMethodField(
        help_text="The article that holds the text as it is now; itself, if it was not corrected."
    )

    class Meta:
        model = Article
        fields = (
            *ArticleRowSerializer.Meta.fields,
            "project",
            "text",
            "sha256",
            "metadata",
            "repeats",
            "version",
            "current",
        )
        read_only_fields = (
            "id",
            "external_id",
            "length",
            "status",
            "created_at",
            "project",
            "text",
            "sha256",
        )

    def get_repeats(self, article: Article) -> int | None:
        original = repeated_by([article]).get(article.pk)
        return original.pk if original else None

    def get_version(self, article: Article) -> int:
        return version_number(article)

    def get_current(self, article: Article) -> int:
        return text_that_counts(article.pk)

    def validate_metadata(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise serializers.ValidationError("Metadata is an object.")
        return value


class NewArticleSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=MAX_TEXT_LENGTH, trim_whitespace=False)
    title = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    published_on = serializers.DateField(required=False, default=None, allow_null=True)
    source = serializers.CharField(  # type: ignore[assignment]  # a field, not DRF's attribute
        max_length=200, required=False, default="", allow_blank=True
    )
    dateline = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    byline = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    language = serializers.CharField(max_length=35, required=False, default="", allow_blank=True)
    url = serializers.URLField(max_length=2000, required=False, default="", allow_blank=True)
    external_id = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    metadata = serializers.DictField(required=False, default=dict)


class SpanSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    start = serializers.IntegerField(help_text="First code point.")
    end = serializers.IntegerField(help_text="Code point after the last.")
    label = serializers.CharField()  # type: ignore[assignment]
    fragments = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    attributes = serializers.DictField()
    confidence = serializers.FloatField(allow_null=True)
    suggestion = serializers.UUIDField(allow_null=True)


class RelationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    type = serializers.CharField()
    source = serializers.UUIDField()  # type: ignore[assignment]
    target = serializers.UUIDField()
    attributes = serializers.DictField()


class LayerRowSerializer(serializers.Serializer[Any]):
    author = serializers.CharField(help_text="user:NAME, engine:NAME or gold")
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=["open", "submitted", "approved"])
    submitted_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    engine_version = serializers.CharField()
    spans = serializers.IntegerField()


class LayerSerializer(serializers.Serializer[Any]):
    author = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=["open", "submitted", "approved"])
    submitted_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    engine_version = serializers.CharField()
    spans = SpanSerializer(many=True)
    relations = RelationSerializer(many=True)
    labels = serializers.ListField(child=serializers.CharField())
    rejected = serializers.ListField(
        child=serializers.DictField(), help_text="Suggestions not wanted: start, end and label."
    )
    schema_version = serializers.IntegerField(
        required=False, help_text="The label schema that is labelled by now; of a layer as it is now."
    )
    decisions = StandingSerializer(many=True, required=False, help_text="Of gold, for reviewers.")
    current = serializers.IntegerField(
        required=False, help_text="Of an earlier text: the article that holds the text as it is now."
    )


class PastEditSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Of the layer, after it.")
    op = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment] # the stubs mean another `data`
    by = serializers.DictField(allow_null=True, help_text="username and name")
    at = serializers.DateTimeField()


class EditSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Made by the client; sending it twice changes nothing.")
    op = serializers.CharField(
        help_text="add_span, change_span, remove_span, add_relation, change_relation, ..."
    )
    span = serializers.DictField(required=False)
    relation = serializers.DictField(required=False)
    suggestion = serializers.DictField(required=False)
    labels = serializers.ListField(child=serializers.CharField(), required=False)
    decision = serializers.DictField(required=False)
    part_of = serializers.UUIDField(
        required=False, help_text="The `decide` edit that this one carries out; it falls with that one."
    )


class EditsSerializer(serializers.Serializer[Any]):
    edits = EditSerializer(many=True)


class EditResultSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=["applied", "duplicate", "rejected"])
    reason = serializers.CharField()


class OutcomeSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    results = EditResultSerializer(many=True)
    current = serializers.IntegerField(
        required=False,
        help_text="Where the text was corrected meanwhile, the article that holds it now, and your edits.",
    )


class StatusSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=Status.choices)


class PlantedSerializer(serializers.Serializer[Any]):
    by = serializers.CharField(help_text="Who accepted it.")
    start = serializers.IntegerField(help_text="First code point.")
    end = serializers.IntegerField(help_text="Code point after the last.")
    label = serializers.CharField()  # type: ignore[assignment]


class SubmittedSerializer(StatusSerializer):
    planted = PlantedSerializer(many=True)


class AfterSerializer(serializers.Serializer[Any]):
    after = serializers.IntegerField(
        required=False,
        default=None,
        allow_null=True,
        min_value=1,
        help_text="The article that you have open.",
    )


class SeenSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(
        required=False,
        default=None,
        allow_null=True,
        min_value=0,
        help_text="The version of the layer that you saw.",
    )


class FlagSerializer(serializers.Serializer[Any]):
    flagged = serializers.BooleanField()
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class SkipSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class TimeSerializer(serializers.Serializer[Any]):
    sitting = serializers.UUIDField(help_text="Made by the client, one for each opening of the article.")
    seconds = serializers.IntegerField(min_value=0, max_value=86_400, help_text="Active ones, all in all.")


class NextSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    url = serializers.CharField()


class JobSerializer(serializers.ModelSerializer[Job]):
    project = serializers.SlugRelatedField[Project](slug_field="slug", read_only=True)
    created_by = serializers.SlugRelatedField[Any](slug_field="username", read_only=True)

    class Meta:
        model = Job
        fields = (
            "id",
            "project",
            "kind",
            "state",
            "done",
            "total",
            "report",
            "error",
            "created_by",
            "created_at",
            "started_at",
            "finished_at",
        )
        read_only_fields = fields


class PrioritySerializer(serializers.Serializer[Any]):
    priority = serializers.IntegerField(min_value=-1000, max_value=1000, help_text="The higher, the sooner.")
    articles = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, default=list, max_length=100_000
    )
    filter = serializers.DictField(required=False, default=dict, help_text="As in the article list.")


class PreferencesSerializer(serializers.Serializer[Any]):
    preferences = serializers.DictField(
        child=serializers.JSONField(allow_null=True), help_text="Only what changes; null takes one away."
    )


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    class Meta:
        model = ApiToken
        fields = ("id", "name", "scope", "hint", "created_at", "expires_at", "last_used_at")
        read_only_fields = ("id", "hint", "created_at", "last_used_at")
