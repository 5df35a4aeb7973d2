"""The type system that is written: DKPro's types, with a feature for each attribute of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from keyword import kwlist
from typing import TYPE_CHECKING

from annotator.schemas.definition import Attribute
from articles.domain.spans import Span
from articles.formats.base import LossReport
from articles.formats.common.standoff import LINK
from articles.formats.uima.article import DKPRO, METADATA

if TYPE_CHECKING:
    import cassis  # type: ignore[import-untyped]

NAMED_ENTITY = f"{DKPRO}ner.type.NamedEntity"
RELATION = "webanno.custom.Relation"
_IDENTIFIER = "identifier"
# What cassis's classes have already, besides Python's own words.
_TAKEN = frozenset(kwlist) | {
    *("begin", "end", "sofa", "value", _IDENTIFIER, "type", "self", "xmiID"),
    *("get", "set", "get_covered_text", "mro"),
}


def feature_names(attributes: Iterable[Attribute]) -> dict[str, str]:
    """The feature that each attribute becomes: its name, as far as UIMA and Python allow. The attribute
    `link` is DKPro's `identifier`."""
    names = {LINK: _IDENTIFIER}
    for attribute in attributes:
        if attribute.name == LINK:
            continue
        feature = re.sub(r"[^A-Za-z0-9_]", "_", attribute.name)
        if not feature[0].isalpha():
            feature = f"a{feature}"
        while feature in _TAKEN or feature in names.values():
            feature += "_"
        names[attribute.name] = feature
    return names


def report_features(spans: Iterable[Span], names: Mapping[str, str], report: LossReport) -> None:
    """Count the attributes of spans that become no feature, or one of another name."""
    for name in (name for span in spans for name in span.attributes):
        feature = names.get(name)
        report.drop("attributes that are not in the schema", feature is None)
        report.drop("attributes under another name", feature not in (None, name) and name != LINK)


def make_type_system(attributes: Iterable[Attribute], names: Mapping[str, str]) -> cassis.TypeSystem:
    """Raises ImportError without dkpro-cassis."""
    import cassis

    types = cassis.TypeSystem()
    named_entity = types.create_type(NAMED_ENTITY)
    for name in ("value", _IDENTIFIER):
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
