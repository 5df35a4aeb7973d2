from __future__ import annotations

from rest_framework import serializers

from articles.domain.layers.deciding import CHOICES, MAX_REASON_LENGTH
from articles.models import Decision


class ReaderSerializer(serializers.Serializer[None]):
    letter = serializers.CharField()
    name = serializers.CharField(help_text="Empty where the project hides who said what.")


class OptionSerializer(serializers.Serializer[None]):
    readers = serializers.ListField(child=serializers.CharField(), help_text="Letters of those who say it.")
    engine = serializers.BooleanField(help_text="Whether the engines say it, too.")
    said = serializers.DictField(help_text="spans, links and chains between entities, or a value.")


class ItemSerializer(serializers.Serializer[None]):
    key = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField(help_text="The attribute, relation type or article label it is about.")
    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)
    entities = serializers.ListField(child=serializers.IntegerField())
    options = OptionSerializer(many=True)


class StandingSerializer(serializers.Serializer[None]):
    item = serializers.CharField()
    choice = serializers.ChoiceField(Decision.Choice.choices)
    reader = serializers.CharField()
    reason = serializers.CharField()


class DisagreementsSerializer(serializers.Serializer[None]):
    readers = ReaderSerializer(many=True)
    entities = serializers.ListField(help_text="What each reader marked of one entity.")
    links = serializers.ListField(help_text="What all agree on between entities.")
    items = ItemSerializer(many=True)
    decisions = StandingSerializer(many=True)


class NewDecisionSerializer(serializers.Serializer[None]):
    id = serializers.UUIDField()
    item = serializers.CharField(max_length=200)
    choice = serializers.ChoiceField(CHOICES)
    reader = serializers.CharField(max_length=1, default="", allow_blank=True)
    reason = serializers.CharField(max_length=MAX_REASON_LENGTH, default="", allow_blank=True)


class DecisionsSerializer(serializers.Serializer[None]):
    decisions = NewDecisionSerializer(many=True, allow_empty=False)
