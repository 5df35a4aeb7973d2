from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Exercise


class ExerciseForm(forms.Form):
    article = forms.IntegerField(min_value=1, max_value=2**63 - 1, label=_("Article"))
    kind = forms.ChoiceField(
        choices=Exercise.Kind.choices, initial=Exercise.Kind.PRACTICE, label=_("Use it for")
    )
    note = forms.CharField(
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 3}),
        label=_("What to learn from it"),
        help_text=_("Shown with the answers: why they are as they are."),
    )
