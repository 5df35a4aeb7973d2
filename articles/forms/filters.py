"""Filters of article lists: an allow-list, checked by a form, for pages and API alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from annotator.lib.errors import Invalid
from articles.models import Status
from articles.queries.articles import ORDERINGS, ArticleFilter
from articles.queries.pages import Ordering

F = TypeVar("F", bound=forms.Form)
TWINS = (("without", _("Hidden")), ("only", _("Nothing else")))
COMMENTS = (("open", _("Open ones")), ("mentions", _("For me")))


class FilterForm(forms.Form):
    """What a set of articles is chosen by, wherever one is."""

    q = forms.CharField(required=False, max_length=200, strip=True, label=_("Words in the text"))
    status = forms.ChoiceField(
        required=False, label=_("Status"), choices=[("", _("Any status")), *Status.choices]
    )
    label = forms.CharField(required=False, max_length=64, label=_("With label"))
    language = forms.CharField(required=False, max_length=35, label=_("Language"))
    published_after = forms.DateField(required=False, label=_("Published from"))
    published_before = forms.DateField(required=False, label=_("Published until"))
    mine = forms.BooleanField(required=False)


class ArticleFilterForm(FilterForm):
    comments = forms.ChoiceField(required=False, choices=[("", _("Any")), *COMMENTS])
    twins = forms.ChoiceField(required=False, choices=[("", _("Shown")), *TWINS])
    ordering = forms.ChoiceField(
        required=False, choices=[("", _("Oldest first")), *((o, o) for o in ORDERINGS)]
    )

    @property
    def wanted(self) -> ArticleFilter:
        values = {name: value for name, value in self.cleaned_data.items() if name != "ordering"}
        return ArticleFilter(**values)

    @property
    def chosen_ordering(self) -> Ordering:
        return ORDERINGS[self.cleaned_data["ordering"] or "id"]


class PriorityForm(forms.Form):
    priority = forms.IntegerField(min_value=-1000, max_value=1000, initial=1)


def read_filter(data: Mapping[str, Any]) -> ArticleFilterForm:
    """A valid filter form. Raises Invalid naming every field that cannot be used."""
    return require_valid(ArticleFilterForm(data))


def require_valid(form: F) -> F:
    """The form. Raises Invalid naming every field that cannot be used."""
    if not form.is_valid():
        problems = [
            f"{'' if field == NON_FIELD_ERRORS else f'{field}: '}{' '.join(map(str, errors))}"
            for field, errors in form.errors.items()
        ]
        raise Invalid(" ".join(problems), problems)
    return form
