"""A JSON list read element by element, so that a file may be larger than memory.

The borders of the elements are found by counting brackets outside of strings; what stands between them is
left to the parser. Work and memory grow with the longest element, not with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.formats.common.limits import MAX_LINE
from articles.formats.common.source import Source
from articles.formats.common.text import BadText

PIECE_BYTES = 2**20
# All quantifiers are possessive: nothing is tried twice, whatever the bytes.
_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|' + _STRING + rb")*+[\[\]{}]", re.DOTALL)
_SCALAR = re.compile(rb'(?:[^",\[\]{}]++|' + _STRING + rb")++(?=[,\]])", re.DOTALL)
_GAP = re.compile(rb"[ \t\r\n]*+")
_NO_ELEMENT = (b"", b",", b"]", b"}")
_NOT_CLOSED = "The list is not closed."


def elements(file: Source) -> Iterator[tuple[int, bytes]]:
    """Each element of a file that is one list, with the line on which it begins. Raises BadText."""
    window = _Window(file.pieces(PIECE_BYTES))
    window.take(b"[", "A list begins with [.")
    closing = window.next() == b"]"
    while not closing:
        opening, line = window.next(), window.line
        if opening in _NO_ELEMENT:
            raise BadText("An element of the list is missing." if opening else _NOT_CLOSED, line)
        nested = opening in (b"[", b"{")
        yield line, window.advance(window.nested() if nested else window.scalar())
        closing = window.next() == b"]"
        if not closing:
            window.take(b",", "Elements of a list are separated by commas.")
    window.take(b"]", _NOT_CLOSED)
    if window.next():
        raise BadText("There is something after the end of the list.", window.line)


class _Window:
    """The part of a file that is looked at: from the element at hand to as far as its end is sought."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.line = 1
        self._pieces = pieces
        self._bytes = b""
        self._at = 0

    def next(self) -> bytes:
        """The next byte that is no white space, or nothing at the end of the file."""
        while True:
            self.advance(_length(_GAP.match(self._bytes, self._at)))
            if self._at < len(self._bytes) or not self._more():
                return self._bytes[self._at : self._at + 1]

    def take(self, byte: bytes, otherwise: str) -> None:
        """Go past this byte. Raises BadText when another one comes."""
        following = self.next()
        if following != byte:
            raise BadText(otherwise if following else _NOT_CLOSED, self.line)
        self.advance(1)

    def advance(self, length: int) -> bytes:
        """Go on, and answer what was passed."""
        passed = self._bytes[self._at : self._at + length]
        self.line += passed.count(b"\n")
        self._at += length
        return passed

    def nested(self) -> int:
        """The length of the list or object that begins here."""
        length, depth = 0, 0
        while True:
            length = self._up_to(_TO_BRACKET, length)
            depth += 1 if self._bytes[self._at + length - 1] in b"[{" else -1
            if not depth:
                return length

    def scalar(self) -> int:
        """The length of the text, number or word that begins here."""
        return self._up_to(_SCALAR, 0)

    def _up_to(self, pattern: re.Pattern[bytes], start: int) -> int:
        while True:
            if found := pattern.match(self._bytes, self._at + start):
                return found.end() - self._at
            if not self._more():
                raise BadText("The element of the list that begins here is not closed.", self.line)

    def _more(self) -> bool:
        """Read on. As much again as is there already, so that looking twice is as good as looking once."""
        left = self._bytes[self._at :]
        if len(left) > MAX_LINE:
            raise BadText(f"An element of the list has more than {MAX_LINE // 2**20} MB.", self.line)
        pieces = [next(self._pieces, b"")]
        while pieces[-1] and sum(map(len, pieces)) < len(left):
            pieces.append(next(self._pieces, b""))
        self._bytes, self._at = left + b"".join(pieces), 0
        return bool(pieces[0])


def _length(found: re.Match[bytes] | None) -> int:
    return len(found[0]) if found else 0
