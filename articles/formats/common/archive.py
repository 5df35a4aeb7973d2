"""A zip written as a stream: nothing is kept but the entry at hand."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

Content = bytes | Iterable[bytes]
LONGEST_NAME = 500


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


def entry_names(names: Iterable[str]) -> list[str]:
    """Names for the entries of a zip: each once, files of one name being told apart by a number; of a very
    long one the end, where its ending is; and none that a zip cannot hold."""
    told: dict[str, None] = {}
    repeats: Counter[str] = Counter()
    for name in map(_storable, names):
        one, (stem, ending) = name, posixpath.splitext(name)
        while one in told:
            repeats[name] += 1
            one = f"{stem} ({repeats[name] + 1}){ending}"
        told[one] = None
    return list(told)


def _storable(name: str) -> str:
    """Names of a file system need not be text."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "\ufffd")
    return text[-LONGEST_NAME:] or "file"


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
