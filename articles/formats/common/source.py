"""An upload as readers see it: a name, a size, and its bytes from the start as often as they are wanted."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from typing import BinaryIO

from articles.formats.common.decoding import decoded, decoded_lines
from articles.formats.common.limits import MAX_LINE, MAX_WHOLE
from articles.formats.common.text import BOM, BadText, decode, require_no_nul, why_not_text

HEAD_BYTES = 256 * 1024
_PIECE_BYTES = 2**20
UTF8 = "utf-8"


class Source:
    """One file. `name` is data, never a path to write to; `encoding` is what its text is read as.

    Nothing is read before it is asked for, and `lines` holds one line at a time, so that a file may be
    larger than memory.
    """

    def __init__(self, name: str, opened: Callable[[], BinaryIO], *, size: int, encoding: str = UTF8) -> None:
        self.name = name
        self.size = size
        self.encoding = encoding
        self._opened = opened

    @classmethod
    def of(cls, name: str, content: bytes, encoding: str = UTF8) -> Source:
        """A source that lies in memory already."""
        return cls(name, lambda: io.BytesIO(content), size=len(content), encoding=encoding)

    def open(self) -> BinaryIO:
        """The bytes as they were uploaded, from the start."""
        return self._opened()

    @cached_property
    def raw_head(self) -> bytes:
        """The first bytes as they were uploaded."""
        with self.open() as file:
            return file.read(HEAD_BYTES)

    @cached_property
    def head(self) -> bytes:
        """The first bytes in UTF-8 without a byte order mark, to tell the format by."""
        if self.encoding == UTF8:
            return self.raw_head.removeprefix(BOM)
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        try:
            return decoder.decode(self.raw_head).removeprefix("\ufeff").encode("utf-8", "replace")
        except UnicodeError:  # a byte order mark is missing
            return self.raw_head

    @property
    def has_bom(self) -> bool:
        """Whether it begins with a UTF-8 byte order mark, which is no part of the text."""
        return self.raw_head.startswith(BOM)

    def forget(self) -> None:
        """Let go of the head: of an archive's files only the one that is being read holds memory."""
        self.__dict__.pop("head", None)
        self.__dict__.pop("raw_head", None)

    def content(self) -> bytes:
        """All bytes as they were uploaded. Raises BadText when there are more than a reader may hold."""
        if self.size <= MAX_WHOLE:
            with self.open() as file:
                # One `read` would make room for as much as it may give.
                pieces = list(
                    islice(iter(lambda: file.read(_PIECE_BYTES), b""), MAX_WHOLE // _PIECE_BYTES + 1)
                )
            content = b"".join(pieces)
            if len(content) <= MAX_WHOLE:
                return content
        raise BadText(f"A file of this format has at most {MAX_WHOLE // 2**20} MB. Split it.")

    def text(self) -> str:
        """The whole as exact text, without a leading byte order mark. Raises BadText with the line."""
        raw = self.content()
        if self.encoding == UTF8:
            return decode(raw.removeprefix(BOM))
        text = "".join(decoded(io.BytesIO(raw), self.encoding))
        require_no_nul(text)
        return text

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its number from 1 and its ending, in UTF-8 as far as the file is what its encoding
        says: `why_not_text` tells. A leading byte order mark is left out.

        Raises BadText with the line for one that is too long, or that cannot be brought to UTF-8.
        """
        with self.open() as file:
            yield from self._own_lines(file) if self.encoding == UTF8 else self._recoded_lines(file)

    def pieces(self, size: int) -> Iterator[bytes]:
        """All of it in pieces of about `size` bytes, in UTF-8 as far as the file is what its encoding says. A
        leading byte order mark is left out.

        Raises BadText with the line for what cannot be brought to UTF-8.
        """
        with self.open() as file:
            if self.encoding != UTF8:
                yield from (piece.encode() for piece in decoded(file, self.encoding, size) if piece)
                return
            yield file.read(size).removeprefix(BOM)
            while piece := file.read(size):
                yield piece

    def why_not_text(self, line: bytes) -> str | None:
        """Why one of `lines` is no text, with what the file looks like instead; None when it is text."""
        return why_not_text(line, self.head)

    def text_lines(self) -> Iterator[tuple[int, str]]:
        """The same as text. Raises BadText with the line for the first one that is none."""
        for number, line in self.lines():
            if problem := self.why_not_text(line):
                raise BadText(problem, number)
            yield number, line.decode()

    def _own_lines(self, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise BadText(f"The line has more than {MAX_LINE // 2**20} MB.", number)
            yield number, line.removeprefix(BOM) if number == 1 else line

    def _recoded_lines(self, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
        return ((number, line.encode()) for number, line in decoded_lines(file, self.encoding))
