"""Shapes of evaluations."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.models import Evaluation


class EvaluationRowSerializer(serializers.Serializer[Any]):
    """Figures are `[value, low, high]`, between 0 and 1."""

    id = serializers.IntegerField()
    engine = serializers.CharField()
    version = serializers.CharField()
    created_at = serializers.DateTimeField()
    articles = serializers.IntegerField()
    measured_on = serializers.ChoiceField(choices=["gold", "held_out", "stored"])
    few = serializers.BooleanField()
    exact = serializers.JSONField(help_text="precision, recall and f1, and the counts behind them.")
    overlap_f1 = serializers.ListField(child=serializers.FloatField())
    calibration_error = serializers.FloatField(allow_null=True)
    mended_error = serializers.FloatField(allow_null=True)


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    engine = serializers.SlugRelatedField[Any](slug_field="name", read_only=True)
    version = serializers.CharField(source="engine_version", read_only=True)

    class Meta:
        model = Evaluation
        fields = ("id", "engine", "version", "articles", "figures", "created_at")
        read_only_fields = fields


class NewEvaluationSerializer(serializers.Serializer[Any]):
    engines = serializers.ListField(
        child=serializers.CharField(max_length=64),
        required=False,
        default=list,
        max_length=100,
        help_text="Names; all enabled ones without it.",
    )
