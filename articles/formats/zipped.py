"""A zip of files that other readers read. Names inside are data: nothing is ever written by them."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from articles.formats.base import REPORT, Found, Problem, Reader
from articles.formats.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED
from articles.formats.source import Source

# What the standard library raises for files that only look like a zip.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_MEGABYTE = 2**20
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
        with file.open() as opened:
            return opened.read(4) in (b"PK\x03\x04", b"PK\x05\x06")

    def read(self, file: Source) -> Iterator[Found]:
        try:
            archive = zipfile.ZipFile(file.open())
        except _BROKEN as error:
            yield Problem(file.name, None, f"This is not a zip file that can be read: {error}.")
            return
        with archive:
            entries = [entry for entry in archive.infolist() if not _is_noise(entry)]
            problem = _problem_with(entries, file.size)
            if problem:
                yield Problem(file.name, None, problem)
                return
            budget = _Budget(archive)
            readable = []
            for entry in entries:
                if reason := budget.why_not(entry):
                    yield Problem(entry.filename, None, reason)
                else:
                    readable.append(budget.source(entry, file.encoding))
            yield from self._read_files(readable)


class _Budget:
    """Entries are unpacked under a limit: what their headers say of their size may be a lie."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def why_not(self, entry: zipfile.ZipInfo) -> str | None:
        if entry.flag_bits & 0x1:
            return "This file is encrypted."
        try:
            with self._archive.open(entry) as member:
                for _ in iter(lambda: member.read(_MEGABYTE), b""):
                    if member.tell() > entry.file_size:
                        return "This file is larger than the zip says. It was not read."
        except _BROKEN as error:
            return f"This file of the zip cannot be unpacked: {error}."
        return None

    def source(self, entry: zipfile.ZipInfo, encoding: str) -> Source:
        def opened() -> BinaryIO:
            return self._archive.open(entry)  # type: ignore[return-value]

        return Source(entry.filename, opened, size=entry.file_size, encoding=encoding)


def _is_noise(entry: zipfile.ZipInfo) -> bool:
    last = entry.filename.rpartition("/")[2]
    return (
        entry.filename.endswith("/")
        or entry.filename.startswith("__MACOSX/")
        or last.startswith(".")
        or last == "Thumbs.db"
        or entry.filename == REPORT
    )


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
    return None
