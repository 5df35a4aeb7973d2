"""Uploaded files: all those of one request lie in one temporary file, one after the other.

Django keeps a temporary file for each, and each is an open one: a folder of a thousand texts would take all
that a process may have open.
"""

from __future__ import annotations

import io
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest


class OneFileUploadHandler(FileUploadHandler):
    """What comes beyond MAX_UPLOAD_BYTES is counted, so that a form can refuse it, and not kept."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._all = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115
        self._start = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._start = self._all.tell()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = settings.MAX_UPLOAD_BYTES - self._all.tell()
        self._all.write(raw_data[: max(room, 0)])

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        piece = _Piece(self._all, self._start, self._all.tell() - self._start)
        return UploadedFile(
            file=io.BufferedReader(piece),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


class _Piece(io.RawIOBase):
    """Bytes `[start, start + size)` of a file that others read too."""

    def __init__(self, whole: IO[bytes], start: int, size: int) -> None:
        self._whole = whole
        self._start = start
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._whole.seek(self._start + self._position)
        piece = self._whole.read(max(0, min(len(buffer), self._size - self._position)))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
