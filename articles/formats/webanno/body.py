"""The body of a file: sentences with their text, and rows for tokens and parts of tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.formats.common.limits import MAX_TEXT
from articles.formats.common.offsets import UTF16, BadOffset, from_unit
from articles.formats.common.text import BadText
from articles.formats.webanno.escapes import (
    escape_text,
    escape_value,
    unescape_as_value,
    unescape_java,
    unescape_text,
)

TEXT = "#Text="
MAX_TOKENS = 100_000  # of one sentence
_ROW = re.compile(r"(\d{1,9}-\d{1,9}(\.\d{1,9})?)\t(\d{1,9})-(\d{1,9})\t([^\t]*)((?:\t[^\t]*)*)", re.ASCII)
_LONGEST_ESCAPE = 6  # signs for one: \\u0041
_TOO_LONG = f"The text has more than {MAX_TEXT:,} characters."
_PLAIN_SINCE = 2  # the version from which text is no longer escaped as in Java
_RULES = ((unescape_text, unescape_as_value), (unescape_java, unescape_text))


@dataclass(frozen=True, slots=True)
class Row:
    """A token, or a part of one: its id, `[begin, end)` in UTF-16 units, words and cells."""

    line: int
    id: str
    is_token: bool
    begin: int
    end: int
    words: str
    cells: list[str]


def row_of(line: str, number: int, width: int) -> Row:
    """Raises BadText when a line is no row with `width` cells besides its place and words."""
    found = _ROW.fullmatch(line)
    if not found:
        raise BadText(
            "A row has an id like 1-2 or 1-2.1, a place like 0-4, and words, with tabs between.", number
        )
    cells = found[6].split("\t")[1:]
    # WebAnno ends each row with a tab.
    extra = cells[width:]
    if len(cells) < width or any(extra):
        raise BadText(f"The row has {len(cells)} values, and the header {width} columns.", number)
    begin, end = int(found[3]), int(found[4])
    if end < begin:
        raise BadText(f"The place {begin}-{end} ends before it begins.", number)
    return Row(number, found[1], found[2] is None, begin, end, found[5], cells[:width])


class Text:
    """The text of a document, made of its sentences, and the places of its tokens in UTF-16 units."""

    def __init__(self) -> None:
        self.version = 0
        self.bounds: list[tuple[int, int]] = []
        self.sentences: list[int] = []
        self._pieces: list[str] = []
        self._length = 0
        self._lines: list[str] = []
        self._lines_length = 0
        self._tokens: list[Row] = []

    @property
    def is_begun(self) -> bool:
        return bool(self.sentences or self._lines)

    def add_line(self, line: str, number: int) -> None:
        """What a `#Text` line says, which begins a sentence or goes on with it. Raises BadText."""
        self.end_sentence()
        self._lines.append(line)
        self._lines_length += len(line) + 1
        if self._lines_length > _LONGEST_ESCAPE * MAX_TEXT:
            raise BadText(_TOO_LONG, number)

    def add_token(self, token: Row) -> None:
        """Raises BadText."""
        before = self._tokens[-1].end if self._tokens else self.bounds[-1][1] if self.bounds else 0
        if token.begin < before:
            raise BadText(f"The token {token.id} overlaps the one before.", token.line)
        if token.begin == token.end:
            raise BadText(f"The token {token.id} is empty.", token.line)
        if len(self._tokens) == MAX_TOKENS:
            raise BadText(f"A sentence has at most {MAX_TOKENS:,} tokens.", token.line)
        self._tokens.append(token)

    def end_sentence(self) -> None:
        """When there are tokens, put their sentence in its place. Raises BadText with the line."""
        lines, tokens = self._lines, self._tokens
        if not tokens:
            return
        if not lines:
            raise BadText("There is no #Text before these tokens.", tokens[0].line)
        self._go_to(tokens[0])
        self._write(self._unescaped(lines, tokens) + "\n")
        self.sentences.append(len(self.bounds))
        self.bounds += [(one.begin, one.end) for one in tokens]
        self._lines, self._tokens, self._lines_length = [], [], 0

    def end(self) -> None:
        """Raises BadText when there is no sentence, or one has no tokens."""
        self.end_sentence()
        if self._lines or not self.sentences:
            raise BadText("There is no token for the last #Text.")

    def whole(self) -> str:
        """Without the line break that ends the last sentence, of which the format says nothing."""
        return "".join(self._pieces).removesuffix("\n")

    def _go_to(self, first: Row) -> None:
        """Where a sentence begins: it may touch the one before, and spaces fill what is between them."""
        if self._pieces and self._length == first.begin + 1:
            self._pieces[-1] = self._pieces[-1].removesuffix("\n")
            self._length -= 1
        elif self._length > first.begin:
            raise BadText(f"The sentence begins at {first.begin}, within the one before.", first.line)
        elif first.begin > 2 * MAX_TEXT:
            raise BadText(_TOO_LONG, first.line)
        else:
            self._write(" " * (first.begin - self._length))

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece.encode("utf-16-le")) // 2

    def _unescaped(self, lines: Sequence[str], tokens: Sequence[Row]) -> str:
        """The sentence by the first rule that puts each token in its place."""
        wrong: list[Row] = []
        for rule in _RULES[self.version < _PLAIN_SINCE]:
            words = "\n".join(map(rule, lines))
            if (one := _misplaced(words, tokens)) is None:
                return words
            wrong.append(one)
        one = wrong[0]
        raise BadText(f"The token {one.words!r:.60} does not stand at {one.begin}-{one.end}.", one.line)


def _misplaced(words: str, tokens: Sequence[Row]) -> Row | None:
    """The first token that does not stand in the sentence where it says, counted in UTF-16 units."""
    start = tokens[0].begin
    convert = from_unit(words, UTF16)
    for one in tokens:
        try:
            found = words[convert(one.begin - start) : convert(one.end - start)]
        except BadOffset:
            return one
        if one.words not in (found, escape_value(found), escape_text(found)):
            return one
    return None
