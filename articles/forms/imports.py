from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import orjson
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from annotator.users.models import Membership
from articles.formats import readers
from articles.models.articles import MAX_TEXT_LENGTH


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; cleans to a list."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        one_by_one = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in one_by_one or [None]]


class UploadForm(forms.Form):
    file = FilesField(
        error_messages={"required": "Choose at least one file.", "empty": "An empty file holds no articles."}
    )
    format = forms.ChoiceField(required=False)
    layer = forms.ChoiceField(
        required=False,
        label="Spans in the files go to",
        help_text="Gold: finished, approved by you. A person's layer: submitted, waiting for review.",
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = [(reader.format, reader.title) for reader in readers()]
        layers = [(f"user:{one.user.username}", one.user.name) for one in members]
        self.fields["format"].choices = [("auto", "Find out by itself"), *formats]  # type: ignore[attr-defined]
        self.fields["layer"].choices = [("gold", "Gold"), *layers]  # type: ignore[attr-defined]

    def clean_file(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["file"]
        if sum(file.size or 0 for file in files) > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                f"That is more than {filesizeformat(settings.MAX_UPLOAD_BYTES)} at once. Split it, or zip it."
            )
        return files

    def upload(self) -> dict[str, Any]:
        """What `stage_import` wants: several files become one zip."""
        files: list[UploadedFile[Any]] = self.cleaned_data["file"]
        chosen = self.cleaned_data["format"] or "auto"
        layer = self.cleaned_data["layer"] or "gold"
        if len(files) == 1:
            name, pieces = files[0].name or "upload", files[0].chunks(2**20)
            return {"file_name": name, "pieces": pieces, "file_format": chosen, "layer": layer}
        content = zipped(files, extensions_of(chosen))
        return {"file_name": f"{len(files)} files.zip", "pieces": [content], "layer": layer}


class PasteForm(forms.Form):
    title = forms.CharField(required=False, max_length=500)
    text = forms.CharField(
        max_length=MAX_TEXT_LENGTH,
        strip=False,
        widget=forms.Textarea({"class": "text", "rows": 10}),
        error_messages={"required": "Paste the article's text."},
    )

    def clean_text(self) -> str:
        # Browsers send every line break of a textarea as CRLF; the pasted text had LF.
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError("Paste the article's text.")
        return text

    def upload(self) -> dict[str, Any]:
        article = {key: value for key, value in self.cleaned_data.items() if value}
        return {"file_name": "pasted text", "pieces": [orjson.dumps(article)], "file_format": "jsonl"}


def extensions_of(file_format: str) -> tuple[str, ...]:
    """How files of a chosen format are named; nothing for `auto`."""
    return next((one.extensions for one in readers() if one.format == file_format), ())


def zipped(files: Sequence[UploadedFile[Any]], extensions: tuple[str, ...] = ()) -> bytes:
    """The files as one archive. There names say the format, so one with none of `extensions` gets the first.
    Files of one name are kept apart by a number."""
    buffer, seen = io.BytesIO(), dict[str, int]()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            name = file.name or "file"
            if extensions and not name.lower().endswith(extensions):
                name += extensions[0]
            seen[name] = seen.get(name, 0) + 1
            archive.writestr(_numbered(name, seen[name]), file.read())
    return buffer.getvalue()


def _numbered(name: str, number: int) -> str:
    if number == 1:
        return name
    stem, dot, extension = name.rpartition(".")
    return f"{stem} ({number}){dot}{extension}" if stem else f"{name} ({number})"
