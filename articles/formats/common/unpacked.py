"""A packed file as it is unpacked: under a limit, and with one error for whatever may be wrong with it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import BinaryIO

from articles.formats.common.text import BadText

# What the standard library raises for archives that only look like one.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
# A reader that wants everything offers a buffer for all that it may hold; that much is not unpacked at once.
_STEP_BYTES = 2**20


class Damaged(BadText):
    """A packed file whose bytes cannot be had, whoever asks for them: `file` is its name."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(reason)
        self.file = file


def why_not_unpacked(error: Exception) -> str:
    return f"This file cannot be unpacked: {str(error).rstrip('.') or 'it is damaged'}."


class Unpacked(io.RawIOBase):
    """The unpacked bytes of `packed`. Reading raises Damaged beyond `limit` bytes, or when broken."""

    def __init__(self, packed: BinaryIO, file: str, *, limit: int) -> None:
        self._packed = packed
        self._file = file
        self._limit = limit

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            return self._packed.seek(offset, whence)
        except BROKEN as error:
            raise self._damaged(error) from error

    def tell(self) -> int:
        return self._packed.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._packed.read1(min(len(buffer), _STEP_BYTES))  # type: ignore[attr-defined]
            position = self._packed.tell()
        except BROKEN as error:
            raise self._damaged(error) from error
        if position > self._limit:
            raise Damaged(self._file, "Unpacked, this file is larger than it may be. It was not read whole.")
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._packed.close()
        super().close()

    def _damaged(self, error: Exception) -> Damaged:
        return Damaged(self._file, why_not_unpacked(error))
