"""Shapes of agreement. Figures are `[value, low, high]`, or null."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


def _figure(**kwargs: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.FloatField(), allow_null=True, **kwargs)


class EntityAgreementSerializer(serializers.Serializer[Any]):
    exact = _figure(help_text="F1 by bounds and label.")
    overlap = _figure(help_text="F1 by label and a character in common.")
    bounds = _figure(help_text="F1 by bounds alone.")
    label_alpha = _figure(help_text="Krippendorff's alpha on the labels of entities with the same bounds.")
    unitizing_alpha = _figure(help_text="Krippendorff's alpha for unitising, by label.")


class LabelAgreementSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    marked_in = serializers.IntegerField(help_text="Articles in which somebody marked it.")
    marked = serializers.IntegerField(help_text="Entities in all readings that are compared.")
    exact = _figure()
    overlap = _figure()
    unitizing_alpha = _figure()


class PeopleAgreementSerializer(serializers.Serializer[Any]):
    first = serializers.CharField(help_text="Username.")
    second = serializers.CharField(help_text="Username.")
    articles = serializers.IntegerField()
    marked_in = serializers.IntegerField(help_text="Of these, where either of them marked something.")
    marked_first = serializers.IntegerField()
    marked_second = serializers.IntegerField()
    exact = _figure()
    overlap = _figure()
    bounds = _figure()
    found_by_first = _figure(help_text="Of what the second marked, the share that the first marked too.")
    found_by_second = _figure(help_text="Of what the first marked, the share that the second marked too.")
    label_kappa = _figure(help_text="Cohen's kappa on the labels of entities with the same bounds.")
    token_kappa = _figure(help_text="Cohen's kappa over tokens: inflated, never to be reported alone.")


class WeekAgreementSerializer(serializers.Serializer[Any]):
    week = serializers.DateField(help_text="Its Monday.")
    articles = serializers.IntegerField()
    exact = _figure()
    overlap = _figure()


class AgreementSerializer(serializers.Serializer[Any]):
    """See docs/agreement.md for what each figure means."""

    articles = serializers.IntegerField(help_text="Read by two or more people.")
    marked_in = serializers.IntegerField(help_text="Of these, where somebody marked something.")
    pairs = serializers.IntegerField(help_text="Pairs of readings of one article.")
    uncounted = serializers.IntegerField(help_text="Pairs left out, because they are still being compared.")
    fewest_articles = serializers.IntegerField()
    interval = serializers.JSONField()
    kinds = serializers.JSONField(help_text="Entities that are the same, and how the others differ.")
    confused = serializers.JSONField(
        help_text="`[label, label, count]` at the same bounds; an empty label is nothing."
    )
    entities = EntityAgreementSerializer(allow_null=True)
    labels = LabelAgreementSerializer(many=True)
    people = PeopleAgreementSerializer(many=True)
    weeks = WeekAgreementSerializer(many=True)
    relations = serializers.JSONField(allow_null=True, help_text="`types`: f1 and f1_of_possible by type.")
    said = serializers.JSONField(allow_null=True, help_text="Labels of articles: alpha over sets, and same.")
    tokens = serializers.JSONField(allow_null=True, help_text="Krippendorff's alpha over tokens.")
