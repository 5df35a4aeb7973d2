"""What becomes of an engine's own labels: a table of them, with a choice each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from annotator.lib.sentences import said
from articles.engines.base import Engine, EngineError, Setting

# Choices besides the labels, which stand behind "=" so that none is taken for one of these.
BY_ITSELF, LEAVE_OUT = "", "-"

Choice = tuple[str, str]


class LabelMapWidget(forms.Widget):
    """A row for each of the engine's own labels. `usual` is the project's label that each becomes by itself,
    empty for none; `problem` is why they are not known."""

    use_fieldset = True

    def __init__(self, usual: Mapping[str, str], labels: Collection[str], problem: str = "") -> None:
        super().__init__()
        self.usual, self.labels, self.problem = dict(usual), tuple(labels), problem

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """What was chosen, of the rows that came."""
        sent = {theirs: data.get(f"{name}:{theirs}") for theirs in self.usual}
        return {theirs: str(choice) for theirs, choice in sent.items() if choice is not None}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        rows = [self._row(name, theirs, (value or {}).get(theirs, BY_ITSELF)) for theirs in self.usual]
        return render_to_string("articles/label_map.html", {"rows": rows, "problem": self.problem})

    def _row(self, name: str, theirs: str, chosen: str) -> dict[str, Any]:
        choices = list(self._choices(theirs))
        if chosen not in dict(choices):
            gone = _("%(label)s (not in the schema)") % {"label": chosen.removeprefix("=")}
            choices.append((chosen, gone))
        return {"theirs": theirs, "name": f"{name}:{theirs}", "chosen": chosen, "choices": choices}

    def _choices(self, theirs: str) -> Iterator[Choice]:
        usual = self.usual[theirs]
        by_itself = _("%(label)s (default)") % {"label": usual} if usual else _("Left out (default)")
        yield BY_ITSELF, by_itself
        if usual:
            yield LEAVE_OUT, _("Leave out")
        yield from ((f"={label}", label) for label in self.labels)


class LabelMapField(forms.Field):
    """Cleans to the project's label by the engine's, empty for one left out. Those that become what they
    would by themselves are not in it."""

    widget: LabelMapWidget

    def clean(self, value: dict[str, str]) -> dict[str, str]:
        chosen = {theirs: choice for theirs, choice in value.items() if choice != BY_ITSELF}
        return {theirs: "" if to == LEAVE_OUT else to.removeprefix("=") for theirs, to in chosen.items()}


def label_map_field(
    setting: Setting, engine: type[Engine], values: Mapping[str, Any], labels: Collection[str]
) -> LabelMapField:
    """Rows for what the engine finds, and for what was kept of other labels, so that it can be taken away."""
    kept, problem = dict(values.get(setting.name) or {}), ""
    try:
        usual = dict(engine.own_labels(values, frozenset(labels)))
    except EngineError as error:
        usual, problem = {}, said(str(error))
    usual |= {theirs: "" for theirs in kept if theirs not in usual}
    chosen = {theirs: f"={to}" if to else LEAVE_OUT for theirs, to in kept.items()}
    return LabelMapField(
        label=said(setting.label),
        help_text=said(setting.help),
        required=False,
        initial=chosen,
        widget=LabelMapWidget(usual, labels, problem),
    )
