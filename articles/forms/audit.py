from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotator.users.models import User, Verb
from articles.queries.projects.audit import AuditFilter


class AuditFilterForm(forms.Form):
    """What of the log is shown."""

    q = forms.CharField(required=False, max_length=100, strip=True, label=_("Words"))
    by = forms.ChoiceField(required=False, label=_("Person"))
    verb = forms.ChoiceField(
        required=False, label=_("What was done"), choices=[("", _("Anything")), *Verb.choices]
    )
    since = forms.DateField(
        required=False, label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        required=False, label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Anybody")), *((one.username, one.name) for one in people)]
        self.fields["by"].choices = choices  # type: ignore[attr-defined]

    @property
    def wanted(self) -> AuditFilter:
        return AuditFilter(**self.cleaned_data)
