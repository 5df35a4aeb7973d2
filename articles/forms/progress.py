"""Which stretch of a project's life to look at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django import forms
from django.utils.translation import gettext, gettext_lazy

from articles.domain.progress.periods import Period

USUAL = timedelta(weeks=12)
TABLES = ("articles", "handed-in", "active-time", "labels", "labels-by-people", "engines", "agreement")
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProgressForm(forms.Form):
    """Both days are included; without them it is the last twelve weeks."""

    after = forms.DateField(required=False, label=gettext_lazy("From"), widget=_DAY)
    before = forms.DateField(required=False, label=gettext_lazy("Until"), widget=_DAY)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("after") and said.get("before") and said["before"] < said["after"]:
            raise forms.ValidationError(gettext("The period ends before it begins."))
        return said

    @classmethod
    def showing(cls, period: Period) -> Self:
        return cls(initial={"after": period.first, "before": period.last})

    def period(self, began: date, today: date) -> Period:
        """Of a valid form, within the life of the project."""
        said = self.cleaned_data
        last = max(min(said["before"] or today, today), began)
        first = said["after"] or last - USUAL + timedelta(days=1)
        return Period(min(max(first, began), last), last)


class TableForm(ProgressForm):
    """And which of the tables; the one that everybody may see when none is named."""

    table = forms.ChoiceField(required=False, choices=[(name, name) for name in TABLES])

    @property
    def name(self) -> str:
        return self.cleaned_data["table"] or "handed-in"
