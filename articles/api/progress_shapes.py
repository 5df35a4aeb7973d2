"""Shapes of a project's progress over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from rest_framework import serializers

from annotator.users.models import User
from articles.domain.progress.forecast import Forecast
from articles.domain.progress.periods import Period
from articles.queries.progress.history import ByDayAndUser
from articles.queries.progress.page import Progress
from articles.queries.progress.people import Person
from articles.queries.progress.quality import Reviewer


class DayStandingSerializer(serializers.Serializer[Any]):
    day = serializers.DateField(help_text="The last of the step: how many articles stood where at its end.")
    not_begun = serializers.IntegerField()
    at_work = serializers.IntegerField()
    handed_in = serializers.IntegerField(help_text="By all the annotators that they should have.")
    gold = serializers.IntegerField()


class ForecastSerializer(serializers.Serializer[Any]):
    early = serializers.DateField(allow_null=True, help_text="One in ten draws ends before it.")
    middle = serializers.DateField(allow_null=True, help_text="Null where it takes more than two years.")
    late = serializers.DateField(allow_null=True, help_text="One in ten draws ends after it.")
    per_week = serializers.FloatField()
    days = serializers.IntegerField(help_text="From how many days the draws were made.")


class CountSerializer(serializers.Serializer[Any]):
    step = serializers.DateField(help_text="Its first day.")
    username = serializers.CharField()
    count = serializers.IntegerField()


class SecondsSerializer(serializers.Serializer[Any]):
    step = serializers.DateField(help_text="Its first day.")
    username = serializers.CharField()
    seconds = serializers.IntegerField()


class PaceSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    articles = serializers.IntegerField(help_text="Handed in, with time on record.")
    article_seconds = serializers.FloatField(allow_null=True, help_text="The median; null below 10 articles.")
    span_seconds = serializers.FloatField(allow_null=True)


class LabelCountSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    count = serializers.IntegerField()


class ReviewerSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    approved = serializers.IntegerField()
    sent_back = serializers.IntegerField()


class LooseEndsSerializer(serializers.Serializer[Any]):
    in_hand = serializers.IntegerField()
    overdue = serializers.IntegerField()
    stale = serializers.IntegerField(help_text="In hand and untouched for more than three days.")
    waiting = serializers.IntegerField(help_text="For a reviewer.")
    waiting_since = serializers.DateTimeField(allow_null=True)


class MemberProgressSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    active = serializers.BooleanField()
    at_work = serializers.IntegerField()
    submitted = serializers.IntegerField()
    last_submitted_at = serializers.DateTimeField(allow_null=True)


class ProgressSerializer(serializers.Serializer[Any]):
    articles = serializers.IntegerField()
    by_status = serializers.DictField(child=serializers.IntegerField())
    people = MemberProgressSerializer(many=True)
    after = serializers.DateField(help_text="The first day of the period.")
    before = serializers.DateField(help_text="Its last.")
    step = serializers.ChoiceField(["day", "week"])
    standings = DayStandingSerializer(many=True)
    until_gold = ForecastSerializer(allow_null=True)
    until_handed_in = ForecastSerializer(allow_null=True)
    handed_in = CountSerializer(many=True)
    active_seconds = SecondsSerializer(many=True, help_text="Of everybody for managers, your own for others.")
    paces = PaceSerializer(many=True, help_text="As `active_seconds`.")
    reviewers = ReviewerSerializer(many=True, help_text="What they decided in the period.")
    labels = LabelCountSerializer(many=True, help_text="Of gold approved in the period.")
    loose_ends = LooseEndsSerializer()


def progress_body(progress: Progress) -> dict[str, Any]:
    """What is added to `project_progress`."""
    period = progress.period
    return {
        "after": period.first,
        "before": period.last,
        "step": "week" if period.is_weekly else "day",
        "standings": [asdict(one) for one in progress.standings],
        "until_gold": _forecast(progress.until_gold),
        "until_handed_in": _forecast(progress.until_handed_in),
        "handed_in": _series(progress.done, progress.users, period, "count"),
        "active_seconds": _series(progress.seconds, progress.users, period, "seconds"),
        "paces": [_pace(one) for one in progress.people if one.pace],
        "reviewers": [_reviewer(one) for one in progress.reviewers],
        "labels": [{"name": one.name, "count": one.count} for one in progress.labels],
        "loose_ends": asdict(progress.loose_ends),
    }


def _forecast(ahead: Forecast | None) -> dict[str, Any] | None:
    return asdict(ahead) if ahead else None


def _series(
    figures: ByDayAndUser, users: Mapping[int, User], period: Period, name: str
) -> list[dict[str, date | str | int]]:
    """Steps without anything are left out."""
    return [
        {"step": step, "username": users[user].username, name: value}
        for user, by_day in sorted(figures.items())
        for step, value in zip(period.slots, period.sums(by_day), strict=True)
        if value
    ]


def _reviewer(one: Reviewer) -> dict[str, Any]:
    return {"username": one.user.username, "approved": one.approved, "sent_back": one.sent_back}


def _pace(person: Person) -> dict[str, Any]:
    assert person.pace is not None
    return {"username": person.user.username, **asdict(person.pace)}
