"""What a release is asked to hold, as people and programs write it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.errors import Invalid
from articles.forms.exports import option_names, read_export
from articles.queries.exports.packages import ExportQuery
from articles.queries.releases.query import FILTERS


def read_release_export(
    *, options: Mapping[str, str], filters: Mapping[str, Any], **others: Any
) -> ExportQuery:
    """The export that a release freezes. `others` are parameters of an export besides options and filters.

    Raises Invalid naming everything that cannot be done.
    """
    _require_known("options", options, option_names())
    _require_known("filters", filters, FILTERS)
    return read_export({**options, **filters, **others})


def as_parameter(shares: Mapping[str, int]) -> str:
    """Shares by part as an export takes them, such as train:80,test:20."""
    return ",".join(f"{part}:{share}" for part, share in shares.items())


def _require_known(what: str, given: Mapping[str, Any], known: Collection[str]) -> None:
    if unknown := sorted(given.keys() - set(known)):
        raise Invalid(
            gettext("%(what)s has no %(unknown)s. There are: %(known)s.")
            % {"what": what, "unknown": ", ".join(unknown)[:100], "known": ", ".join(known)}
        )


class ReleaseForm(forms.Form):
    """What a release says besides the export that it freezes."""

    title = forms.CharField(required=False, max_length=200, label=_("Title"))
    licence = forms.CharField(
        label=_("Licence"),
        required=False,
        max_length=200,
        help_text=_("Such as CC-BY-4.0. Empty: not stated."),
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What users should know: how articles were chosen, what is missing. Markdown."),
    )
    keep_parts = forms.BooleanField(
        required=False, initial=True, label=_("Articles keep the part of an earlier release")
    )
    authors = forms.BooleanField(required=False, label=_("Name who annotated and approved"))
