"""What a release is asked to hold, as people and programs write it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from annotator.lib.errors import Invalid
from annotator.lib.pages import sentences
from annotator.users.models import Project
from articles.formats import writers
from articles.forms.exports import MAX_SEED, option_names, read_export
from articles.queries.layer_choice import layer_choices
from articles.queries.packages import ExportQuery
from articles.queries.release_queries import FILTERS, ReleaseQuery
from articles.queries.splits import DEFAULT_SEED, TOGETHER, TWINS

PARTS = ("train", "dev", "test")
MAX_SHARE = 999_999


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
        raise Invalid(f"{what} has no {', '.join(unknown)[:100]}. There are: {', '.join(known)}.")


class ReleaseForm(forms.Form):
    """The page of a new release. `wanted` is what `start_release` needs, once the form is valid."""

    title = forms.CharField(required=False, max_length=200)
    notes = forms.CharField(
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="What users should know: how the articles were chosen, what is not covered. Markdown.",
    )
    licence = forms.CharField(
        required=False, max_length=200, help_text="Such as CC-BY-4.0. Empty: not stated."
    )
    format = forms.ChoiceField()
    layer = forms.ChoiceField(help_text="Whose reading of the articles.")
    train = forms.IntegerField(required=False, min_value=0, max_value=MAX_SHARE, initial=80)
    dev = forms.IntegerField(required=False, min_value=0, max_value=MAX_SHARE, initial=10)
    test = forms.IntegerField(required=False, min_value=0, max_value=MAX_SHARE, initial=10)
    group = forms.MultipleChoiceField(
        required=False,
        choices=list(TOGETHER.items()),
        initial=[TWINS],
        widget=forms.CheckboxSelectMultiple,
        label="Stay in one part",
    )
    keep_parts = forms.BooleanField(
        required=False, initial=True, label="Articles keep the part that an earlier release gave them"
    )
    seed = forms.IntegerField(min_value=0, max_value=MAX_SEED, initial=DEFAULT_SEED)
    authors = forms.BooleanField(required=False, label="Name who annotated and approved")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(one.format, one.title) for one in writers()]  # type: ignore[attr-defined]
        self.fields["layer"].choices = layer_choices(project)  # type: ignore[attr-defined]

    @property
    def shares(self) -> list[forms.BoundField]:
        return [self[part] for part in PARTS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self._export = self._read(cleaned)
            except Invalid as error:
                self.add_error(None, sentences(error))
        return cleaned

    @property
    def wanted(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        query = ReleaseQuery(self._export, cleaned["keep_parts"], cleaned["authors"], cleaned["licence"])
        return {"query": query, "title": cleaned["title"], "notes": cleaned["notes"]}

    def _read(self, cleaned: Mapping[str, Any]) -> ExportQuery:
        shares = {part: cleaned[part] for part in PARTS if cleaned[part]}
        return read_release_export(
            options={},
            filters={},
            format=cleaned["format"],
            layer=cleaned["layer"],
            split=as_parameter(shares),
            seed=cleaned["seed"],
            group=",".join(cleaned["group"]),
        )
