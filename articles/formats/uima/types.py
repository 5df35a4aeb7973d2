"""UIMA's type system: what the features of each type hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from articles.formats.common.source import Source
from articles.formats.common.xml import parse_xml

MAX_LINEAGE = 50  # types above each other that are looked at
_NOT_REFERENCES = frozenset(
    f"uima.cas.{name}{kind}"
    for name in ("String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double")
    for kind in ("", "Array", "List")
)


@dataclass(frozen=True)
class TypeSystem:
    """`supertypes` by type; `ranges` the type of each feature's value, by type and feature."""

    supertypes: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def range_of(self, type_: str, feature: str) -> str | None:
        """The type of a feature's value, which a supertype may declare; None if nobody does."""
        declared = (self.ranges.get(name, {}).get(feature) for name in self._lineage(type_))
        return next((name for name in declared if name), None)

    def is_reference(self, range_: str) -> bool:
        """Whether values of this type are ids. Types below String are closed lists of texts."""
        return _NOT_REFERENCES.isdisjoint(self._lineage(range_))

    def _lineage(self, type_: str) -> Iterator[str]:
        return islice(self._upwards(type_), MAX_LINEAGE)

    def _upwards(self, type_: str) -> Iterator[str]:
        name: str | None = type_
        while name:
            yield name
            name = self.supertypes.get(name)


def read_type_system(file: Source) -> TypeSystem:
    """A `TypeSystem.xml`. Raises BadText with the line."""
    supertypes: dict[str, str] = {}
    ranges: dict[str, dict[str, str]] = {}
    for one in parse_xml(file).iter("{*}typeDescription"):
        name = (one.findtext("{*}name") or "").strip()
        supertypes[name] = (one.findtext("{*}supertypeName") or "").strip()
        ranges[name] = {
            (feature.findtext("{*}name") or "").strip(): (feature.findtext("{*}rangeTypeName") or "").strip()
            for feature in one.iterfind("{*}features/{*}featureDescription")
        }
    return TypeSystem(supertypes, ranges)
