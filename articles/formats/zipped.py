"""A zip of files that other readers read. Names inside are data: nothing is ever written by them."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from articles.formats.base import ParsedArticle, Problem, Reader
from articles.formats.csv import CsvReader
from articles.formats.doccano import DoccanoReader
from articles.formats.jsonl import JsonlReader
from articles.formats.label_studio import LabelStudioReader
from articles.formats.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED
from articles.formats.plain import PlainReader
from articles.formats.prodigy import ProdigyReader

INSIDE: tuple[Reader, ...] = (
    PlainReader(),
    JsonlReader(),
    CsvReader(),
    LabelStudioReader(),
    ProdigyReader(),
    DoccanoReader(),
)
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


class ZipReader(Reader):
    format = "zip"
    title = "Zip of text, JSON, JSONL or CSV files"
    extensions = (".zip",)

    def recognises(self, name: str, content: bytes) -> bool:
        return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def read(self, name: str, content: bytes) -> Iterator[ParsedArticle | Problem]:
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            yield Problem(name, None, f"This is not a zip file that can be read: {error}.")
            return
        with archive:
            entries = [entry for entry in archive.infolist() if not _is_noise(entry)]
            problem = _problem_with(entries, len(content))
            if problem:
                yield Problem(name, None, problem)
                return
            left = MAX_UNPACKED
            for entry in entries:
                unpacked = _unpack(archive, entry, left)
                if isinstance(unpacked, Problem):
                    yield unpacked
                    continue
                left -= len(unpacked)
                yield from _read_entry(entry.filename or name, unpacked)


def _is_noise(entry: zipfile.ZipInfo) -> bool:
    last = entry.filename.rpartition("/")[2]
    return (
        entry.filename.endswith("/")
        or entry.filename.startswith("__MACOSX/")
        or last.startswith(".")
        or last == "Thumbs.db"
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


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes | Problem:
    """The bytes of one entry, read under a limit: what its header says of its size may be a lie."""
    if entry.flag_bits & 0x1:
        return Problem(entry.filename, None, "This file is encrypted.")
    limit = min(left, entry.file_size)
    try:
        with archive.open(entry) as file:
            content = file.read(limit + 1)
    except _BROKEN as error:
        return Problem(entry.filename, None, f"This file of the zip cannot be unpacked: {error}.")
    if len(content) > limit:
        return Problem(entry.filename, None, "This file is larger than the zip says. It was not read.")
    return content


def _read_entry(name: str, content: bytes) -> Iterator[ParsedArticle | Problem]:
    lowered = name.lower()
    by_content = next((reader for reader in INSIDE if reader.recognises(name, content)), None)
    by_name = next((reader for reader in INSIDE if lowered.endswith(reader.extensions)), None)
    reader = by_name and (by_content or by_name)
    if reader is None:
        yield Problem(name, None, "Only .txt, .jsonl, .json, .csv and .tsv files are read from a zip.")
    else:
        yield from reader.read(name, content)
