"""What the cells of a layer say in one row. In them `_` is no annotation, and `*` one without a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from articles.formats.common.text import BadText
from articles.formats.webanno.escapes import split_escaped, unescape_value
from articles.formats.webanno.header import CHAIN_LINK, CHAIN_TYPE, Holds, Layer

NONE, NULL = "_", "*"
_NUMBERED = re.compile(r"(.*)\[(\d{1,9})\]", re.DOTALL | re.ASCII)
_REFERENCE = re.compile(r"(\d[\d.-]*)(?:\[(\d{1,9})(?:_(\d{1,9}))?\])?", re.ASCII)
_CHAINED = re.compile(r"(.*)->(\d{1,9})-(\d{1,9})", re.DOTALL | re.ASCII)


class Reference(NamedTuple):
    """An annotation of a layer, as another one refers to it: by its number, or, if that is 0, by its row."""

    layer: str
    row: str
    number: int


class Slot(NamedTuple):
    """`role` is the feature's name where it has none."""

    role: str
    filler: Reference


def stacked(layer: Layer, cells: Sequence[str]) -> list[tuple[str, ...]]:
    """The cells of each annotation of the layer in a row: there may be several on one another."""
    own = cells[layer.first : layer.first + len(layer.columns)]
    stacks = [[] if cell == NONE else split_escaped(cell, "|") for cell in own]
    return list(zip_longest(*stacks, fillvalue=NONE))


def number_in(layer: Layer, cells: Sequence[str]) -> int:
    """The number that tells an annotation from others, and its parts in other rows by; 0 for none."""
    own = (cell for column, cell in zip(layer.columns, cells, strict=True) if column.holds in _WITH_NUMBER)
    return max((int(found[2]) for found in map(_NUMBERED.fullmatch, own) if found), default=0)


def features_in(layer: Layer, cells: Sequence[str]) -> dict[str, str]:
    """The values of features that have one."""
    named = zip(layer.columns, map(_bare, cells), strict=True)
    return {
        column.name: unescape_value(cell)
        for column, cell in named
        if column.holds is Holds.FEATURE and cell not in (NONE, NULL)
    }


def slots_in(layer: Layer, cells: Sequence[str], line: int) -> Iterator[Slot]:
    """What other annotations a span has in its slots. Raises BadText."""
    for place, column in enumerate(layer.columns):
        if column.holds is Holds.ROLE and cells[place + 1] not in (NONE, NULL):
            roles = split_escaped(_bare(cells[place]), ";")
            fillers = split_escaped(cells[place + 1], ";")
            if len(roles) != len(fillers):
                raise BadText(f"There are {len(roles)} roles for {len(fillers)} slots.", line)
            for role, filler in zip(roles, fillers, strict=True):
                row, number, _ = _reference(filler, line)
                name = column.name if role in (NONE, NULL) else unescape_value(role)
                yield Slot(name, Reference(layer.columns[place + 1].name, row, number))


def ends_in(layer: Layer, cells: Sequence[str], row: str, line: int) -> tuple[Reference, Reference]:
    """Source and target of a relation, which stands in the row of its target. Raises BadText."""
    column, cell = next(
        (column, cell)
        for column, cell in zip(layer.columns, cells, strict=True)
        if column.holds is Holds.SOURCE
    )
    source, source_number, target_number = _reference(cell, line)
    return Reference(column.name, source, source_number), Reference(column.name, row, target_number)


def chain_in(layer: Layer, cells: Sequence[str], line: int) -> tuple[int, int, dict[str, str]]:
    """Of a mention the number of its chain, its own number there, and its features. Raises BadText."""
    named = {column.name: cell for column, cell in zip(layer.columns, cells, strict=True)}
    found = _CHAINED.fullmatch(named[CHAIN_LINK])
    if not found:
        reason = f"{named[CHAIN_LINK]!r:.60} is no link of a chain, which ends like ->1-2."
        raise BadText(reason, line)
    values = {CHAIN_TYPE: _bare(named[CHAIN_TYPE]), CHAIN_LINK: found[1]}
    features = {name: unescape_value(value) for name, value in values.items() if value not in (NONE, NULL)}
    return int(found[2]), int(found[3]), features


_WITH_NUMBER = (Holds.FEATURE, Holds.NOTHING, Holds.ROLE)


def _bare(cell: str) -> str:
    """The cell without a number at its end."""
    found = _NUMBERED.fullmatch(cell)
    return found[1] if found else cell


def _reference(cell: str, line: int) -> tuple[str, int, int]:
    """The row that a cell names, and one or two numbers after it. Raises BadText."""
    found = _REFERENCE.fullmatch(cell)
    if not found:
        raise BadText(f"{cell!r:.60} does not name a row, as 1-2 or 1-2[3] does.", line)
    return found[1], int(found[2] or 0), int(found[3] or 0)
