"""What to export, as an address asks for it: one form for the page and the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from annotator.lib.errors import Invalid
from articles.formats import writer_for, writers
from articles.formats.base import Option, Problem
from articles.forms.filters import FilterForm, require_valid
from articles.queries.articles import ArticleFilter
from articles.queries.exports import LayerChoice
from articles.queries.packages import ExportQuery
from articles.queries.splits import DEFAULT_SEED, TWINS, Split

MAX_SEED = 2**31 - 1
YES = (("", "No"), ("1", "Yes"))


class ExportForm(FilterForm):
    """`query` is there once the form is valid. Options of the format are fields under their own names."""

    format = forms.CharField(required=False, max_length=40)
    layer = forms.CharField(required=False, max_length=200)
    comments = forms.ChoiceField(required=False, choices=YES)
    history = forms.ChoiceField(required=False, choices=YES)
    zip = forms.ChoiceField(required=False, choices=YES)
    split = forms.CharField(required=False, max_length=300)
    seed = forms.IntegerField(required=False, min_value=0, max_value=MAX_SEED)
    group = forms.CharField(required=False, max_length=100)

    query: ExportQuery

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.query = self._query(cleaned)
            except Invalid as error:
                self.add_error(None, error.reason)
        return cleaned

    def _query(self, cleaned: Mapping[str, Any]) -> ExportQuery:
        file_format = cleaned["format"] or writers()[0].format
        query = ExportQuery(
            wanted=ArticleFilter(**{name: cleaned[name] for name in FilterForm.base_fields}),
            layer=_layer(cleaned["layer"] or "gold"),
            file_format=file_format,
            options=self._options(file_format),
            split=self._split(cleaned),
            comments=bool(cleaned["comments"]),
            history=bool(cleaned["history"]),
            zipped=bool(cleaned["zip"]),
        )
        _require_room(query)
        return query

    def _options(self, file_format: str) -> dict[str, str]:
        """Options of any format that were given: one that this format does not have is refused."""
        given = {name: self.data[name] for name in option_names() if self.data.get(name)}
        if "nested" in self.data:  # the older name
            given.setdefault("overlap", self.data["nested"])
        return given

    def _split(self, cleaned: Mapping[str, Any]) -> Split | None:
        if not cleaned["split"]:
            return None
        seed = DEFAULT_SEED if cleaned["seed"] is None else cleaned["seed"]
        group = cleaned["group"] if "group" in self.data else TWINS
        return Split.parse(cleaned["split"], seed=seed, together=group)


def read_export(data: Mapping[str, Any]) -> ExportQuery:
    """What an address asks for. Raises Invalid naming everything that cannot be done."""
    return require_valid(ExportForm(data)).query


def option_names() -> list[str]:
    return list(dict.fromkeys(option.name for option in all_options()))


def all_options() -> list[Option]:
    """The options of all formats."""
    return [option for writer in writers() for option in writer.options]


def _layer(author: str) -> LayerChoice:
    layer = LayerChoice.parse(author)
    if layer is None:
        raise Invalid("layer is gold, user:NAME, engine:NAME or all.")
    return layer


def _require_room(query: ExportQuery) -> None:
    """Raises Invalid for a format or option that there is not, and for what the format has no place for."""
    writer = writer_for(query.file_format, None, query.options)
    if isinstance(writer, Problem):
        raise Invalid(writer.reason)
    asked = {"all layers": query.layer.kind == "all", "comments": query.comments, "history": query.history}
    if not writer.holds_all_layers and (words := [what for what, wanted in asked.items() if wanted]):
        raise Invalid(f"{writer.title} has no place for {' and '.join(words)}. {_places()} has.")


def _places() -> str:
    return ", ".join(kind.title.partition(":")[0] for kind in writers() if kind.holds_all_layers)
