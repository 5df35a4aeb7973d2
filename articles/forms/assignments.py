from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex
from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.errors import Invalid
from annotator.users.models import Membership, Project, Role, User
from articles.forms.filters import FilterForm
from articles.models import Status
from articles.queries.articles import ArticleFilter

HIGHEST_WEIGHT = 100
MOST_NUMBERS = 10_000
_NUMBERS = regex.compile(r"[\d\s,;]*")


@dataclass(frozen=True)
class Share:
    """A person, and the field that holds the weight of their share."""

    user: User
    field: forms.BoundField


class HandoutForm(FilterForm):
    """Which articles go to whom. A person's share is a field of its own, named after them."""

    numbers = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 2}),
        label=_("Only these articles, by number"),
        help_text=_(
            "The numbers in their addresses, with spaces or commas between. Left empty: all that fit."
        ),
    )
    at_most = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        label=_("At most so many articles"),
        help_text=_("The oldest of those that fit."),
    )
    each = forms.IntegerField(min_value=1, max_value=5, label=_("Annotators for each article"))
    due_on = forms.DateField(required=False, label=_("Due on"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, data: Mapping[str, Any], *, project: Project, people: Sequence[Membership]) -> None:
        """`data` may hold filters only: then annotators have even shares, and each article gets as many of
        them as the project asks for."""
        self.is_filled = "each" in data
        even = {_name(one.user): int(one.role == Role.ANNOTATOR) for one in people}
        usual = {**even, "each": project.annotators_per_article, **dict(data.items())}
        super().__init__(data if self.is_filled else usual)
        self.people = [one.user for one in people]
        self.fields["status"].choices = [("", gettext("Any status")), *_OPEN]  # type: ignore[attr-defined]
        for name in ("published_after", "published_before"):
            self.fields[name].widget = forms.DateInput({"type": "date"})
        for one in self.people:
            self.fields[_name(one)] = forms.IntegerField(
                required=False, min_value=0, max_value=HIGHEST_WEIGHT, label=one.name
            )

    def clean_numbers(self) -> list[int]:
        written = self.cleaned_data["numbers"]
        if not _NUMBERS.fullmatch(written):
            raise forms.ValidationError(gettext("Write numbers only, with spaces or commas between."))
        numbers = [int(one) for one in regex.findall(r"\d{1,18}", written)]
        if len(numbers) > MOST_NUMBERS:
            raise forms.ValidationError(
                gettext("Give at most %(most_numbers)s articles at once.")
                % {"most_numbers": intcomma(MOST_NUMBERS)}
            )
        return list(dict.fromkeys(numbers))

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(gettext("This day is past. Choose today or a later one."))
        return due_on

    @property
    def shares(self) -> list[Share]:
        return [Share(one, self[_name(one)]) for one in self.people]

    @property
    def weights(self) -> dict[str, int]:
        """The shares above 0, by user name."""
        given = {one.username: self.cleaned_data.get(_name(one)) or 0 for one in self.people}
        return {name: weight for name, weight in given.items() if weight}

    @property
    def wanted(self) -> ArticleFilter:
        return ArticleFilter(**{name: self.cleaned_data[name] for name in FilterForm.base_fields})


_OPEN = [choice for choice in Status.choices if choice[0] != Status.GOLD]


class InHandForm(forms.Form):
    """Articles that somebody has in hand, and who is to have them instead."""

    articles = forms.TypedMultipleChoiceField(coerce=int)
    to = forms.CharField(required=False, max_length=150)

    def __init__(self, data: Mapping[str, Any], *, in_hand: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["articles"].choices = [(pk, pk) for pk in in_hand]  # type: ignore[attr-defined]

    def checked(self) -> tuple[list[int], str]:
        """The articles' ids, and the user name or nothing. Raises Invalid."""
        if not self.is_valid():
            raise Invalid(gettext("Tick articles that they have in hand."))
        return self.cleaned_data["articles"], self.cleaned_data["to"]


def _name(user: User) -> str:
    return f"share-{user.username}"
