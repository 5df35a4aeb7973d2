from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DeletionForm(forms.Form):
    name = forms.CharField(
        max_length=200,
        label=_("Name of the project"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
