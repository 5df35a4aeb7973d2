"""The columns of a file, and where in its rows the tags stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.formats.common.tag_schemes import OUTSIDE

STANDARD = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")
MISC = "MISC"
NOTHING = "_"
# Names of columns and of keys in MISC that hold tags, in any case; a column may have a prefix (`X:NE`).
TAG_NAMES = frozenset({"NE", "NER", "ENTITY", "NAMED_ENTITY"})
_HEADER = "# global.columns ="
_NO_TAG = ("", NOTHING, "*")


@dataclass(frozen=True, slots=True)
class Columns:
    """`names` in order. Tags stand in the column `tag`, or, when that is MISC, behind `key` there; `tag` is
    empty when there are none. `outside` is written for words outside of spans; empty means no key."""

    names: tuple[str, ...] = STANDARD
    tag: str = ""
    key: str = ""
    outside: str = OUTSIDE

    @property
    def header(self) -> str:
        return f"{_HEADER} {' '.join(self.names)}\n"

    def cell(self, row: Sequence[str], name: str) -> str:
        """The value in a column; nothing where the file has no such column."""
        return row[self.names.index(name)] if name in self.names else NOTHING

    def tag_of(self, row: Sequence[str]) -> str:
        """The tag of a row: `O` also where there is none."""
        cell = self.cell(row, self.tag)
        value = misc_of(cell).get(self.key, "") if self.key else cell
        return OUTSIDE if value in _NO_TAG else value

    def with_tag(self, row: Sequence[str], tag: str) -> list[str]:
        """The row with another tag."""
        value = self.outside if tag == OUTSIDE else tag
        place = self.names.index(self.tag)
        cell = _with_key(row[place], self.key, value) if self.key else value
        return [*row[:place], cell, *row[place + 1 :]]


def names_in(line: str) -> tuple[str, ...]:
    """The columns that a first line names; none when it names none."""
    return tuple(line.removeprefix(_HEADER).split()) if line.startswith(_HEADER) else ()


def is_tag_name(name: str) -> bool:
    return name.rpartition(":")[2].upper() in TAG_NAMES


def misc_of(cell: str) -> dict[str, str]:
    """The values of MISC by their keys."""
    pairs = (part.partition("=") for part in cell.split("|"))
    return {} if cell == NOTHING else {key: value for key, _, value in pairs}


def _with_key(cell: str, key: str, value: str) -> str:
    pairs = {**misc_of(cell), key: value}
    if not value:
        del pairs[key]
    return "|".join(f"{name}={value}" if value else name for name, value in pairs.items()) or NOTHING
