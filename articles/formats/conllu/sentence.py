"""One sentence of a file: its words, its tokens as they stand in the text, and the tags of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.formats.common.tag_schemes import BadTag, Mention, Tag, mentions_of, parse_tag, tags_of
from articles.formats.common.text import BadText
from articles.formats.conllu.columns import MISC, Columns

_RANGE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_EMPTY_NODE = re.compile(r"([0-9]{1,9})\.[0-9]{1,9}")


@dataclass(slots=True)
class Sentence:
    """`lines` as they stand, from its comments to the blank lines after it.

    `words` are the numbers of the lines that hold its words, `tags` their tags, `token_of` their tokens.
    `forms` and `miscs` are those of the tokens: a multiword token is one.
    """

    lines: Sequence[str]
    comments: dict[str, str] = field(default_factory=dict)
    words: list[int] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    token_of: list[int] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    miscs: list[str] = field(default_factory=list)

    @property
    def mentions(self) -> list[Mention]:
        """The spans that the tags mean, by the numbers of tokens."""
        return [
            (self.token_of[start], self.token_of[end - 1] + 1, label)
            for start, end, label in mentions_of(self.tags)
        ]

    def says(self, name: str) -> bool:
        """Whether a comment says `# newdoc` or `# newpar`, with an id or without."""
        return name in self.comments or f"{name} id" in self.comments

    def has(self, mentions: Iterable[Mention]) -> bool:
        """Whether these are its spans."""
        return sorted(mentions) == sorted(self.mentions)

    def with_mentions(self, mentions: Sequence[Mention], columns: Columns, scheme: str) -> str:
        """Its lines with these spans, which are in order and do not overlap, unless they are its own."""
        if self.has(mentions):
            return "".join(self.lines)
        first_word = {token: word for word, token in reversed(list(enumerate(self.token_of)))}
        word_after = {token + 1: word + 1 for word, token in enumerate(self.token_of)}
        by_word = [(first_word[start], word_after[end], label) for start, end, label in mentions]
        lines = list(self.lines)
        for place, tag in zip(self.words, tags_of(by_word, len(self.words), scheme), strict=True):
            bare = lines[place].rstrip("\r\n")
            row = columns.with_tag(bare.split("\t"), tag)
            lines[place] = "\t".join(row) + lines[place][len(bare) :]
        return "".join(lines)


def parse_sentence(lines: Sequence[str], line: int, columns: Columns, scheme: str = "") -> Sentence:
    """`line` is the number of the first line. Raises BadText with the line."""
    parser = _Parser(lines, columns, scheme)
    for place, words in enumerate(lines):
        try:
            parser.take(place, words.rstrip("\r\n"))
        except _BadRow as error:
            raise BadText(str(error), line + place) from None
    if parser.missing:
        raise BadText(f"The sentence ends before word {parser.missing}.", line)
    return parser.sentence


def is_comment(line: str, columns: Columns) -> bool:
    """Without ids, a row may begin with the sign itself."""
    if "ID" in columns.names or not line.startswith("#"):
        return line.startswith("#")
    return line.count("\t") != len(columns.names) - 1


class _BadRow(ValueError):
    """A row that cannot be taken. The text is the reason."""


class _Parser:
    def __init__(self, lines: Sequence[str], columns: Columns, scheme: str) -> None:
        self.sentence = Sentence(lines)
        self._columns = columns
        self._scheme = scheme
        self._last_of_multiword = 0

    @property
    def missing(self) -> int:
        """The number of a word that has to come; 0 when there may be no more."""
        words = len(self.sentence.words)
        return words + 1 if not words or words < self._last_of_multiword else 0

    def take(self, place: int, line: str) -> None:
        """Raises _BadRow."""
        if is_comment(line, self._columns):
            key, _, value = line.removeprefix("#").partition("=")
            self.sentence.comments.setdefault(key.strip(), value.strip())
        elif line and not line.isspace():
            row = line.split("\t")
            if len(row) != len(self._columns.names):
                raise _BadRow(f"The row has {len(row)} columns, and the file {len(self._columns.names)}.")
            self._take_row(place, row)

    def _take_row(self, place: int, row: list[str]) -> None:
        number = len(self.sentence.words) + 1
        name = self._columns.cell(row, "ID") if "ID" in self._columns.names else str(number)
        if name == str(number):
            self._take_word(place, row)
        elif found := _RANGE.fullmatch(name):
            self._take_multiword(int(found[1]), int(found[2]), row)
        elif not ((found := _EMPTY_NODE.fullmatch(name)) and int(found[1]) == number - 1):
            raise _BadRow(f"The id {name!r:.40} stands where {number} is due.")

    def _take_word(self, place: int, row: list[str]) -> None:
        sentence = self.sentence
        try:
            sentence.tags.append(parse_tag(self._columns.tag_of(row), self._scheme))
        except BadTag as error:
            raise _BadRow(str(error)) from None
        sentence.words.append(place)
        if len(sentence.words) > self._last_of_multiword:
            self._take_token(row)
        sentence.token_of.append(len(sentence.forms) - 1)

    def _take_multiword(self, first: int, last: int, row: list[str]) -> None:
        if first <= self._last_of_multiword:
            raise _BadRow(f"The multiword token {first}-{last} overlaps the one before.")
        if first != len(self.sentence.words) + 1 or last < first:
            raise _BadRow(f"The multiword token {first}-{last} does not stand before its words.")
        self._last_of_multiword = last
        self._take_token(row)

    def _take_token(self, row: list[str]) -> None:
        form = self._columns.cell(row, "FORM")
        if not form:
            raise _BadRow("There is no FORM.")
        self.sentence.forms.append(form)
        self.sentence.miscs.append(self._columns.cell(row, MISC))
