from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Event


class WebhookForm(forms.Form):
    url = forms.CharField(
        max_length=2000,
        label=_("Address"),
        help_text=_("It gets a POST with JSON for each event."),
        widget=forms.URLInput({"placeholder": "https://example.org/hooks/annotator", "inputmode": "url"}),
    )
    events = forms.MultipleChoiceField(
        label=_("Tell it when"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )
