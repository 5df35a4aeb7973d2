"""A step of a plan to change the label schema, as a form without scripts sends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from annotator.schemas.definition import Definition
from articles.domain.schema_changes.plan import DEEDS, NOUNS
from articles.domain.schema_changes.problems import LISTS

DEED_TITLES = {
    "rename": gettext_lazy("Rename"),
    "merge": gettext_lazy("Merge into one"),
    "split": gettext_lazy("Split"),
    "delete": gettext_lazy("Delete, with all that carries it"),
    "retire": gettext_lazy("Retire: its spans stay, new ones cannot be made"),
    "require": gettext_lazy("Make required"),
    "add": gettext_lazy("Add a new one"),
}
KIND_TITLES = {
    "label": gettext_lazy("Labels"),
    "relation": gettext_lazy("Relation types"),
    "attribute": gettext_lazy("Attributes"),
    "option": gettext_lazy("Options"),
    "article_label": gettext_lazy("Article labels"),
}
_ARROW = "=>"


class StepForm(forms.Form):
    """One step: what is done to which names. `rules` are lines `words, words => LABEL` or
    `@attribute = value => LABEL`."""

    do = forms.ChoiceField(label=gettext_lazy("What to do"), widget=forms.RadioSelect)
    names = forms.MultipleChoiceField(
        label=gettext_lazy("Names"), required=False, widget=forms.CheckboxSelectMultiple
    )
    to = forms.CharField(required=False, max_length=64, label=gettext_lazy("New name, or the one that stays"))
    rules = forms.CharField(
        required=False,
        max_length=200_000,
        label=gettext_lazy("Which become what"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    by_hand = forms.BooleanField(
        required=False, label=gettext_lazy("Put the rest on a list, to be decided one by one")
    )
    attribute_type = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Type"),
        choices=[
            ("text", gettext_lazy("Text")),
            ("choice", gettext_lazy("Choice")),
            ("boolean", gettext_lazy("Yes or no")),
        ],
    )
    options = forms.CharField(
        required=False, max_length=20_000, label=gettext_lazy("Options, separated by commas")
    )
    required = forms.BooleanField(required=False, label=gettext_lazy("Required"))
    description = forms.CharField(required=False, max_length=2_000, label=gettext_lazy("Description"))

    def __init__(self, *args: Any, kind: str, known: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.known = kind, list(known)
        self.fields["do"].choices = [(deed, DEED_TITLES[deed]) for deed in DEEDS[kind]]  # type: ignore[attr-defined]
        self.fields["names"].choices = [(name, name) for name in self.known]  # type: ignore[attr-defined]

    def clean_rules(self) -> list[dict[str, Any]]:
        rules, problems = [], []
        for number, line in enumerate(self.cleaned_data["rules"].splitlines(), start=1):
            words, arrow, to = line.rpartition(_ARROW)
            if not line.strip():
                continue
            if not arrow or not words.strip() or not to.strip():
                said = gettext("Line %(number)s: write words, then => and the label that they become.")
                problems.append(said % {"number": number})
                continue
            rules.append({**_condition(words.strip()), "to": to.strip()})
        if problems:
            raise forms.ValidationError(problems[:10])
        return rules

    def step(self) -> list[dict[str, Any]]:
        """The step as a plan has it; one for each attribute, where options of several were chosen. Of a form
        that is valid."""
        data = self.cleaned_data
        step = {"do": data["do"], "kind": self.kind, "to": data["to"].strip()}
        if data["do"] == "split":
            step |= {"rules": data["rules"], "by_hand": data["by_hand"]}
        if data["do"] == "add":
            step["definition"] = self._definition()
        if data["do"] in ("delete", "retire", "require"):
            step["to"] = ""
        if self.kind != "option":
            return [{**step, "names": data["names"]}]
        chosen = [name.split(": ", 1) for name in data["names"]]
        attributes = dict.fromkeys(attribute for attribute, _ in chosen)
        return [
            {**step, "attribute": one, "names": [name for attribute, name in chosen if attribute == one]}
            for one in attributes
        ]

    def _definition(self) -> dict[str, Any]:
        data = self.cleaned_data
        rest = {"description": data["description"]}
        if self.kind != "attribute":
            return rest
        options = [option.strip() for option in data["options"].split(",") if option.strip()]
        kind = data["attribute_type"] or "text"
        return {
            **rest,
            "type": kind,
            "required": data["required"],
            "options": options if kind == "choice" else [],
        }


def _condition(words: str) -> dict[str, Any]:
    if not words.startswith("@"):
        return {"surfaces": [one.strip() for one in words.split(",") if one.strip()]}
    attribute, _, value = words[1:].partition("=")
    given: str | bool = value.strip()
    if given in ("yes", "no"):
        given = given == "yes"
    return {"attribute": attribute.strip(), "value": given}


def known_names(definition: Definition, kind: str) -> list[str]:
    """The names of a kind, in the schema's order; an option is `attribute: option`."""
    if kind == "option":
        return [f"{one.name}: {option}" for one in definition.attributes for option in one.options]
    return [row.name for row in getattr(definition, LISTS[kind])]


def kinds() -> Iterator[tuple[str, str]]:
    """Kinds of things with their names in the plural."""
    return ((kind, str(KIND_TITLES[kind])) for kind in NOUNS)
