from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotator.lib.sentences import said
from articles.engines.base import Engine


class NewEngineForm(forms.Form):
    """Which engine a project shall use, and under what name."""

    kind = forms.ChoiceField(
        label=_("Engine"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to be added.")},
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=64,
        help_text=_(
            "Small letters, digits and hyphens, such as our-model. It names the engine in exports and "
            "cannot be changed later. Left empty, it is made from the kind."
        ),
    )

    def __init__(self, *args: Any, kinds: Iterable[type[Engine]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.name, said(one.title)) for one in kinds]  # type: ignore[attr-defined]
