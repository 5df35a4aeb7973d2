"""One article of a file of columns, gathered row by row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import ne
from uuid import UUID

from articles.domain.spans import Span
from articles.formats.base import Found, ParsedArticle, Problem, Tokens
from articles.formats.common.limits import MAX_TEXT
from articles.formats.common.spacing import Bounds, join_tokens
from articles.formats.common.tag_schemes import REPAIRED, BadTag, Tag, mentions_of, parse_tag, tags_of
from articles.formats.common.text import problem_with_text
from articles.formats.conll.layout import ConllLayout

_MAX_ROWS = 50 * MAX_TEXT  # characters of all columns together
_TOO_LONG = f"The article has more than {MAX_TEXT:,} characters. Choose how many sentences make an article."


class BadRow(ValueError):
    """A row that cannot be taken. The text is the reason."""


class ConllArticle:
    def __init__(
        self, file: str, line: int, layout: ConllLayout, spacing: str, *, is_annotated: bool
    ) -> None:
        self._file = file
        self._line = line
        self._layout = layout
        self._spacing = spacing
        self._is_annotated = is_annotated
        self._rows: list[tuple[str, list[str]]] = []
        self._tags: list[Tag] = []
        self._starts: list[int] = []
        self._breaks: list[str] = []
        self._length = self._size = 0
        self._is_sound = True
        self.sentences = 0

    def begin_sentence(self, lines_before: str) -> None:
        self.sentences += 1
        if self._is_sound:
            self._starts.append(len(self._rows))
            self._breaks.append(lines_before)

    def add(self, line: str) -> None:
        """Take a row. Raises BadRow: then there is no article, but further rows are checked."""
        try:
            columns, tag = self._read(line)
            if self._is_sound:
                self._rows.append((line, columns))
                self._tags.append(tag)
                self._length += len(columns[self._layout.token]) + 1
                self._size += len(line)
            if self._length > MAX_TEXT or self._size > _MAX_ROWS:
                raise BadRow(_TOO_LONG)
        except BadRow:
            self._is_sound = False
            self._length = self._size = 0
            raise

    def found(self, lines_after: str) -> Iterator[Found]:
        """The article, now that all its rows are there; nothing when one was refused."""
        if not self._is_sound:
            return
        table = list(zip(*(columns for _, columns in self._rows), strict=True))
        text, bounds = join_tokens(table[self._layout.token], set(self._starts), self._spacing)
        if problem := problem_with_text(text):
            yield Problem(self._file, self._line, problem)
            return
        spans, tags = self._spans_and_tags(bounds)
        misread = sum(map(ne, table[self._layout.tag], tags))
        yield ParsedArticle(
            text=text,
            file=self._file,
            line=self._line,
            metadata={"file": self._file},
            spans=tuple(spans),
            tokens=Tokens(
                bounds=bounds,
                sentences=tuple(self._starts),
                columns=self._layout.other_columns(table),
                layout=self._layout.kept([*self._breaks, lines_after], self._odd_rows(tags)),
            ),
            dropped={REPAIRED: misread} if misread else {},
            is_annotated=self._is_annotated,
        )

    def _read(self, line: str) -> tuple[list[str], Tag]:
        layout = self._layout
        columns = layout.columns(line)
        if len(columns) != layout.width:
            raise BadRow(f"The row has {len(columns)} columns, where most have {layout.width}.")
        if not columns[layout.token]:
            raise BadRow(f"There is no token in column {layout.token + 1}.")
        try:
            return columns, parse_tag(columns[layout.tag], layout.scheme)
        except BadTag as error:
            raise BadRow(str(error)) from None

    def _spans_and_tags(self, bounds: Bounds) -> tuple[list[Span], list[str]]:
        """The spans, and the tags that the file's scheme has for them."""
        spans: list[Span] = []
        tags: list[str] = []
        for first, end in pairwise([*self._starts, len(self._rows)]):
            mentions = mentions_of(self._tags[first:end])
            tags += tags_of(mentions, end - first, self._layout.scheme)
            for start, stop, label in mentions:
                place = bounds[first + start][0], bounds[first + stop - 1][1]
                spans.append(Span(UUID(int=len(spans) + 1), *place, label))
        return spans, tags

    def _odd_rows(self, tags: list[str]) -> dict[str, tuple[str, str]]:
        """The rows that the layout would not write as they stand, with the tags that they were read as."""
        odd = {}
        for number, ((line, columns), tag) in enumerate(zip(self._rows, tags, strict=True)):
            regular = [*columns]
            regular[self._layout.tag] = tag
            if self._layout.row(regular) != line:
                odd[str(number)] = (line, tag)
        return odd
