"""Filters of article lists: an allow-list, checked by a form, for pages and API alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from annotator.lib.errors import Invalid
from articles.models import Status
from articles.queries.articles import ORDERINGS, ArticleFilter
from articles.queries.pages import Ordering

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

F = TypeVar("F", bound=forms.Form)
TWINS = (("without", _("Hidden")), ("only", _("Nothing else")))
COMMENTS = (("open", _("Open ones")), ("mentions", _("For me")))


def one_of(values: Iterable[str]) -> dict[str, StrOrPromise]:
    """What is said of another value: programs ask with these names."""
    return {"invalid_choice": format_lazy(_("It is one of {names}."), names=", ".join(values))}


class FilterForm(forms.Form):
    """What a set of articles is chosen by, wherever one is."""

    q = forms.CharField(required=False, max_length=200, strip=True, label=_("Words in the text"))
    status = forms.ChoiceField(
        required=False,
        label=_("Status"),
        choices=[("", _("Any status")), *Status.choices],
        error_messages=one_of(Status.values),
    )
    label = forms.CharField(required=False, max_length=64, label=_("With label"))
    language = forms.CharField(required=False, max_length=35, label=_("Language"))
    published_after = forms.DateField(required=False, label=_("Published from"))
    published_before = forms.DateField(required=False, label=_("Published until"))
    mine = forms.BooleanField(required=False)


class ArticleFilterForm(FilterForm):
    comments = forms.ChoiceField(
        required=False,
        choices=[("", _("Any")), *COMMENTS],
        error_messages=one_of(value for value, _title in COMMENTS),
    )
    twins = forms.ChoiceField(
        required=False,
        choices=[("", _("Shown")), *TWINS],
        error_messages=one_of(value for value, _title in TWINS),
    )
    ordering = forms.ChoiceField(
        required=False,
        choices=[("", _("Oldest first")), *((o, o) for o in ORDERINGS)],
        error_messages=one_of(ORDERINGS),
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
