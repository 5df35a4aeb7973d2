from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project

LONGEST_RULE = 10_000


class GuidelinesForm(forms.Form):
    """The general text, and one field for each label (`label-NAME`). `seen` is the version
    that is changed."""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=Project._meta.get_field("guidelines").max_length,
        label=_("In general"),
        help_text=_("Markdown. What is labelled, what is not, how far a span reaches."),
        widget=forms.Textarea({"rows": 14}),
    )
    note = forms.CharField(
        required=False, max_length=300, label=_("What was changed, and why"), widget=forms.TextInput()
    )

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, labels: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = list(labels)
        for name in self._names:
            self.fields[f"label-{name}"] = forms.CharField(
                required=False,
                strip=False,
                max_length=LONGEST_RULE,
                label=name,
                widget=forms.Textarea({"rows": 3}),
            )

    @property
    def rules(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(f"label-{name}", "") for name in self._names}

    @property
    def label_fields(self) -> list[forms.BoundField]:
        return [self[f"label-{name}"] for name in self._names]


class ReasonForm(forms.Form):
    reason = forms.CharField(required=False, max_length=500)
