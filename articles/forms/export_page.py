"""The same question as boxes and lists on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from annotator.lib.sentences import said
from articles.formats import writers
from articles.formats.base import Option, Writer
from articles.forms.exports import ExportForm
from articles.queries.exports.splits import DEFAULT_SEED, TOGETHER

# Not "mine": whoever exports asks for everybody's.
FILTERS = ("status", "label", "language", "published_after", "published_before", "q")
Choices = Iterable[tuple[str, str]]
SHARES = ("train:80,dev:10,test:10", "train:70,dev:15,test:15", "train:90,test:10")


@dataclass(frozen=True)
class OptionSet:
    """The options of one format with their values: only those of the chosen format are shown and sent."""

    kind: type[Writer]
    is_chosen: bool
    rows: list[tuple[Option, str]]
    flags: list[forms.BoundField]


class ExportPageForm(ExportForm):
    default_seed = DEFAULT_SEED

    def __init__(self, data: QueryDict, *, layers: Choices, labels: Iterable[str], languages: Iterable[str]):
        super().__init__(data)
        self._offer("layer", layers)
        self._offer("format", ((kind.format, said(kind.title)) for kind in writers()))
        self._offer("label", [("", _("Any")), *((name, name) for name in labels)])
        self._offer("language", [("", _("Any")), *((name, name) for name in languages)])
        for name in ("published_after", "published_before"):
            self.fields[name].widget = forms.DateInput({"type": "date"})

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].widget = forms.Select(choices=list(choices))

    def _options(self, file_format: str) -> dict[str, str]:
        """Without scripts the page still sends the options of the format that was chosen before."""
        names = {option.name for kind in writers() if kind.format == file_format for option in kind.options}
        return {name: value for name, value in super()._options(file_format).items() if name in names}

    @property
    def option_sets(self) -> list[OptionSet]:
        chosen = self["format"].value() or writers()[0].format
        return [
            OptionSet(
                kind,
                kind.format == chosen,
                [(option, self.data.get(option.name, option.default)) for option in kind.options],
                self._flags(kind),
            )
            for kind in writers()
        ]

    def _flags(self, kind: type[Writer]) -> list[forms.BoundField]:
        places = {"comments": kind.holds_comments, "history": kind.holds_history}
        return [self[name] for name, is_there in places.items() if is_there]

    @property
    def filters(self) -> list[forms.BoundField]:
        return [self[name] for name in FILTERS]

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is set."""
        return any(self.data.get(name) for name in FILTERS)

    @property
    def group_boxes(self) -> list[tuple[str, str, bool]]:
        """Value, title and whether it is ticked."""
        return [(name, str(title), name in self.groups) for name, title in TOGETHER.items()]
