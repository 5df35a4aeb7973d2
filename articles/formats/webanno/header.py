"""The header of a file: its version, and the layers whose values stand in the columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from articles.formats.common.text import BadText

FORMAT = "#FORMAT=WebAnno TSV 3"
MAX_COLUMNS = 1_000
_VERSION = re.compile(rf"{FORMAT}(?:\.(\d{{1,3}}))?\s*")
_LAYER = re.compile(r"#T_(SP|CH|RL)=(.+)")
_ROLE = re.compile(r"ROLE_[^:]*:([^_]+)_.+")
_BASE = "BT_"
CHAIN_TYPE, CHAIN_LINK = "referenceType", "referenceRelation"


class Holds(Enum):
    """What the cells of a column are."""

    FEATURE = "values of a feature"
    NOTHING = "only whether there is an annotation"
    ROLE = "roles of slots"
    SLOT = "what is in the slots"
    SOURCE = "where relations come from"


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is that of the feature, or of the layer that slots and relations refer to."""

    holds: Holds
    name: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """`kind` is SP for spans, CH for chains, RL for relations; `first` the number of its first column."""

    kind: str
    name: str
    columns: tuple[Column, ...]
    first: int

    @property
    def short_name(self) -> str:
        return self.name.rpartition(".")[2]


def version_of(line: str) -> int:
    """The minor version that a first line names. Raises BadText."""
    found = _VERSION.fullmatch(line)
    if not found:
        raise BadText("The first line of WebAnno TSV is #FORMAT=WebAnno TSV 3.3, or another 3.", 1)
    return int(found[1] or 0)


def layer_of(line: str, first: int, number: int) -> Layer:
    """The layer of a header line. `first` is the number of its first column. Raises BadText."""
    found = _LAYER.fullmatch(line)
    name, *fields = found[2].split("|") if found else [""]
    if not found or not name:
        raise BadText("A header line names a layer: #T_SP=, #T_CH= or #T_RL=, and its features.", number)
    columns = _columns(found[1], [field for field in fields if field], number)
    if first + len(columns) > MAX_COLUMNS:
        raise BadText(f"There are more than {MAX_COLUMNS:,} columns.", number)
    return Layer(found[1], name, columns, first)


def _columns(kind: str, fields: list[str], number: int) -> tuple[Column, ...]:
    columns: list[Column] = []
    for field in fields:
        if columns and columns[-1].holds is Holds.ROLE:
            columns.append(Column(Holds.SLOT, field))
        elif kind == "SP" and (role := _ROLE.fullmatch(field)):
            columns.append(Column(Holds.ROLE, role[1]))
        elif kind == "RL" and field.startswith(_BASE):
            columns.append(Column(Holds.SOURCE, field.removeprefix(_BASE)))
        else:
            columns.append(Column(Holds.FEATURE, field))
    if columns and columns[-1].holds is Holds.ROLE:
        raise BadText("After the role of a slot comes the layer of what is in it.", number)
    if kind == "RL" and not any(column.holds is Holds.SOURCE for column in columns):
        raise BadText("A layer of relations ends with BT_ and the layer that it links.", number)
    if kind == "CH" and {column.name for column in columns} != {CHAIN_TYPE, CHAIN_LINK}:
        raise BadText(f"A layer of chains has the features {CHAIN_TYPE} and {CHAIN_LINK}.", number)
    return tuple(columns) or (Column(Holds.NOTHING),)
