"""Forms of engines: their settings, as each engine describes them, and the start of a run."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.errors import Invalid
from annotator.lib.pages import sentences
from annotator.lib.sentences import said
from articles.engines.base import Engine, Setting, SettingsError
from articles.engines.registry import holding_kinds
from articles.forms.filters import FilterForm
from articles.forms.label_map import label_map_field
from articles.models import ProjectEngine, Status
from articles.queries.articles import ArticleFilter

MAX_LIST_BYTES = 5 * 1024 * 1024


class SettingsForm(forms.Form):
    """The settings of an engine. A setting of type `lines` can be uploaded, too, as CSV or TSV."""

    def __init__(
        self,
        *args: Any,
        engine: type[Engine],
        values: Mapping[str, Any],
        kept_keys: Collection[str] = (),
        labels: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.engine = engine
        for setting in engine.settings_form:
            self.fields[setting.name] = _field(setting, engine, values, labels)
            if setting.type == "secret" and setting.name in kept_keys:
                self.fields[setting.name].help_text = gettext(
                    "A key is kept. Type another one to replace it."
                )
                self.fields[forget_name(setting.name)] = forms.BooleanField(
                    required=False,
                    label=gettext("Forget the %(label)s that is kept")
                    % {"label": said(setting.label).lower()},
                )
            if setting.type == "lines":
                self.fields[upload_name(setting.name)] = _upload_field()

    @property
    def settings(self) -> dict[str, Any]:
        """The values as the engine wants them, without keys. Only for a valid form."""
        return {one.name: self._value(one) for one in self.engine.settings_form if one.type != "secret"}

    @property
    def secrets(self) -> dict[str, str]:
        """Keys that were typed, and empty ones for those to be forgotten. Only for a valid form."""
        names = [one.name for one in self.engine.settings_form if one.type == "secret"]
        typed = {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}
        forgotten = {name: "" for name in names if self.cleaned_data.get(forget_name(name))}
        return {**forgotten, **typed}

    def _value(self, setting: Setting) -> Any:
        if setting.type != "lines":
            return self.cleaned_data[setting.name]
        text = self._merged(setting.name)
        return text if isinstance(setting.default, str) else text.splitlines()

    def _merged(self, name: str) -> str:
        """The list as it was typed, so that line numbers stay true, and below it what the file adds."""
        text: str = self.cleaned_data[name]
        there = set(text.splitlines())
        more = [
            line
            for line in dict.fromkeys(self.cleaned_data.get(upload_name(name)) or [])
            if line not in there
        ]
        return "\n".join([*([text] if text else []), *more])

    def show(self, error: Invalid) -> None:
        """Put what was refused where it belongs."""
        if isinstance(error.__cause__, SettingsError):
            self.add_problems(error.__cause__.problems)
        else:
            self.add_error(None, sentences(error))

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Put each problem at its setting; one that belongs to none stands at the top. A list comes back with
        what was uploaded, so that it can be mended in place."""
        data = dict(self.data.items())
        for name, sentence in problems.items():
            if upload_name(name) in self.fields and name in self.cleaned_data:
                data[name] = self._merged(name)
            self.add_error(name if name in self.fields else None, said(sentence))
        self.data = data


class LinesField(forms.CharField):
    """One entry a line, with line ends as \\n."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> str:
        return "\n".join(str(super().to_python(value) or "").splitlines())


class TableField(forms.FileField):
    """A CSV or TSV file; cleans to lines whose cells are separated by tabs."""

    def clean(self, data: Any, initial: Any = None) -> list[str]:
        upload = super().clean(data, initial)
        return _table_lines(upload) if upload else []


class MappingField(forms.CharField):
    """`name = value` on each line; cleans to a dictionary."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return "\n".join(f"{name} = {to}" for name, to in value.items())
        return value

    def clean(self, value: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        problems = []
        for number, line in enumerate((super().clean(value) or "").splitlines(), 1):
            name, equals, to = line.partition("=")
            if equals and name.strip():
                found[name.strip()] = to.strip()
            elif line.strip():
                problems.append(gettext("Line %(number)s: write it as name = value.") % {"number": number})
        if problems:
            raise forms.ValidationError(problems[:20])
        return found


class NumberField(forms.FloatField):
    """A number; a whole one is shown and kept as such."""

    def prepare_value(self, value: Any) -> Any:
        return int(value) if isinstance(value, float) and value.is_integer() else value

    def clean(self, value: Any) -> Any:
        return self.prepare_value(super().clean(value))


class RunForm(FilterForm):
    """Which engines read which articles."""

    SCOPES = (
        ("new", _("Articles that nothing has read yet")),
        ("all", _("All articles")),
        ("some", _("Articles that fit")),
    )
    engines = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one engine.")}
    )
    scope = forms.ChoiceField(choices=SCOPES, widget=forms.RadioSelect, initial="new", label=_("Articles"))

    def __init__(self, *args: Any, engines: Sequence[ProjectEngine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers = [one for one in engines if one.kind not in holding_kinds()]
        self.fields["engines"].choices = [(one.name, one.name) for one in readers]  # type: ignore[attr-defined]
        self.initial.setdefault("engines", [one.name for one in readers if one.enabled])
        for name in ("published_after", "published_before"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"})

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields that say which articles fit."""
        return [self[name] for name in FilterForm.base_fields if name != "mine"]

    @property
    def wanted(self) -> ArticleFilter:
        match self.cleaned_data["scope"]:
            case "new":
                return ArticleFilter(status=Status.NEW)
            case "some":
                return ArticleFilter(**{name: self.cleaned_data[name] for name in FilterForm.base_fields})
        return ArticleFilter()

    @property
    def kept(self) -> dict[str, str]:
        """What was chosen, as the run remembers it to be started again."""
        names = ("scope", *FilterForm.base_fields) if self.cleaned_data["scope"] == "some" else ("scope",)
        return {name: str(self.cleaned_data[name]) for name in names if self.cleaned_data[name]}


def run_choices(query: QueryDict) -> dict[str, Any]:
    """What a link to the form has chosen beforehand."""
    chosen: dict[str, Any] = {
        name: query[name] for name in ("scope", *FilterForm.base_fields) if name in query
    }
    return {**chosen, "engines": query.getlist("engines")} if "engines" in query else chosen


class RetryForm(forms.Form):
    """One article that was set aside, or all of them."""

    article = forms.IntegerField(required=False, min_value=1, max_value=2**62)


def _field(
    setting: Setting, engine: type[Engine], values: Mapping[str, Any], labels: Collection[str]
) -> forms.Field:
    common: dict[str, Any] = {
        "label": said(setting.label),
        "help_text": said(setting.help),
        "required": setting.required,
        "initial": values.get(setting.name, setting.default),
    }
    match setting.type:
        case "lines":
            return LinesField(
                **common, strip=False, widget=forms.Textarea(attrs={"class": "tall", "spellcheck": "false"})
            )
        case "number":
            return NumberField(**common)
        case "boolean":
            return forms.BooleanField(**common)
        case "labels":
            return label_map_field(setting, engine, values, labels)
        case "mapping":
            return MappingField(
                **common, widget=forms.Textarea(attrs={"class": "mono", "spellcheck": "false"})
            )
        case "text":
            return forms.CharField(**common, max_length=2000)
        case "secret":
            # What was typed is not sent back to the page, either.
            hidden = forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"})
            return forms.CharField(**{**common, "initial": ""}, max_length=2000, widget=hidden)


def forget_name(name: str) -> str:
    return f"{name}_forget"


def upload_name(name: str) -> str:
    return f"{name}_file"


def _upload_field() -> TableField:
    return TableField(
        required=False,
        label=gettext("Add from a file"),
        help_text=gettext(
            "CSV or TSV, one entry a row. What is in the list already stays, and nothing comes twice."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
        error_messages={"empty": gettext("This file is empty.")},
    )


def _table_lines(upload: UploadedFile[bytes]) -> list[str]:
    if (upload.size or 0) > MAX_LIST_BYTES:
        raise forms.ValidationError(
            gettext("The file is larger than %(max_list_bytes)s MB. Split it.")
            % {"max_list_bytes": MAX_LIST_BYTES // 2**20}
        )
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise forms.ValidationError(
            gettext("Line %(line)s is not UTF-8. Save the file as UTF-8.") % {"line": line}
        ) from error
    if "\0" in text:
        raise forms.ValidationError(gettext("The file holds a NUL character, so it is not a text."))
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise forms.ValidationError(
            gettext("The file cannot be read as a table: %(error)s.") % {"error": error}
        ) from error
    return ["\t".join(cell.strip() for cell in row) for row in rows if any(cell.strip() for cell in row)]


def _delimiter(text: str) -> str:
    """The one that the first line has most of: a tab, a semicolon or a comma."""
    first = text.lstrip().partition("\n")[0]
    return max("\t;,", key=first.count)
