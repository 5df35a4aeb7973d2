"""Shapes of the concordance and of bulk edits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from articles.domain.concordance import Sorting
from articles.models import BulkEdit
from articles.queries.bulk_plans import BulkPlan
from articles.queries.concordance.finders import Way
from articles.queries.concordance.page import Row


class ConcordanceQuerySerializer(serializers.Serializer[Any]):
    """Only for the documentation: what is sent is read by the form of the page. All filters of the list of
    articles may be given, too."""

    text = serializers.CharField(required=False, help_text="A word, a phrase or a regular expression.")
    way = serializers.ChoiceField(choices=[*Way], required=False, help_text="How `text` is found.")
    match_case = serializers.BooleanField(required=False)
    labelled = serializers.CharField(required=False, help_text="A label exactly at the place; `-` for none.")
    layer = serializers.CharField(required=False, help_text="`gold`, `me`, `user:NAME` or `engine:NAME`.")
    sort = serializers.ChoiceField(choices=[*Sorting], required=False)
    page = serializers.IntegerField(required=False, help_text="From 1.")


class LineSerializer(serializers.Serializer[Any]):
    """One place, in code points. `labels` are on exactly this place; `touching` are on places that overlap
    it."""

    article = serializers.IntegerField()
    title = serializers.CharField()
    published_on = serializers.DateField(allow_null=True)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    before = serializers.CharField()
    words = serializers.CharField()
    after = serializers.CharField()
    labels = serializers.ListField(child=serializers.CharField())
    touching = serializers.ListField(child=serializers.CharField())


class ConcordanceSerializer(serializers.Serializer[Any]):
    places = serializers.IntegerField(help_text="How many there are; at most 10,000 are counted.")
    articles = serializers.IntegerField()
    remarks = serializers.ListField(child=serializers.CharField(), help_text="Why it may not be all.")
    results = LineSerializer(many=True)


class PlaceSerializer(serializers.Serializer[Any]):
    article = serializers.IntegerField(min_value=1, max_value=10**17)
    start = serializers.IntegerField(min_value=0, max_value=9_999_999)
    end = serializers.IntegerField(min_value=0, max_value=9_999_999)


class BulkRequestSerializer(serializers.Serializer[Any]):
    """`search` is what the concordance takes. Without `places` it is about everything found. With `dry_run`
    nothing is changed, and the answer is the plan."""

    id = serializers.UUIDField(required=False, help_text="Yours: asking twice does it once.")
    action = serializers.ChoiceField(choices=BulkEdit.Action.choices)
    label = serializers.CharField(required=False, default="", max_length=64, allow_blank=True)  # type: ignore[assignment]
    search = serializers.DictField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False), required=False, default=dict
    )
    places = PlaceSerializer(many=True, required=False)
    reopens = serializers.BooleanField(required=False, default=False)
    dry_run = serializers.BooleanField(required=False, default=False)


class BulkPlanSerializer(serializers.Serializer[Any]):
    changes = serializers.IntegerField()
    labels = serializers.DictField(child=serializers.IntegerField(), help_text="What stands there now.")
    articles = serializers.IntegerField()
    refused = serializers.DictField(child=serializers.IntegerField(), help_text="By reason.")
    remarks = serializers.ListField(
        child=serializers.CharField(), help_text="Why the search may not have found all."
    )


class BulkEditSerializer(serializers.ModelSerializer[BulkEdit]):
    """`counts` has the number of places by state: waiting, done, refused, undone, kept."""

    layer = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    state = serializers.CharField(source="job.state")
    created_by = serializers.SlugRelatedField[Any](slug_field="username", read_only=True)
    undone_by = serializers.SlugRelatedField[Any](slug_field="username", read_only=True)

    class Meta:
        model = BulkEdit
        fields = (
            "id",
            "action",
            "label",
            "layer",
            "reopens",
            "search",
            "remarks",
            "counts",
            "job",
            "state",
            "created_at",
            "created_by",
            "undone_at",
            "undone_by",
        )
        read_only_fields = fields

    def get_layer(self, bulk: BulkEdit) -> str:
        return "gold" if bulk.is_gold else f"user:{bulk.created_by.username}"

    def get_counts(self, bulk: Any) -> dict[str, int]:
        states = ("waiting", "done", "refused", "undone", "kept")
        return {state: getattr(bulk, f"{state}_count") for state in states}


def line_body(row: Row) -> dict[str, Any]:
    return {
        "article": row.line.article,
        "title": row.article.title,
        "published_on": row.article.published_on,
        "start": row.line.start,
        "end": row.line.end,
        "before": row.line.before,
        "words": row.line.words,
        "after": row.line.after,
        "labels": [one.name for one in row.labels if one.is_exact],
        "touching": [one.name for one in row.labels if not one.is_exact],
    }


def plan_body(plan: BulkPlan, remarks: Sequence[str]) -> dict[str, Any]:
    return {
        "changes": len(plan.changes),
        "labels": dict(plan.standing),
        "articles": len(plan.articles),
        "refused": dict(plan.reasons),
        "remarks": list(remarks),
    }
