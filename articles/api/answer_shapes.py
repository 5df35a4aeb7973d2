"""Shapes of exercises, attempts at them, and known articles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from articles.api.guard_shapes import HeldSerializer, held_body
from articles.domain.measures.f_measure import Mention
from articles.models import Attempt, Exercise, KnownReading
from articles.queries.known_gold.attempts import AttemptResult
from articles.queries.known_gold.figures import KnownRow, KnownScore


class PlaceSerializer(serializers.Serializer[Any]):
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]


class DifferenceSerializer(serializers.Serializer[Any]):
    fault = serializers.ChoiceField(choices=["missed", "extra", "label", "boundary"])
    gold = PlaceSerializer(allow_null=True)
    given = PlaceSerializer(allow_null=True)


class LinkDifferenceSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["relation", "chain", "attribute"])
    name = serializers.CharField(help_text="The relation type or the attribute.")
    place = serializers.CharField(help_text="`START-END`, in code points.")
    given = serializers.CharField(help_text="In words.")
    gold = serializers.CharField(help_text="In words.")


class AnswersSerializer(serializers.Serializer[Any]):
    right = serializers.IntegerField(help_text="Entities that are as in gold.")
    differences = DifferenceSerializer(many=True)
    links = LinkDifferenceSerializer(many=True)
    labels_missed = serializers.ListField(child=serializers.CharField())
    labels_extra = serializers.ListField(child=serializers.CharField())


class ExerciseSerializer(serializers.ModelSerializer[Exercise]):
    title = serializers.CharField(source="article", read_only=True)

    class Meta:
        model = Exercise
        fields = ("id", "kind", "title")


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """Scores are F1 from 0 to 1. They are null until it is handed in; those of relations and attributes also
    where there are none."""

    username = serializers.CharField(source="user.username", read_only=True)
    kind = serializers.CharField(source="exercise.kind", read_only=True)
    counts = serializers.SerializerMethodField(help_text="False where it gave way to another try.")

    class Meta:
        model = Attempt
        fields = (
            "id",
            "exercise",
            "kind",
            "username",
            "created_at",
            "graded_at",
            "exact",
            "overlap",
            "labels",
            "relations",
            "attributes",
            "counts",
        )

    def get_counts(self, attempt: Attempt) -> bool:
        return attempt.set_aside_at is None


class AttemptResultSerializer(AttemptSerializer):
    answers = AnswersSerializer(allow_null=True, help_text="Null until it is handed in.", read_only=True)

    class Meta(AttemptSerializer.Meta):
        fields = (*AttemptSerializer.Meta.fields, "answers")  # type: ignore[assignment]


class WeekSerializer(serializers.Serializer[Any]):
    week = serializers.DateField(help_text="Its Monday.")
    articles = serializers.IntegerField()
    f1 = serializers.ListField(child=serializers.FloatField(), help_text="`[value, low, high]`, exact.")


class KnownScoreSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    exact = HeldSerializer()
    overlap = HeldSerializer()
    weeks = WeekSerializer(many=True, help_text="Those with enough articles to say something.")


class KnownReadingSerializer(serializers.ModelSerializer[KnownReading]):
    username = serializers.CharField(source="user.username", read_only=True)
    title = serializers.CharField(source="known.article", read_only=True)

    class Meta:
        model = KnownReading
        fields = ("id", "username", "title", "handed_in_at", "in_gold", "given", "same", "overlapping")


class KnownResultSerializer(KnownReadingSerializer):
    answers = AnswersSerializer(read_only=True)

    class Meta(KnownReadingSerializer.Meta):
        fields = (*KnownReadingSerializer.Meta.fields, "answers")  # type: ignore[assignment]


class KnownArticleSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    article = serializers.IntegerField()
    title = serializers.CharField()
    given = serializers.IntegerField()
    handed_in = serializers.IntegerField()
    f1 = serializers.FloatField(allow_null=True, help_text="Exact, of all who handed it in.")


class NewKnownSerializer(serializers.Serializer[Any]):
    articles = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=1_000,
        help_text="Ids of articles.",
    )
    draw = serializers.IntegerField(required=False, min_value=1, max_value=1_000, help_text="By lot.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("articles" in attrs) == ("draw" in attrs):
            raise serializers.ValidationError("Send either articles or draw.")
        return attrs


class AddedSerializer(serializers.Serializer[Any]):
    added = serializers.IntegerField(help_text="Those that could join the test set.")


def answers_body(result: AttemptResult) -> dict[str, Any]:
    return {
        "right": result.right,
        "differences": [
            {"fault": one.fault, "gold": _place(one.gold), "given": _place(one.given)} for one in result.rows
        ],
        "links": [
            {"kind": one.kind, "name": one.name, "place": one.place, "given": one.given, "gold": one.gold}
            for one in result.links
        ],
        "labels_missed": list(result.labels_missed),
        "labels_extra": list(result.labels_extra),
    }


def score_body(score: KnownScore) -> dict[str, Any]:
    return {
        "username": score.user.username,
        "exact": held_body(score.exact),
        "overlap": held_body(score.overlap),
        "weeks": [
            _week(day, articles, place.point.value, place.point.low, place.point.high)
            for day, articles, place in score.trend.weeks
        ],
    }


def known_body(row: KnownRow) -> dict[str, Any]:
    return {
        "id": row.known.pk,
        "article": row.known.article_id,
        "title": str(row.known.article),
        "given": row.given,
        "handed_in": row.handed_in,
        "f1": None if row.f1 is None else round(row.f1, 4),
    }


def _week(day: date, articles: int, *f1: float) -> Mapping[str, Any]:
    return {"week": day, "articles": articles, "f1": [round(one, 4) for one in f1]}


def _place(mention: Mention | None) -> dict[str, Any] | None:
    return {"start": mention[0], "end": mention[1], "label": mention[2]} if mention else None
