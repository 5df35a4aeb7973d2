"""The type system that is written: DKPro's types with a feature for each attribute of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable
from keyword import kwlist
from typing import TYPE_CHECKING

from annotator.schemas.definition import Attribute
from articles.formats.uima.article import DKPRO, LINK, METADATA

if TYPE_CHECKING:
    import cassis  # type: ignore[import-untyped]

NAMED_ENTITY = f"{DKPRO}ner.type.NamedEntity"
RELATION = "webanno.custom.Relation"
IDENTIFIER = "identifier"
# What cassis's classes have already, besides Python's own words.
_TAKEN = frozenset(kwlist) | {
    *("begin", "end", "sofa", "value", IDENTIFIER, "type", "self", "xmiID"),
    *("get", "set", "get_covered_text", "mro"),
}


class FeatureNames(dict[str, str]):
    """The feature that each attribute becomes: its name, as far as UIMA and Python allow."""

    def __init__(self, attributes: Iterable[Attribute]) -> None:
        super().__init__({LINK: IDENTIFIER})
        for attribute in attributes:
            if attribute.name != LINK:
                self[attribute.name] = self._free(attribute.name)

    def renames(self, attribute: str) -> bool:
        return attribute != LINK and self.get(attribute, attribute) != attribute

    def _free(self, name: str) -> str:
        feature = re.sub(r"[^A-Za-z0-9_]", "_", name)
        if not feature[0].isalpha():
            feature = f"a{feature}"
        while feature in _TAKEN or feature in self.values():
            feature += "_"
        return feature


def make_type_system(attributes: Iterable[Attribute], names: FeatureNames) -> cassis.TypeSystem:
    """Raises ImportError without dkpro-cassis."""
    import cassis

    types = cassis.TypeSystem()
    named_entity = types.create_type(NAMED_ENTITY)
    for name in ("value", IDENTIFIER):
        types.create_feature(named_entity, name, "uima.cas.String")
    for one in attributes:
        if one.name != LINK:
            kind = "Boolean" if one.type == "boolean" else "String"
            types.create_feature(named_entity, names[one.name], f"uima.cas.{kind}")
    relation = types.create_type(RELATION)
    for name in ("Governor", "Dependent"):
        types.create_feature(relation, name, named_entity)
    types.create_feature(relation, "value", "uima.cas.String")
    metadata = types.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId", "documentUri"):
        types.create_feature(metadata, name, "uima.cas.String")
    return types
