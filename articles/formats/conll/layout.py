"""How a file of columns is laid out: what its reader keeps with an article, and its writer gives back.

`Tokens.columns` holds the columns that are neither tokens nor tags, by their numbers from 1. `Tokens.layout`
is the file's `ConllLayout`, with `breaks`, the lines before each sentence and after the last one as they
stood, and with `rows`: those that this layout would write differently, by their number from 0, each as it
stood and with the tag that it was read as. With another tag it is written like the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from articles.formats.base import Tokens
from articles.formats.common.tag_schemes import SCHEMES, is_tag

CONLL = "conll"
DOCSTART = "-DOCSTART-"
COMMENT = ("# ", "#\t")


@dataclass(frozen=True, slots=True)
class ConllLayout:
    """`width` columns, of which `token` and `tag`, counted from 0, hold those."""

    scheme: str
    separator: str
    width: int
    token: int
    tag: int
    newline: str = "\n"

    def kept(self, breaks: Sequence[str], rows: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
        """This as `Tokens.layout`."""
        return {"format": CONLL, **asdict(self), "breaks": list(breaks), "rows": dict(rows)}

    def columns(self, line: str) -> list[str]:
        """The columns of a row. Several spaces separate as one does; of tabs each one counts."""
        words = line.rstrip("\r\n").split(self.separator)
        return [word for word in words if word] if self.separator == " " else words

    def row(self, columns: Sequence[str]) -> str:
        return self.separator.join(columns) + self.newline

    def other_columns(self, table: Sequence[Sequence[str]]) -> dict[str, Sequence[str]]:
        """What `Tokens.columns` keeps of a table of all columns."""
        return {
            str(number): values
            for number, values in enumerate(table, start=1)
            if number - 1 not in (self.token, self.tag)
        }

    def is_comment(self, line: str) -> bool:
        """Whether a line before a sentence is one. A hashtag that has a tag is a token."""
        if not line.startswith(COMMENT):
            return False
        columns = self.columns(line)
        return len(columns) != self.width or not is_tag(columns[self.tag], self.scheme)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article's part of a file: its tokens, and the layout that they came with or are to have."""

    tokens: Tokens
    layout: ConllLayout

    @classmethod
    def of(cls, tokens: Tokens | None) -> Sheet | None:
        """None for tokens of another format, and where the layout does not fit the tokens: it may come from
        a stranger's JSON Lines."""
        if tokens is None or tokens.layout.get("format") != CONLL:
            return None
        try:
            layout = ConllLayout(**{one.name: tokens.layout[one.name] for one in fields(ConllLayout)})
            return cls(tokens, layout) if _fits(layout, tokens) else None
        except (AttributeError, KeyError, TypeError, ValueError):
            return None

    def lines(self, text: str, tags: Sequence[str]) -> str:
        """With these tags: one a token."""
        layout, tokens = self.layout, self.tokens
        table: dict[int, Sequence[str]] = {int(name) - 1: values for name, values in tokens.columns.items()}
        table[layout.token] = [text[start:end] for start, end in tokens.bounds]
        table[layout.tag] = tags
        rows = [
            layout.row(columns) for columns in zip(*(table[at] for at in range(layout.width)), strict=True)
        ]
        breaks, odd_rows = tokens.layout["breaks"], tokens.layout["rows"]
        if odd_rows:
            odd = (odd_rows.get(str(number), ("", None)) for number in range(len(rows)))
            kept = zip(rows, odd, tags, strict=True)
            rows = [row if tag == written else usual for usual, (row, tag), written in kept]
        before = dict(zip(tokens.sentences, breaks, strict=False))
        for number in before.keys() & range(len(rows)):
            rows[number] = before[number] + rows[number]
        return "".join([*rows, breaks[-1]])


def _fits(layout: ConllLayout, tokens: Tokens) -> bool:
    breaks, odd_rows = tokens.layout["breaks"], tokens.layout["rows"]
    numbers = sorted([layout.token, layout.tag, *(int(name) - 1 for name in tokens.columns)])
    return (
        layout.scheme in SCHEMES
        and layout.separator in (" ", "\t")
        and layout.newline in ("\n", "\r\n")
        and numbers == list(range(layout.width))
        and isinstance(breaks, list)
        and len(breaks) == len(tokens.sentences) + 1
        and all(isinstance(lines, str) for lines in breaks)
        and all(isinstance(row, str) for row, _ in odd_rows.values())
    )
