from __future__ import annotations

from typing import Any

import orjson
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DefinitionForm(forms.Form):
    """A label schema as JSON in one field. What it says is checked by `parse_definition`."""

    definition = forms.CharField(
        strip=False,
        max_length=1_000_000,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("The label schema is empty."),
            "max_length": _("The label schema is too long."),
        },
    )

    def clean_definition(self) -> Any:
        raw = self.cleaned_data["definition"]
        try:
            data = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            raise forms.ValidationError(
                gettext("This is not JSON (%(where)s): %(msg)s.") % {"where": where, "msg": error.msg}
            ) from error
        return data
