"""A zip written as a stream: nothing is kept but the entry at hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

Content = bytes | Iterable[bytes]


def zip_pieces(files: Iterable[tuple[str, Content]]) -> Iterator[bytes]:
    """A zip of the files in their order, piece by piece. A file's content may itself come in pieces.

    Every entry carries the same time, so that the same files make the same zip.
    """
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as member:
                for piece in (content,) if isinstance(content, bytes) else content:
                    member.write(piece)
                    yield stream.take()
    yield stream.take()


class _Stream(io.RawIOBase):
    """A file to write to that hands on what was written; it cannot seek, and zipfile minds that."""

    def __init__(self) -> None:
        self.pieces = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.pieces += data
        return len(data)

    def take(self) -> bytes:
        piece = bytes(self.pieces)
        self.pieces.clear()
        return piece
