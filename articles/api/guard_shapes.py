"""Shapes of what suggestions do to people."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.queries.suggestions.guard import Held, Person, WrongSuggestions


class WrongSuggestionsSerializer(serializers.Serializer[Any]):
    accepted = serializers.IntegerField()
    shown = serializers.IntegerField()
    share = serializers.ListField(
        child=serializers.FloatField(),
        allow_null=True,
        help_text="`[value, low, high]`, between 0 and 1; null where too few were shown.",
    )


class HeldSerializer(serializers.Serializer[Any]):
    articles = serializers.IntegerField()
    f1 = serializers.ListField(
        child=serializers.FloatField(),
        allow_null=True,
        help_text="`[value, low, high]`, between 0 and 1, drawn over articles; null where they are too few.",
    )


class GuardSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    wrong = WrongSuggestionsSerializer(help_text="Suggestions of engines that approved gold does not hold.")
    planted = WrongSuggestionsSerializer(help_text="Suggestions that were wrong on purpose.")
    with_suggestions = HeldSerializer()
    blind = HeldSerializer()


def guard_body(person: Person) -> dict[str, Any]:
    return {
        "username": person.name,
        "wrong": _wrong(person.wrong),
        "planted": _wrong(person.planted),
        "with_suggestions": held_body(person.suggested),
        "blind": held_body(person.blind),
    }


def _wrong(one: WrongSuggestions) -> dict[str, Any]:
    share = _shares(one.percents) if one.is_enough else None
    return {"accepted": one.accepted, "shown": one.shown, "share": share}


def held_body(one: Held) -> dict[str, Any]:
    return {"articles": one.articles, "f1": _shares(one.percents) if one.is_enough else None}


def _shares(percents: tuple[float, float, float]) -> list[float]:
    return [round(one / 100, 4) for one in percents]
