"""Shapes of what is given to whom."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.forms.assignments import HIGHEST_WEIGHT
from articles.queries.assignments.handouts import MOST_AT_ONCE


class WorkloadSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(source="user.username")
    open = serializers.IntegerField(source="work.open", help_text="Articles in hand.")
    given = serializers.IntegerField(source="work.given", help_text="Those of them that a manager gave.")
    overdue = serializers.IntegerField(source="work.overdue")
    due_soon = serializers.IntegerField(source="work.soon", help_text="Within three days.")
    first_due = serializers.DateField(source="work.first_due", allow_null=True)
    untouched_since = serializers.DateTimeField(source="work.untouched_since", allow_null=True)


class HandoutSerializer(serializers.Serializer[Any]):
    people = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=HIGHEST_WEIGHT),
        help_text="The weight of each person's share, by user name.",
    )
    articles = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        default=list,
        max_length=MOST_AT_ONCE,
    )
    filter = serializers.DictField(required=False, default=dict, help_text="As in the article list.")
    each = serializers.IntegerField(
        min_value=1,
        max_value=5,
        required=False,
        default=None,
        allow_null=True,
        help_text="Annotators for each article; as many as the project asks for without it.",
    )
    due_on = serializers.DateField(required=False, default=None, allow_null=True)
    preview = serializers.BooleanField(required=False, default=False, help_text="Give nothing, only answer.")


class HandoutPlanSerializer(serializers.Serializer[Any]):
    people = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many each person gets, by user name."
    )
    articles = serializers.IntegerField(help_text="How many articles go to somebody.")
    full = serializers.ListField(child=serializers.IntegerField(), help_text="Articles that have no room.")
    left = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Articles with room which all of these people have, or had.",
    )


class WithdrawalSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150, help_text="Who has them in hand.")
    articles = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=MOST_AT_ONCE
    )
    to = serializers.CharField(
        max_length=150, required=False, default="", help_text="Who is to have them instead, if anybody."
    )


class WithdrawnSerializer(serializers.Serializer[Any]):
    withdrawn = serializers.IntegerField()
    given = serializers.IntegerField()
