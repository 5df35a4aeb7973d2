from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

MOST = 2**63 - 2


class NewsForm(forms.Form):
    """Which piece of news is meant."""

    id = forms.IntegerField(min_value=0, max_value=MOST, required=False)
    before = forms.IntegerField(min_value=0, max_value=MOST, required=False)

    @classmethod
    def number(cls, data: Mapping[str, Any], name: str) -> int | None:
        """None where it is missing or no number."""
        form = cls(data)
        form.is_valid()
        return form.cleaned_data.get(name)
