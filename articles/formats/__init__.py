"""Files in and out: one module a format, behind the contract of `base`."""

from __future__ import annotations

from articles.formats.base import Problem, Reader, Writer
from articles.formats.conll import ConllWriter
from articles.formats.csv import CsvReader
from articles.formats.doccano import DoccanoReader, DoccanoWriter
from articles.formats.jsonl import JsonlReader, JsonlWriter
from articles.formats.label_studio import LabelStudioReader, LabelStudioWriter
from articles.formats.plain import PlainReader
from articles.formats.prodigy import ProdigyReader, ProdigyWriter
from articles.formats.spacy import SpacyWriter
from articles.formats.zipped import ZipReader

# Where two have the same extension, the first one reads what neither recognises.
_READERS: tuple[Reader, ...] = (
    JsonlReader(),
    CsvReader(),
    ZipReader(),
    PlainReader(),
    LabelStudioReader(),
    ProdigyReader(),
    DoccanoReader(),
)
_WRITERS: tuple[type[Writer], ...] = (
    JsonlWriter,
    ConllWriter,
    SpacyWriter,
    DoccanoWriter,
    LabelStudioWriter,
    ProdigyWriter,
)


def readers() -> tuple[Reader, ...]:
    """All formats that can be imported."""
    return _READERS


def writers() -> tuple[type[Writer], ...]:
    """All formats that can be exported."""
    return _WRITERS


def reader_for(name: str, content: bytes, file_format: str = "auto") -> Reader | Problem:
    """The reader of a file: the one asked for, else by its content, else by its name."""
    if not content:
        return Problem(name, None, "The file is empty.")
    if file_format != "auto":
        chosen = next((reader for reader in _READERS if reader.format == file_format), None)
        known = ", ".join(reader.format for reader in _READERS)
        return chosen or Problem(
            name, None, f"There is no format {file_format!r:.40}. There are: auto, {known}."
        )
    by_content = next((reader for reader in _READERS if reader.recognises(name, content)), None)
    if by_content:
        return by_content
    by_name = next((reader for reader in _READERS if name.lower().endswith(reader.extensions)), None)
    if by_name:
        return by_name
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return JsonlReader()
    known = ", ".join(extension for reader in _READERS for extension in reader.extensions)
    return Problem(name, None, f"The format is not recognised. Choose it, or name the file {known}.")


def writer_for(file_format: str, **options: str) -> Writer | Problem:
    """A fresh writer; a Problem for an unknown format or option."""
    chosen = next((writer for writer in _WRITERS if writer.format == file_format), None)
    if chosen is None:
        known = ", ".join(writer.format for writer in _WRITERS)
        return Problem("export", None, f"There is no format {file_format!r:.40}. There are: {known}.")
    try:
        return chosen(**options)
    except TypeError:
        return Problem("export", None, f"{chosen.title} has no option {', '.join(options)}.")
    except ValueError as error:
        return Problem("export", None, str(error))
