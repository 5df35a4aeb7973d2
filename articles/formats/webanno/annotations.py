"""The annotations of a document, gathered row by row, and what they mean for an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from articles.formats.common.limits import MAX_NODES
from articles.formats.common.offsets import BadOffset, ConvertOffset
from articles.formats.common.standoff import COREFERENCE, LINK, MAX_LABEL, Draft
from articles.formats.common.text import BadText
from articles.formats.uima.article import LINGUISTIC, NOT_READ, OF_THE_TEXT
from articles.formats.webanno.body import Row
from articles.formats.webanno.cells import (
    Reference,
    chain_in,
    ends_in,
    features_in,
    number_in,
    slots_in,
    stacked,
)
from articles.formats.webanno.header import Holds, Layer

VALUE = "value"
_ANY_LAYER = "uima.tcas.Annotation"
_ATTRIBUTES = {"identifier": LINK}
_TRUTH = {"true": True, "false": False}


@dataclass(slots=True)
class Mark:
    """A span: `[begin, end)` in UTF-16 units, and the values of its features."""

    layer: Layer
    line: int
    begin: int
    end: int
    features: dict[str, str] = field(default_factory=dict)


class Link(NamedTuple):
    """A relation; a span that is already known is named, another referred to."""

    kind: str
    source: str | Reference
    target: str | Reference
    attributes: Mapping[str, Any]
    line: int


class Annotations:
    def __init__(self, layers: Sequence[Layer], label_feature: str) -> None:
        self._layers = layers
        self._label_feature = label_feature
        self._marks: dict[str, Mark] = {}
        self._links: list[Link] = []
        self._chains: dict[str, dict[int, str]] = defaultdict(dict)
        self._first_in: dict[tuple[str, str], str] = {}
        self._numbered: dict[int, str] = {}
        self._not_read = self._taken = 0

    def take(self, row: Row) -> None:
        """Raises BadText."""
        takes = {"SP": self._take_span, "RL": self._take_relation, "CH": self._take_mention}
        for layer in self._layers:
            found = stacked(layer, row.cells)
            if layer.name.startswith((*LINGUISTIC, *OF_THE_TEXT)):
                self._not_read += len(found)
                continue
            self._taken += len(found)
            if self._taken > MAX_NODES:
                raise BadText(f"There are more than {MAX_NODES:,} annotations. Split the file.", row.line)
            for index, cells in enumerate(found):
                takes[layer.kind](layer, row, index, cells)

    def add_to(self, draft: Draft, convert: ConvertOffset) -> None:
        """Raises BadText."""
        for name, mark in self._marks.items():
            label, attributes = self._told(mark.layer, mark.features)
            draft.add_span(name, label, [_place(mark, convert)], mark.line)
            for key, value in attributes.items():
                draft.set_attribute(name, key, value)
        for one in self._links:
            ends = self._name_of(one.source), self._name_of(one.target)
            draft.relate(one.kind, *ends, one.line, one.attributes)
        for chain in self._chains.values():
            for source, target in pairwise(name for _, name in sorted(chain.items())):
                draft.relate(COREFERENCE, source, target, self._marks[source].line)
        draft.dropped[NOT_READ] += self._not_read

    def _take_span(self, layer: Layer, row: Row, index: int, cells: Sequence[str]) -> None:
        """In all its rows a span has the same number."""
        number = number_in(layer, cells)
        name = f"{layer.name}[{number}]" if number else f"{layer.name} {row.id} {index}"
        if number:
            self._numbered.setdefault(number, name)
        self._first_in.setdefault((layer.name, row.id), name)
        if name not in self._marks:
            for role, filler in slots_in(layer, cells, row.line):
                self._links.append(Link(role, name, filler, {}, row.line))
        self._extend(name, layer, row, features_in(layer, cells))

    def _take_relation(self, layer: Layer, row: Row, _: int, cells: Sequence[str]) -> None:
        kind, attributes = self._told(layer, features_in(layer, cells))
        source, target = ends_in(layer, cells, row.id, row.line)
        self._links.append(Link(kind, source, target, attributes, row.line))

    def _take_mention(self, layer: Layer, row: Row, _: int, cells: Sequence[str]) -> None:
        chain, place, features = chain_in(layer, cells, row.line)
        name = f"{layer.name}->{chain}-{place}"
        self._chains[f"{layer.name}->{chain}"][place] = name
        self._extend(name, layer, row, features)

    def _extend(self, name: str, layer: Layer, row: Row, features: Mapping[str, str]) -> None:
        mark = self._marks.setdefault(name, Mark(layer, row.line, row.begin, row.end))
        mark.begin, mark.end = min(mark.begin, row.begin), max(mark.end, row.end)
        mark.features.update(features)

    def _told(self, layer: Layer, features: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
        """The label or type, and the attributes."""
        named = self._feature_of_label(layer)
        label = features.get(named, "")
        if not 0 < len(label) <= MAX_LABEL:
            named, label = "", layer.short_name
        attributes = {
            _ATTRIBUTES.get(name, name): _TRUTH.get(value, value)
            for name, value in features.items()
            if name != named and value
        }
        return label, attributes

    def _feature_of_label(self, layer: Layer) -> str:
        names = [column.name for column in layer.columns if column.holds is Holds.FEATURE]
        known = (name for name in (self._label_feature, VALUE) if name in names)
        return next(known, names[0] if len(names) == 1 else "")

    def _name_of(self, end: str | Reference) -> str:
        """The name of a span, or of none where there is no such annotation."""
        if isinstance(end, str):
            return end
        if end.number and end.layer == _ANY_LAYER:
            return self._numbered.get(end.number, "")
        return f"{end.layer}[{end.number}]" if end.number else self._first_in.get((end.layer, end.row), "")


def _place(mark: Mark, convert: ConvertOffset) -> tuple[int, int]:
    """Raises BadText."""
    try:
        return convert(mark.begin), convert(mark.end)
    except BadOffset as error:
        raise BadText(str(error), mark.line) from error
