"""Bytes as exact text, piece by piece, in the encoding that was chosen."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from articles.formats.common.encodings import marked_encoding
from articles.formats.common.limits import MAX_LINE
from articles.formats.common.text import BadText

PIECE_BYTES = 64 * 1024
_MARKED = ("utf-16", "utf-32")


def decoded(file: BinaryIO, encoding: str, piece_bytes: int = PIECE_BYTES) -> Iterator[str]:
    """The text of a file without a leading byte order mark; nothing else is changed.

    Raises BadText with the line, after the text before it.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    raw = file.read(piece_bytes)
    if encoding in _MARKED and marked_encoding(raw) != encoding:
        raise BadText(f"There is no byte order mark of {encoding}. Choose {encoding}-le or {encoding}-be.", 1)
    # Where the encoding asks for a mark, Python takes it away.
    line, mark = 1, "" if encoding in _MARKED else "\ufeff"
    while True:
        state = decoder.getstate()
        try:
            piece = decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            decoder.setstate(state)
            good = decoder.decode(raw[: max(0, error.start - len(state[0]))])
            yield good.removeprefix(mark)
            raise BadText(_not_in(encoding, error), line + good.count("\n")) from error
        yield piece.removeprefix(mark)
        if not raw:
            return
        line, mark = line + piece.count("\n"), mark if not piece else ""
        raw = file.read(piece_bytes)


def decoded_lines(file: BinaryIO, encoding: str) -> Iterator[tuple[int, str]]:
    """The same line by line, each with its number from 1 and its ending: only a line feed ends a line.

    Raises BadText with the line, also for one that is too long.
    """
    number, length, begun = 1, 0, list[str]()
    for piece in decoded(file, encoding):
        for part in io.StringIO(piece, newline="\n"):
            length += len(part)
            if length > MAX_LINE:
                raise BadText(f"The line has more than {MAX_LINE // 2**20} million characters.", number)
            begun.append(part)
            if part.endswith("\n"):
                yield number, "".join(begun)
                number, length = number + 1, 0
                begun.clear()
    if begun:
        yield number, "".join(begun)


def _not_in(encoding: str, error: UnicodeDecodeError) -> str:
    byte = error.object[error.start]
    return f"Byte 0x{byte:02X} is not {encoding}: {error.reason}. Choose another encoding."
