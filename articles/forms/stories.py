from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from annotator.lib.numbers import whole_number
from articles.queries.stories.members import LARGEST_FIRST, NEWEST_FIRST

LAST_PAGE = 999_999


class StoriesForm(forms.Form):
    """How the stories are ordered, and which page of them is shown."""

    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[
            (LARGEST_FIRST, gettext_lazy("Most articles first")),
            (NEWEST_FIRST, gettext_lazy("Newest first")),
        ],
    )

    @property
    def chosen_order(self) -> str:
        return (self.cleaned_data.get("order") if self.is_valid() else "") or LARGEST_FIRST

    @property
    def number(self) -> int:
        """The page, from 1."""
        return min(max(1, whole_number(self.data.get("page", "")) or 1), LAST_PAGE)
