"""What a bulk edit is to do, for the page and the API."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

import regex
from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from articles.domain.bulk_edits import REMOVE, Wish
from articles.forms.filters import require_valid
from articles.models import BulkEdit
from articles.queries.bulk_plans import Place
from articles.queries.concordance.search import MOST_PLACES

_PLACE = regex.compile(r"([0-9]{1,18}):([0-9]{1,7})-([0-9]{1,7})", regex.ASCII)


class BulkEditForm(forms.Form):
    """`places` of a page are `ARTICLE:START-END`; `everything` is what the search finds. `seen` is the digest
    of the plan that was looked at."""

    id = forms.UUIDField(required=False)
    action = forms.ChoiceField(choices=BulkEdit.Action.choices)
    new_label = forms.CharField(required=False, max_length=64)
    everything = forms.BooleanField(required=False)
    seen = forms.CharField(required=False, max_length=64)

    def __init__(self, data: Mapping[str, Any], *, places: Iterable[str], labels: Collection[str]) -> None:
        super().__init__(data)
        self._raw, self._labels = list(places), labels

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        label, removes = cleaned.get("new_label", ""), cleaned.get("action") == REMOVE
        if "action" in cleaned and not removes and label not in self._labels:
            self.add_error("new_label", _("Choose the label that the places are to have."))
        if not self._raw and not cleaned.get("everything"):
            self.add_error(None, _("Choose some places first, or all of them."))
        if len(self._raw) > MOST_PLACES or not all(map(_PLACE.fullmatch, self._raw)):
            self.add_error(
                None,
                _("Places are at most %(most_places)s, each ARTICLE:START-END.")
                % {"most_places": intcomma(MOST_PLACES)},
            )
        return cleaned

    @property
    def bulk_id(self) -> UUID:
        """The caller's, or a new one, always the same of one form."""
        self.cleaned_data["id"] = self.cleaned_data["id"] or uuid4()
        return UUID(str(self.cleaned_data["id"]))

    @property
    def places(self) -> list[Place]:
        return [Place(*map(int, regex.split("[:-]", one))) for one in self._raw]

    def wish(self, labelled: str) -> Wish:
        """`labelled` is the label that the places were searched by: others at the same places stay."""
        label = "" if self.cleaned_data["action"] == REMOVE else self.cleaned_data["new_label"]
        return Wish(self.cleaned_data["action"], label, labelled if labelled in self._labels else "")


def read_bulk_edit(data: Mapping[str, Any], places: Iterable[str], labels: Collection[str]) -> BulkEditForm:
    """A valid form. Raises Invalid naming what cannot be used."""
    form = BulkEditForm(data, places=places, labels=labels)
    try:
        return require_valid(form)
    except Invalid as error:
        raise Invalid(" ".join(error.problems), error.problems) from error
