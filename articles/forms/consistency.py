"""Which inconsistencies to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.queries.doubts.consistency import LABELS, NONE

KINDS = (("", _("Any")), (LABELS, _("Several labels")), (NONE, _("Labelled here, not there")))


class ConsistencyForm(forms.Form):
    """Narrows the list. `layers` are those that the reader may choose."""

    layer = forms.ChoiceField(required=False, label=_("Layer"))
    differ = forms.ChoiceField(required=False, label=_("How they differ"), choices=KINDS)

    def __init__(self, *args: Any, layers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(layers)
        self.fields["layer"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["layer"]

    @property
    def kind(self) -> str:
        """Nothing for what is none."""
        self.is_valid()
        return str(self.cleaned_data.get("differ", ""))
