"""Shapes of likely errors."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.models import Doubt


class DoubtSerializer(serializers.ModelSerializer[Doubt]):
    """What gold has (no `label`: nothing), and in `other_` what may be right instead. Offsets are code
    points."""

    settled_by = serializers.SlugRelatedField[Any](slug_field="username", read_only=True)

    class Meta:
        model = Doubt
        fields = (
            "id",
            "article",
            "kind",
            "start",
            "end",
            "label",
            "other_start",
            "other_end",
            "other_label",
            "score",
            "reason",
            "state",
            "settled_at",
            "settled_by",
        )
        read_only_fields = fields


class DoubtQuerySerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Doubt.Kind.choices, required=False, default="")
    label = serializers.CharField(max_length=64, required=False, default="")  # type: ignore[assignment]


class SettledSerializer(serializers.Serializer[Any]):
    action = serializers.ChoiceField(
        choices=["fix", "dismiss", "reopen"],
        help_text="`fix` puts what may be right into gold, `dismiss` leaves what stands, `reopen` undoes.",
    )
