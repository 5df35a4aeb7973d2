"""Which readings to compare, and which disagreements to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.numbers import whole_number
from annotator.users.models import User
from articles.domain.measures.alignment import Kind
from articles.domain.measures.confusion import NOTHING
from articles.forms.evaluations import NONE
from articles.queries.agreement.disagreements import Wanted
from articles.queries.agreement.figures import AgreementFilter

_DAY = forms.DateInput(attrs={"type": "date"})
KINDS = (
    (Kind.LABEL, _("Other label")),
    (Kind.BOUNDARY, _("Other boundary")),
    (Kind.ALONE, _("Marked by one alone")),
)


class AgreementForm(forms.Form):
    """Narrows the readings that are compared."""

    after = forms.DateField(required=False, label=_("Handed in from"), widget=_DAY)
    before = forms.DateField(required=False, label=_("Handed in until"), widget=_DAY)
    annotator = forms.ChoiceField(required=False, label=_("Annotator"))
    other = forms.ChoiceField(required=False, label=_("Held against"))
    label = forms.ChoiceField(required=False, label=_("Label"))
    language = forms.ChoiceField(required=False, label=_("Language"))

    def __init__(
        self,
        *args: Any,
        people: Sequence[User],
        labels: Iterable[str],
        languages: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = {one.username: one.pk for one in people}
        named = [("", gettext("Anybody")), *((one.username, one.name) for one in people)]
        self._offer("annotator", named)
        self._offer("other", named)
        self._offer("label", [("", gettext("All")), *((one, one) for one in labels)])
        self._offer("language", [("", gettext("All")), *((one, one) for one in languages)])

    def _offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("annotator") and said.get("annotator") == said.get("other"):
            raise forms.ValidationError(gettext("Choose two different people."))
        if said.get("after") and said.get("before") and said["before"] < said["after"]:
            raise forms.ValidationError(gettext("The period ends before it begins."))
        return said

    @property
    def wanted(self) -> AgreementFilter:
        """Of a form that is valid."""
        said = self.cleaned_data
        one, other = (self.numbers.get(said[field]) for field in ("annotator", "other"))
        return AgreementFilter(
            after=said["after"],
            before=said["before"],
            annotator=one or other,
            other=other if one else None,
            language=said["language"],
            label=said["label"],
        )


class DisagreementForm(AgreementForm):
    """Narrows the list of disagreements besides: by how they differ, and by the two labels."""

    kind = forms.ChoiceField(required=False, label=_("Difference"), choices=[("", _("Any")), *KINDS])
    said = forms.ChoiceField(required=False, label=_("One says"))
    against = forms.ChoiceField(required=False, label=_("The other says"))

    def __init__(self, *args: Any, labels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, labels=labels, **kwargs)
        offered = [("", gettext("Anything")), (NONE, gettext("Nothing")), *((one, one) for one in labels)]
        self._offer("said", offered)
        self._offer("against", offered)

    @property
    def differing(self) -> Wanted:
        """Of a form that is valid."""
        said = self.cleaned_data
        return Wanted(said["kind"], _label(said["said"]), _label(said["against"]))


def page_number(value: str) -> int:
    """The page that an address asks for, the first one where it asks for none."""
    return max(1, whole_number(value) or 1)


def _label(value: str) -> str | None:
    return NOTHING if value == NONE else value or None
