"""Forms of the page on which a list of names or rules is edited."""

from __future__ import annotations

import re
from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.queries.engines.lists import Sample

MAX_LINE = 1_000_000  # the highest number of a line that a script may name


class SampleForm(forms.Form):
    """Which articles a list is tried on."""

    KINDS = (
        ("latest", _("The newest")),
        ("random", _("At random")),
        ("words", _("With these words")),
        ("title", _("With this in the title")),
    )
    sample = forms.ChoiceField(choices=KINDS, required=False, label=_("Articles"))
    q = forms.CharField(
        required=False,
        max_length=200,
        label=_("Words"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    amount = forms.TypedChoiceField(
        choices=[(20, "20"), (50, "50"), (100, "100")],
        coerce=int,
        required=False,
        label=_("How many"),
    )
    whole = forms.BooleanField(required=False, label=_("Whole texts"))
    seed = forms.IntegerField(required=False, min_value=0, max_value=2**31, widget=forms.HiddenInput)

    @property
    def wanted(self) -> Sample:
        """The sample, also of a form with a mistake: then the usual one. Who gives words wants articles that
        have them."""
        usual = Sample()
        chosen = {name: self.cleaned_data.get(name) for name in ("q", "amount", "seed")}
        kind = self.cleaned_data.get("sample") or usual.kind
        if kind == usual.kind and chosen["q"]:
            kind = "words"
        return replace(usual, kind=kind, **{name: value for name, value in chosen.items() if value})


def spread_lines(text: str, numbers: str) -> str:
    """Lines put where they stand in the list that they are taken from; `numbers`, with commas, grow.

    Numbers that are none, or not as many as lines, leave the text as it is.
    """
    lines = text.splitlines()
    if not re.fullmatch(r"[0-9]{1,7}(,[0-9]{1,7})*", numbers):
        return text
    wanted = [int(number) for number in numbers.split(",")]
    if len(wanted) != len(lines) or wanted != sorted(set(wanted)) or not 0 < wanted[-1] <= MAX_LINE:
        return text
    spread = [""] * wanted[-1]
    for number, line in zip(wanted, lines, strict=True):
        spread[number - 1] = line
    return "\n".join(spread)
