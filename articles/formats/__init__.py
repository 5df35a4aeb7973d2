"""Files in and out: one module a format, behind the contract of `base`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.schemas.definition import Definition
from articles.formats.base import BadOption, Found, Problem, Reader, Writer
from articles.formats.brat import BratReader, BratWriter
from articles.formats.conll import ConllWriter
from articles.formats.conll_reader import ConllReader
from articles.formats.csv import CsvReader
from articles.formats.doccano import DoccanoReader, DoccanoWriter
from articles.formats.jsonl import JsonlReader, JsonlWriter
from articles.formats.label_studio import LabelStudioReader, LabelStudioWriter
from articles.formats.plain import PlainReader
from articles.formats.prodigy import ProdigyReader, ProdigyWriter
from articles.formats.source import Source
from articles.formats.spacy import SpacyWriter
from articles.formats.uima import CasJsonReader, CasJsonWriter, XmiReader, XmiWriter
from articles.formats.zipped import ZipReader

# Where two have the same extension, the first one reads what neither recognises.
_READERS: tuple[type[Reader], ...] = (
    JsonlReader,
    CsvReader,
    PlainReader,
    ConllReader,
    LabelStudioReader,
    ProdigyReader,
    DoccanoReader,
    BratReader,
    XmiReader,
    CasJsonReader,
)
_WRITERS: tuple[type[Writer], ...] = (
    JsonlWriter,
    ConllWriter,
    SpacyWriter,
    DoccanoWriter,
    LabelStudioWriter,
    ProdigyWriter,
    BratWriter,
    XmiWriter,
    CasJsonWriter,
)
AUTO = "auto"


def readers() -> tuple[type[Reader], ...]:
    """All formats that can be imported; a zip holds files of these."""
    return _READERS


def writers() -> tuple[type[Writer], ...]:
    """All formats that can be exported."""
    return _WRITERS


def read_upload(
    file: Source, file_format: str = AUTO, options: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """Articles and problems of an upload: one file, or a zip of files."""
    chosen = recognise(file, file_format, options)
    if isinstance(chosen, Problem):
        yield chosen
    elif isinstance(chosen, ZipReader):
        yield from chosen.read(file)
    else:
        yield from chosen.read_together([file])


def recognise(
    file: Source, file_format: str = AUTO, options: Mapping[str, str] | None = None
) -> Reader | Problem:
    """What reads this upload: the reader of a zip, the one asked for, else by its content, else its name."""
    if not file.size:
        return Problem(file.name, None, "The file is empty.")
    archive = ZipReader(lambda files: _read_archive(files, file_format, options or {}))
    if file_format in (AUTO, archive.format):
        named = _is_named(file, archive.extensions) or file_format == archive.format
        known = None if file_format == archive.format else _reader_of(file)
        is_archive = archive.recognises(file) and not _is_zipped_document(file)
        if is_archive or (named and not isinstance(known, Reader)):
            return archive
        return known or archive
    if archive.recognises(file) and not _is_zipped_document(file):
        return archive
    return _chosen(file.name, file_format, options or {})


def _read_archive(files: Sequence[Source], file_format: str, options: Mapping[str, str]) -> Iterator[Found]:
    """Files that belong together (a text and its annotations) are read together, the others one by one."""
    if file_format not in (AUTO, ZipReader.format):
        yield from _read_as(files, file_format, options)
        return
    left = list(files)
    for reader in (kind() for kind in _READERS if kind.companions):
        mine = [file for file in left if _is_named(file, reader.extensions + reader.companions)]
        if any(_is_named(file, reader.companions) for file in mine):
            left = [file for file in left if file not in mine]
            yield from reader.read_together(mine)
    for file in left:
        found = _reader_of(file)
        if isinstance(found, Problem):
            yield found
        else:
            yield from found.read(file)


def _read_as(files: Sequence[Source], file_format: str, options: Mapping[str, str]) -> Iterator[Found]:
    """All files by the format that was chosen; when some carry its endings, those that do not are refused."""
    reader = _chosen("import", file_format, options)
    if isinstance(reader, Problem):
        yield reader
        return
    endings = reader.extensions + reader.companions
    mine = [file for file in files if _is_named(file, endings)] or list(files)
    yield from reader.read_together(mine)
    words = f"This is no file of {reader.title}: they end in {', '.join(endings)}."
    yield from (Problem(file.name, None, words) for file in files if file not in mine)


def _reader_of(file: Source) -> Reader | Problem:
    """By the content, else by the name. Never a zip's: none is read within another."""
    if not file.size:
        return Problem(file.name, None, "The file is empty.")
    if _is_named(file, ZipReader.extensions):
        return Problem(file.name, None, "A zip within a zip is not read. Unpack it first.")
    by_content = (kind for kind in _READERS if kind().recognises(file))
    by_name = (kind for kind in _READERS if _is_named(file, kind.extensions))
    kind = next(by_content, None) or next(by_name, None)
    if kind is None and file.head.lstrip().startswith(b"{"):
        kind = JsonlReader
    if kind:
        return kind()
    known = ", ".join(dict.fromkeys(extension for kind in _READERS for extension in kind.extensions))
    return Problem(file.name, None, f"The format is not recognised. Choose it, or name the file {known}.")


def writer_for(
    file_format: str, definition: Definition | None = None, options: Mapping[str, str] | None = None
) -> Writer | Problem:
    """A fresh writer; a Problem for an unknown format or option."""
    kind = next((writer for writer in _WRITERS if writer.format == file_format), None)
    if kind is None:
        known = ", ".join(writer.format for writer in _WRITERS)
        return Problem("export", None, f"There is no format {file_format!r:.40}. There are: {known}.")
    try:
        return kind(definition, options)
    except BadOption as error:
        return Problem("export", None, str(error))


def _chosen(name: str, file_format: str, options: Mapping[str, str]) -> Reader | Problem:
    kind = next((kind for kind in _READERS if kind.format == file_format), None)
    if kind is None:
        known = ", ".join(kind.format for kind in _READERS)
        return Problem(name, None, f"There is no format {file_format!r:.40}. There are: auto, {known}, zip.")
    try:
        return kind(options)
    except BadOption as error:
        return Problem(name, None, str(error))


def _is_named(file: Source, endings: tuple[str, ...]) -> bool:
    return file.name.lower().endswith(endings)


def _is_zipped_document(file: Source) -> bool:
    """Word files and the like are zips too, and are read as what they are."""
    return _is_named(file, (".docx",))
