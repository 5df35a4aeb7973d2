from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from articles.formats.common.source import UTF8, Source
from articles.models import FilePart, StoredFile
from articles.models.files import PART_BYTES


def open_stored(file: StoredFile) -> BinaryIO:
    """The bytes of a stored file, seekable; one part of it is in memory at a time. Reading raises Refused
    when the file is removed meanwhile."""
    return io.BufferedReader(_StoredBytes(file), PART_BYTES)


def source_of(file: StoredFile, *, name: str, encoding: str = UTF8) -> Source:
    """A stored file as readers see it."""
    return Source(name, lambda: open_stored(file), size=file.size, encoding=encoding)


def stored_bytes(file: StoredFile, start: int, end: int) -> Iterator[bytes]:
    """Bytes `[start, end)` piece by piece."""
    with open_stored(file) as opened:
        opened.seek(start)
        left = end - start
        while left > 0 and (piece := opened.read(min(left, PART_BYTES))):
            left -= len(piece)
            yield piece


class _StoredBytes(io.RawIOBase):
    def __init__(self, file: StoredFile) -> None:
        self._file = file
        self._position = 0
        self._number = -1
        self._part = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._file.size}[whence]
        if base + offset < 0:
            raise ValueError("A file has no place before its beginning.")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._position >= self._file.size:
            return 0
        number, offset = divmod(self._position, PART_BYTES)
        if number != self._number:
            self._part = _part(self._file, number)
            self._number = number
        piece = self._part[offset : offset + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)


def _part(file: StoredFile, number: int) -> bytes:
    content = FilePart.objects.filter(file=file, number=number).values_list("content", flat=True).first()
    if content is None:
        raise Refused(
            _("The file %(name)s is gone: it was removed while it was read.") % {"name": f"{file.name!r:.80}"}
        )
    return bytes(content)
