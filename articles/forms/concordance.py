"""What a concordance is asked, as an address says it: one form for the page, the API and bulk edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.access.caller import Caller
from articles.access.layers import get_layer_choice_for
from articles.domain.concordance import Sorting
from articles.forms.filters import COMMENTS, TWINS, FilterForm, require_valid
from articles.queries.articles import ArticleFilter
from articles.queries.concordance.finders import Way
from articles.queries.concordance.search import Search

WAYS = (
    (Way.WORD, _("Whole words")),
    (Way.PART, _("Also inside words")),
    (Way.PATTERN, _("A regular expression")),
)
SORTINGS = (
    (Sorting.PLACE, _("As they were added")),
    (Sorting.BEFORE, _("By the words before")),
    (Sorting.AFTER, _("By the words after")),
)


class ConcordanceForm(FilterForm):
    """`search` is there once the form is valid. `labelled` is a label's name, `-` for none, or empty."""

    text = forms.CharField(required=False, max_length=1_000, strip=False, label=_("Words"))
    way = forms.ChoiceField(required=False, choices=WAYS, label=_("Find"))
    match_case = forms.BooleanField(required=False, label=_("Capitals matter"))
    labelled = forms.CharField(required=False, max_length=64, label=_("Labelled here"))
    layer = forms.CharField(required=False, max_length=200, label=_("Layer"))
    sort = forms.ChoiceField(required=False, choices=SORTINGS, label=_("Order"))
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    comments = forms.ChoiceField(required=False, choices=[("", _("Any")), *COMMENTS])
    twins = forms.ChoiceField(required=False, choices=[("", _("Shown")), *TWINS])

    def __init__(self, data: Mapping[str, Any], *, caller: Caller) -> None:
        super().__init__(data)
        self._caller = caller

    def clean_text(self) -> str:
        """Spaces count in a pattern, and nowhere else."""
        text: str = self.cleaned_data["text"]
        return text if self.data.get("way") == Way.PATTERN and text.strip() else text.strip()

    @property
    def search(self) -> Search:
        """Raises Http404 for a layer that the caller may not search."""
        values = self.cleaned_data
        names = ("q", "status", "label", "language", "published_after", "published_before", "mine")
        return Search(
            text=values["text"],
            way=Way(values["way"] or Way.WORD),
            match_case=values["match_case"],
            labelled=values["labelled"],
            layer=get_layer_choice_for(self._caller, values["layer"]),
            articles=ArticleFilter(**{name: values[name] for name in (*names, "comments", "twins")}),
        )

    @property
    def sorting(self) -> Sorting:
        return Sorting(self.cleaned_data["sort"] or Sorting.PLACE)

    @property
    def page_number(self) -> int:
        return self.cleaned_data["page"] or 1


def read_concordance(data: Mapping[str, Any], caller: Caller) -> ConcordanceForm:
    """A valid form. Raises Invalid naming every field that cannot be used."""
    return require_valid(ConcordanceForm(data, caller=caller))
