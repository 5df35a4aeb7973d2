"""What engines to measure, and what mistakes to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.domain.measures.confusion import NOTHING
from articles.models import Mistake, ProjectEngine
from articles.queries.evaluations.mistakes import MistakeFilter

# Stands in an address for no label at all, where an empty value is any.
NONE = "-"


class EvaluationForm(forms.Form):
    """Which engines to hold against gold."""

    engines = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one engine.")}
    )

    def __init__(self, *args: Any, engines: Sequence[ProjectEngine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["engines"].choices = [(one.name, one.name) for one in engines]  # type: ignore[attr-defined]
        self.initial["engines"] = [one.name for one in engines if one.enabled]


class MistakeForm(forms.Form):
    """Narrows the list of mistakes."""

    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=[("", _("Any")), *Mistake.Kind.choices])
    gold = forms.ChoiceField(required=False, label=_("In gold"))
    label = forms.ChoiceField(required=False, label=_("Engine"))

    def __init__(self, *args: Any, labels: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("Any")), (NONE, gettext("Nothing")), *[(name, name) for name in labels]]
        for field in ("gold", "label"):
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    @property
    def wanted(self) -> MistakeFilter:
        """Of a form that is valid."""
        said = self.cleaned_data
        return MistakeFilter(said["kind"], _label(said["gold"]), _label(said["label"]))


def _label(value: str) -> str | None:
    return NOTHING if value == NONE else value or None
