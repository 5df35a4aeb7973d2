"""What to export, as an address asks for it: one form for the page and the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.errors import Invalid
from annotator.lib.sentences import said
from articles.formats import writer_for, writers
from articles.formats.base import Option, Problem, Writer
from articles.forms.filters import FilterForm, require_valid
from articles.queries.articles import ArticleFilter
from articles.queries.exports.packages import ExportQuery
from articles.queries.exports.splits import DEFAULT_SEED, TWINS, Split
from articles.queries.layers.choice import GOLD, LayerChoice

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_SEED = 2**31 - 1
OVERLAP, NESTED = "overlap", "nested"  # the option's name, and its older one


class Box(forms.CheckboxInput):
    """Its value is 1. What else an address may say is left to the field, which refuses it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return data.get(name)

    def format_value(self, value: Any) -> str:
        return "1"


class Flag(forms.TypedChoiceField):
    """`1` or nothing."""

    def __init__(self, label: StrOrPromise, help_text: StrOrPromise = "") -> None:
        super().__init__(
            required=False,
            choices=[("1", gettext("Yes"))],
            coerce=bool,
            empty_value="",
            widget=Box,
            label=label,
            help_text=help_text,
        )


class ExportForm(FilterForm):
    """`query` is there once the form is valid. Options of the formats are read under their own names."""

    format = forms.CharField(required=False, max_length=40, label=_("Format"))
    layer = forms.CharField(required=False, max_length=200, label=_("Layer"))
    comments = Flag(_("Comments"))
    history = Flag(_("History: every edit of the layers"))
    zip = Flag(_("A zip with the report beside the file"))
    split = forms.CharField(required=False, max_length=300, label=_("Parts and their shares"))
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
        options = self._options(file_format)
        writer = writer_for(file_format, None, options)
        if isinstance(writer, Problem):
            raise Invalid(writer.reason)
        query = ExportQuery(
            wanted=ArticleFilter(**{name: cleaned[name] for name in FilterForm.base_fields}),
            layer=_layer(cleaned["layer"]),
            file_format=file_format,
            options={one.name: options[one.name] for one in writer.options if _matters(one, options)},
            split=self._split(cleaned),
            comments=bool(cleaned["comments"]),
            history=bool(cleaned["history"]),
            zipped=bool(cleaned["zip"]),
        )
        _require_room(query, writer)
        return query

    def _options(self, file_format: str) -> dict[str, str]:
        """Options that were given, of whichever format: the format refuses those that it does not have."""
        given = {name: self.data[name] for name in option_names() if self.data.get(name)}
        return {OVERLAP: self.data[NESTED], **given} if self.data.get(NESTED) else given

    def _split(self, cleaned: Mapping[str, Any]) -> Split | None:
        if not cleaned["split"]:
            return None
        seed = DEFAULT_SEED if cleaned["seed"] is None else cleaned["seed"]
        return Split.parse(cleaned["split"], seed=seed, together=",".join(self.groups))

    @property
    def groups(self) -> list[str]:
        """What stays together: of an address with commas or several of them, or else near-duplicates."""
        if "group" not in self.data:
            return [TWINS]
        given = self.data.getlist("group") if isinstance(self.data, QueryDict) else [self.data["group"]]
        return [name for some in given for one in some.split(",") if (name := one.strip())]


def read_export(data: Mapping[str, Any]) -> ExportQuery:
    """What an address asks for. Raises Invalid naming everything that cannot be done."""
    return require_valid(ExportForm(data)).query


def option_names() -> list[str]:
    """Of the options of all formats."""
    return list(dict.fromkeys(option.name for kind in writers() for option in kind.options))


def _layer(author: str) -> LayerChoice:
    layer = LayerChoice.parse(author) if author else GOLD
    if layer is None:
        raise Invalid(gettext("layer is gold, user:NAME, engine:NAME or all."))
    return layer


def _matters(option: Option, given: Mapping[str, str]) -> bool:
    return given.get(option.name, option.default) != option.default


def _require_room(query: ExportQuery, writer: Writer) -> None:
    """Raises Invalid for what the format has no place for."""
    asked = {
        "holds_all_layers": (gettext("all layers"), query.layer.is_all),
        "holds_comments": (gettext("comments"), query.comments),
        "holds_history": (gettext("history"), query.history),
    }
    for place, (what, is_asked) in asked.items():
        if is_asked and not getattr(writer, place):
            others = ", ".join(kind.format for kind in writers() if getattr(kind, place))
            raise Invalid(
                gettext("%(writer)s has no place for %(what)s. These have: %(others)s.")
                % {"writer": said(writer.title), "what": what, "others": others}
            )
