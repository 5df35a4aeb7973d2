"""A gzip of one file, as JSONL is often kept. An archive within it (.tar.gz) is not read."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import BinaryIO

from articles.formats.base import Found, Reader
from articles.formats.common.limits import MAX_RATIO, MAX_UNPACKED
from articles.formats.common.source import Source
from articles.formats.common.unpacked import Unpacked
from articles.formats.zipped import ReadFiles

_MEGABYTE = 2**20
_READ_BYTES = 64 * 1024


class GzipReader(Reader):
    format = "gzip"
    title = "Gzip of one file"
    extensions = (".gz", ".tgz")

    def __init__(self, read_files: ReadFiles) -> None:
        super().__init__()
        self._read_files = read_files

    def recognises(self, file: Source) -> bool:
        return file.raw_head.startswith(b"\x1f\x8b")

    def read(self, file: Source) -> Iterator[Found]:
        yield from self._read_files([_inner(file)])


def _inner(file: Source) -> Source:
    """The file within; its name is that of the gzip without the ending, its size is not known beforehand."""
    name = file.name[: -len(".gz")] if file.name.lower().endswith(".gz") else file.name
    limit = min(MAX_UNPACKED, max(_MEGABYTE, file.size * MAX_RATIO))

    def opened() -> BinaryIO:
        packed: BinaryIO = gzip.GzipFile(fileobj=file.open())  # type: ignore[assignment]
        return io.BufferedReader(Unpacked(packed, name, limit=limit), _READ_BYTES)

    return Source(name, opened, size=file.size, encoding=file.encoding)
