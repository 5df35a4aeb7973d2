"""Which likely errors to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Doubt
from articles.queries.doubts.page import DoubtFilter


class DoubtForm(forms.Form):
    """Narrows the list of likely errors."""

    kind = forms.ChoiceField(
        required=False, label=_("Why"), choices=[("", _("Any reason")), *Doubt.Kind.choices]
    )
    label = forms.ChoiceField(required=False, label=_("Label"))

    def __init__(self, *args: Any, labels: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("Any")), *[(name, name) for name in labels]]
        self.fields["label"].choices = choices  # type: ignore[attr-defined]

    @property
    def wanted(self) -> DoubtFilter:
        """Of a form that is valid."""
        return DoubtFilter(self.cleaned_data["kind"], self.cleaned_data["label"])
