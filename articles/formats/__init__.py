"""Files in and out: one module a format, behind the contract of `base`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from annotator.schemas.definition import Definition
from articles.formats.base import BadOption, Found, Problem, Reader, Writer
from articles.formats.brat import BratReader, BratWriter
from articles.formats.common.encodings import is_offered
from articles.formats.common.gzipped import GzipReader
from articles.formats.common.refused import why_refused
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.common.unpacked import Damaged
from articles.formats.conll import ConllReader, ConllWriter
from articles.formats.conllu import ConlluReader, ConlluWriter
from articles.formats.csv import CsvReader
from articles.formats.doccano import DoccanoReader, DoccanoWriter
from articles.formats.docx import DocxReader
from articles.formats.feeds import FeedReader
from articles.formats.gate import GateReader, GateWriter
from articles.formats.html import HtmlReader
from articles.formats.huggingface import HuggingFaceWriter
from articles.formats.jsonl import JsonlReader, JsonlWriter
from articles.formats.label_studio import LabelStudioReader, LabelStudioWriter
from articles.formats.mhtml import MhtmlReader
from articles.formats.parquet import ParquetReader, ParquetWriter
from articles.formats.pdf import PdfReader
from articles.formats.plain import PlainReader
from articles.formats.prodigy import ProdigyReader, ProdigyWriter
from articles.formats.spacy import SpacyReader, SpacyWriter
from articles.formats.tables import SpanCsvWriter, SpanTableReader, SpanTsvWriter
from articles.formats.tei import TeiReader
from articles.formats.uima import CasJsonReader, CasJsonWriter, XmiReader, XmiWriter
from articles.formats.web_annotation import WebAnnotationWriter
from articles.formats.webanno import WebAnnoReader, WebAnnoWriter
from articles.formats.zipped import ZipReader

# Where two have the same extension, the first one reads what neither recognises.
_READERS: tuple[type[Reader], ...] = (
    JsonlReader,
    CsvReader,
    PlainReader,
    WebAnnoReader,
    ConlluReader,
    ConllReader,
    LabelStudioReader,
    ProdigyReader,
    DoccanoReader,
    BratReader,
    XmiReader,
    CasJsonReader,
    GateReader,
    TeiReader,
    SpanTableReader,
    HtmlReader,
    MhtmlReader,
    FeedReader,
    DocxReader,
    PdfReader,
    ParquetReader,
    SpacyReader,
)
_WRITERS: tuple[type[Writer], ...] = (
    JsonlWriter,
    ConllWriter,
    ConlluWriter,
    WebAnnoWriter,
    SpacyWriter,
    DoccanoWriter,
    LabelStudioWriter,
    ProdigyWriter,
    BratWriter,
    XmiWriter,
    CasJsonWriter,
    GateWriter,
    SpanCsvWriter,
    SpanTsvWriter,
    WebAnnotationWriter,
    ParquetWriter,
    HuggingFaceWriter,
)
_ARCHIVES = (ZipReader, GzipReader)
AUTO = "auto"


def readers() -> tuple[type[Reader], ...]:
    """All formats that can be imported; an archive holds files of these."""
    return _READERS


def writers() -> tuple[type[Writer], ...]:
    """All formats that can be exported."""
    return _WRITERS


def read_upload(
    file: Source, file_format: str = AUTO, options: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """Articles and problems of an upload: one file, or an archive of files."""
    chosen = recognise(file, file_format, options)
    if isinstance(chosen, Problem):
        yield chosen
    else:
        yield from _guarded(chosen.read_together([file]))


def recognise(
    file: Source, file_format: str = AUTO, options: Mapping[str, str] | None = None
) -> Reader | Problem:
    """What reads this upload: that of an archive, the one asked for, else by its content, else its name."""
    if not file.size:
        return Problem(file.name, None, "The file is empty.")
    if not is_offered(file.encoding):
        return Problem(file.name, None, f"There is no encoding {file.encoding!r:.40}.")
    if reason := why_refused(file):
        return Problem(file.name, None, reason)
    archives = [kind(lambda files: _read_archive(files, file_format, options or {})) for kind in _ARCHIVES]
    if file_format not in (AUTO, *(one.format for one in archives)):
        chosen = _chosen(file.name, file_format, options or {})
        if isinstance(chosen, Problem):
            return chosen
    asked_for = (one for one in archives if one.format == file_format)
    by_content = (one for one in archives if one.recognises(file))
    by_name = (one for one in archives if file_format == AUTO and _is_named(file, one.extensions))
    likely = asked_for if _is_zipped_document(file) else chain(asked_for, by_content, by_name)
    if archive := next(likely, None):
        return archive
    return _reader_of(file) if file_format == AUTO else _chosen(file.name, file_format, options or {})


def _read_archive(files: Sequence[Source], file_format: str, options: Mapping[str, str]) -> Iterator[Found]:
    """Files that belong together (a text and its annotations) are read together, the others one by one."""
    if file_format != AUTO and all(file_format != kind.format for kind in _ARCHIVES):
        yield from _guarded(_read_as(files, file_format, options))
        return
    left = files
    for reader in (kind() for kind in _READERS if kind.companions):
        mine, others = _parted(left, reader.extensions + reader.companions)
        if any(_is_named(file, reader.companions) for file in mine):
            left = others
            yield from _guarded(reader.read_together(mine))
    readers: dict[type[Reader], Reader] = {}
    for file in left:
        yield from _guarded(_read_alone(file, readers))
        file.forget()


def _read_alone(file: Source, readers: dict[type[Reader], Reader]) -> Iterator[Found]:
    """One of many files. `readers` holds those that the files before it had, each with what it has spent."""
    found = _reader_in_archive(file)
    if isinstance(found, Problem):
        yield found
    else:
        yield from readers.setdefault(type(found), found).read(file)


def _guarded(found: Iterator[Found]) -> Iterator[Found]:
    """What is damaged shows only while it is unpacked, wherever that happens."""
    try:
        yield from found
    except Damaged as error:
        yield Problem(error.file, None, str(error))


def _read_as(files: Sequence[Source], file_format: str, options: Mapping[str, str]) -> Iterator[Found]:
    """All files by the format that was chosen; when some carry its endings, those that do not are refused."""
    reader = _chosen("import", file_format, options)
    if isinstance(reader, Problem):
        yield reader
        return
    endings = reader.extensions + reader.companions
    mine, others = _parted(files, endings)
    if not mine:
        mine, others = others, mine
    yield from reader.read_together(mine)
    words = f"This is no file of {reader.title}: they end in {', '.join(endings)}."
    yield from (Problem(file.name, None, words) for file in others)


def _reader_of(file: Source) -> Reader | Problem:
    """By the content, else by the name."""
    by_content = (type(one) for one in _one_of_each() if one.recognises(file))
    by_name = (kind for kind in _READERS if _is_named(file, kind.extensions))
    try:
        kind = next(chain(by_content, by_name), None)
    except BadText as error:
        return Problem(file.name, error.line, str(error))
    if kind is None and file.head.lstrip().startswith(b"{"):
        kind = JsonlReader
    if kind:
        return kind()
    known = ", ".join(dict.fromkeys(extension for kind in _READERS for extension in kind.extensions))
    return Problem(file.name, None, f"The format is not recognised. Choose it, or name the file {known}.")


def _reader_in_archive(file: Source) -> Reader | Problem:
    """The same for one of an archive's files, where no further archive is read."""
    if not file.size:
        return Problem(file.name, None, "The file is empty.")
    if reason := why_refused(file):
        return Problem(file.name, None, reason)
    archives = (kind(lambda _: iter(())) for kind in _ARCHIVES)
    is_archive = any(one.recognises(file) or _is_named(file, one.extensions) for one in archives)
    if is_archive and not _is_zipped_document(file):
        return Problem(file.name, None, "A zip or gzip within an archive is not read. Unpack it first.")
    return _reader_of(file)


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


@cache
def _one_of_each() -> tuple[Reader, ...]:
    """Readers to ask whether they recognise a file."""
    return tuple(kind() for kind in _READERS)


def _chosen(name: str, file_format: str, options: Mapping[str, str]) -> Reader | Problem:
    kind = next((kind for kind in _READERS if kind.format == file_format), None)
    if kind is None:
        known = ", ".join(kind.format for kind in _READERS)
        return Problem(
            name, None, f"There is no format {file_format!r:.40}. There are: auto, {known}, zip, gzip."
        )
    try:
        return kind(options)
    except BadOption as error:
        return Problem(name, None, str(error))


def _parted(files: Sequence[Source], endings: tuple[str, ...]) -> tuple[list[Source], list[Source]]:
    """Those with one of the endings, and the others."""
    parted: tuple[list[Source], list[Source]] = ([], [])
    for file in files:
        parted[not _is_named(file, endings)].append(file)
    return parted


def _is_named(file: Source, endings: tuple[str, ...]) -> bool:
    return file.name.lower().endswith(endings)


def _is_zipped_document(file: Source) -> bool:
    """Word files and the like are zips too, and are read as what they are."""
    return _is_named(file, DocxReader.extensions) or DocxReader().recognises(file)
