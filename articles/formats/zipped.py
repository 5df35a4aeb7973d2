"""A zip of files that other readers read. Names inside are data: nothing is ever written by them."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from articles.formats.base import CARD, REPORT, Found, Problem, Reader
from articles.formats.common.limits import MAX_DIRECTORY, MAX_ENTRIES, MAX_NAME, MAX_RATIO, MAX_UNPACKED
from articles.formats.common.source import Source
from articles.formats.common.unpacked import BROKEN, Damaged, Unpacked, why_not_unpacked

_MEGABYTE = 2**20
_READ_BYTES = 64 * 1024
_SHOWN_NAME = 100  # characters of a name that is too long
_MAX_FOLDERS = 20  # as deep as folders of saved pages are looked for
# Other methods unpack all that they are given into memory at once, and of bzip2 a kilobyte may be a gigabyte.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Places in what zipfile knows of the end of an archive.
_DISK_NUMBER, _DIRECTORY_SIZE = 1, 5
# Files of other programs that are zips by construction, by a name that each of them holds.
_DOCUMENTS = {
    "xl/workbook.xml": "This is an Excel workbook. Save its sheet as CSV.",
    "ppt/presentation.xml": "This is a PowerPoint file. Save it as text or PDF.",
    "META-INF/container.xml": "This is an e-book (EPUB). Unpack it and upload the HTML files that are in it.",
    "META-INF/manifest.xml": "This is an OpenDocument file. Save it as .docx or as text.",
}
# The files of an archive, read by whichever reader knows them.
ReadFiles = Callable[[Sequence[Source]], Iterator[Found]]


class ZipReader(Reader):
    format = "zip"
    title = "Zip of files"
    extensions = (".zip",)

    def __init__(self, read_files: ReadFiles) -> None:
        super().__init__()
        self._read_files = read_files

    def recognises(self, file: Source) -> bool:
        # The last is the mark of an archive that was split, or was meant to be.
        return file.raw_head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))

    def read(self, file: Source) -> Iterator[Found]:
        with file.open() as opened:
            try:
                archive = _opened(opened)
            except BROKEN as error:
                yield Problem(file.name, None, _why_unreadable(error))
                return
            entries = _worth_reading(archive.infolist())
            if problem := _problem_with(entries, file.size):
                yield Problem(file.name, None, problem)
                return
            yield from self._read_entries(archive, entries, file.encoding)

    def _read_entries(
        self, archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], encoding: str
    ) -> Iterator[Found]:
        sources = []
        for entry in entries:
            if reason := _why_not(entry):
                yield Problem(entry.filename[:_SHOWN_NAME], None, reason)
            else:
                sources.append(_source(archive, entry, encoding))
        yield from self._read_files(sources)


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """Raises one of BROKEN. The list of what is inside is bounded before it is read: zipfile would take what
    an archive says of its length."""
    ending = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if ending and ending[_DIRECTORY_SIZE] > MAX_DIRECTORY:
        raise zipfile.BadZipFile(f"its list of files has more than {MAX_DIRECTORY // _MEGABYTE} MB")
    if ending and ending[_DISK_NUMBER]:
        raise zipfile.BadZipFile("it spans multiple disks")
    return zipfile.ZipFile(file)


def _why_unreadable(error: Exception) -> str:
    if "multiple disks" in str(error):
        return "This zip is one part of several. Join the parts, or upload the files themselves."
    if isinstance(error, UnicodeDecodeError):
        return "A name in this zip is marked as UTF-8 and is not. Pack the files anew."
    return f"This is not a zip file that can be read: {str(error).rstrip('.')}."


def _source(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, encoding: str) -> Source:
    def opened() -> BinaryIO:
        try:
            packed: BinaryIO = archive.open(entry)  # type: ignore[assignment]
        except BROKEN as error:
            raise Damaged(entry.filename, why_not_unpacked(error)) from error
        unpacked = Unpacked(packed, entry.filename, limit=entry.file_size)
        return io.BufferedReader(unpacked, _READ_BYTES)

    return Source(entry.filename, opened, size=entry.file_size, encoding=encoding)


def _worth_reading(entries: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Without what operating systems put into zips, and browsers beside a page that they save: PAGE.html and
    a folder PAGE_files."""
    pages = (entry.filename.rpartition(".") for entry in entries)
    folders = {f"{stem}_files" for stem, _, ending in pages if ending.lower() in ("html", "htm")}
    return [entry for entry in entries if not _is_noise(entry) and not folders & _folders_of(entry)]


def _folders_of(entry: zipfile.ZipInfo) -> set[str]:
    parts = entry.filename.split("/")[:_MAX_FOLDERS]
    return {"/".join(parts[:depth]) for depth in range(1, len(parts))}


def _is_noise(entry: zipfile.ZipInfo) -> bool:
    last = entry.filename.replace("\\", "/").rpartition("/")[2]
    return (
        entry.filename.endswith("/")
        or entry.filename.startswith("__MACOSX/")
        or last.startswith(".")
        or last in ("Thumbs.db", CARD)
        or entry.filename == REPORT
    )


def _why_not(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & 0x1:
        return "This file is encrypted. Pack it anew without a password."
    if entry.compress_type not in _METHODS:
        return "This file is packed by a method that is not read. Pack it anew as an ordinary zip (deflate)."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "This is a link to a file, not a file. Pack the file itself."
    if len(entry.filename) > MAX_NAME:
        return f"The file's name has more than {MAX_NAME:,} characters."
    return None


def _problem_with(entries: list[zipfile.ZipInfo], packed: int) -> str | None:
    """Why these cannot be unpacked. `packed` is the size of the whole zip: what its entries say may be a lie,
    and several may share the same packed bytes."""
    if not entries:
        return "There is no file in this zip."
    if len(entries) > MAX_ENTRIES:
        return f"There are {len(entries):,} files in this zip; at most {MAX_ENTRIES:,} are read."
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        return f"Unpacked, this zip has more than {MAX_UNPACKED // _MEGABYTE:,} MB. Split it."
    if unpacked > _MEGABYTE and unpacked > packed * MAX_RATIO:
        return "This zip is packed so tightly that it looks like a trap. Upload the files themselves."
    names = {entry.filename for entry in entries}
    return next((reason for name, reason in _DOCUMENTS.items() if name in names), None)
