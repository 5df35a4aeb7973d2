from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.sentences import said
from annotator.users.models import Project
from annotator.users.queries import members_of
from articles.formats import readers
from articles.formats.base import Option
from articles.formats.common.archive import entry_names, zip_pieces
from articles.formats.common.encodings import ENCODINGS
from articles.models import Import
from articles.models.articles import MAX_TEXT_LENGTH
from articles.queries.projects.figures import project_engines
from articles.services.imports.wishes import Wishes

CHUNK_BYTES = 2**20


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; cleans to a list."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        one_by_one = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in one_by_one or [None]]


class WishesForm(forms.Form):
    """How an upload is to be read, and what is to become of what is in it."""

    format = forms.ChoiceField(required=False, label=_("Format"))
    encoding = forms.ChoiceField(required=False, label=_("Encoding"), choices=lambda: _encodings())
    layer = forms.ChoiceField(
        required=False,
        label=_("Spans in the files go to"),
        help_text=_(
            "Gold: finished, approved by you. A person's layer: submitted, waiting for review. An "
            "engine's: suggestions."
        ),
    )
    unknown = forms.ChoiceField(
        required=False,
        label=_("Labels that the schema does not have"),
        choices=Import.Unknown.choices,
        help_text=_("You see them, and can name others for them, before anything is imported."),
    )
    twins = forms.ChoiceField(
        required=False,
        label=_("Reprints and updates of articles that are there"),
        choices=Import.Twins.choices,
        initial=Import.Twins.LINK,
    )

    corrections = forms.ChoiceField(
        required=False,
        label=_("Articles with the external id of one that is there, and another text"),
        choices=Import.Corrections.choices,
        initial=Import.Corrections.SKIP,
        help_text=_("A correction takes the text alone. What people have marked comes along to it."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [("auto", gettext("Find out by itself")), *_formats()]  # type: ignore[attr-defined]
        self.fields["layer"].choices = target_layers(project)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(upload: Import) -> dict[str, Any]:
        """What the form shows of an upload."""
        shown = {name: getattr(upload, name) for name in _WISHES}
        return {**shown, "format": upload.format if upload.format in dict(_formats()) else "auto"}

    def wishes(self, **more: Any) -> Wishes:
        values = {name: value for name, value in self.cleaned_data.items() if value and name in _WISHES}
        return Wishes(file_format=self.cleaned_data["format"] or "auto", **values, **more)


_WISHES = ("encoding", "layer", "unknown", "twins", "corrections")


def _encodings() -> list[tuple[str, str]]:
    return [(value, said(title)) for value, title in ENCODINGS]


def _formats() -> list[tuple[str, str]]:
    return [(reader.format, said(reader.title)) for reader in readers()]


def target_layers(project: Project) -> list[tuple[str, str]]:
    """Authors to whose layers spans can go, with their names for people."""
    people = [(f"user:{one.user.username}", one.user.name) for one in members_of(project)]
    engines = [
        (f"engine:{one.name}", gettext("Engine %(name)s") % {"name": one.name})
        for one in project_engines(project)
    ]
    return [
        ("gold", gettext("Gold")),
        *people,
        *engines,
        ("engine:imported", gettext("Suggestions, as engine “imported”")),
    ]


class UploadForm(WishesForm):
    # Of a folder some files may well be empty; one that is alone is refused when it is kept.
    file = FilesField(allow_empty_file=True, error_messages={"required": _("Choose at least one file.")})
    paths = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["file"]
        if sum(file.size or 0 for file in files) > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                gettext("That is more than %(max_upload_bytes)s at once. Split it, or zip it.")
                % {"max_upload_bytes": filesizeformat(settings.MAX_UPLOAD_BYTES)}
            )
        return files

    def upload(self) -> dict[str, Any]:
        """What `stage_import` wants: several files become one zip, under the paths of a folder."""
        files: list[UploadedFile[Any]] = self.cleaned_data["file"]
        if len(files) == 1:
            name, pieces = files[0].name or "upload", files[0].chunks(CHUNK_BYTES)
        else:
            named = zip(entry_names(self._names(files)), files, strict=True)
            name = f"{len(files)} files.zip"
            pieces = zip_pieces((name, file.chunks(CHUNK_BYTES)) for name, file in named)
        return {"file_name": name, "pieces": pieces, "wishes": self.wishes()}

    def _names(self, files: Sequence[UploadedFile[Any]]) -> list[str]:
        """Browsers send bare names; the page adds the paths within a folder beside them."""
        try:
            paths = orjson.loads(self.cleaned_data["paths"] or "[]")
        except orjson.JSONDecodeError:
            paths = []
        if not isinstance(paths, list) or len(paths) != len(files):
            paths = [""] * len(files)
        return [str(path or file.name or "file") for path, file in zip(paths, files, strict=True)]


class PasteForm(forms.Form):
    title = forms.CharField(required=False, max_length=500, label=_("Title"))
    text = forms.CharField(
        label=_("Text"),
        max_length=MAX_TEXT_LENGTH,
        strip=False,
        widget=forms.Textarea({"class": "text", "rows": 10}),
        error_messages={"required": _("Paste the article's text.")},
    )

    def clean_text(self) -> str:
        # Browsers send every line break of a textarea as CRLF; the pasted text had LF.
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError(gettext("Paste the article's text."))
        return text

    def upload(self) -> dict[str, Any]:
        article = {key: value for key, value in self.cleaned_data.items() if value}
        return {"file_name": "pasted text", "pieces": [orjson.dumps(article)], "wishes": Wishes("jsonl")}


@dataclass(frozen=True)
class ChosenOption:
    """An option of the format that reads an upload, with what is chosen."""

    option: Option
    value: str

    @property
    def field(self) -> str:
        return f"{OPTION}{self.option.name}"


OPTION = "option:"


def reader_options(upload: Import) -> list[ChosenOption]:
    """The options of the format that reads the upload."""
    kind = next((one for one in readers() if one.format == upload.format), None)
    options = kind.options if kind else ()
    return [ChosenOption(one, upload.options.get(one.name, one.default)) for one in options]


def options_of(data: QueryDict, upload: Import) -> dict[str, str]:
    """What was chosen of them. Another format has other options, and begins with their defaults."""
    if data.get("format", upload.format) != upload.format:
        return {}
    chosen = {key.removeprefix(OPTION): str(value) for key, value in data.items() if key.startswith(OPTION)}
    return {name: value for name, value in chosen.items() if value}
