"""UIMA's XMI: a child of the root for each feature structure, its features as attributes.

An attribute does not tell a number from the id of another feature structure; the type system does. A feature
that it does not know refers to others if it is one of those that always do.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.common.xml import attributes_of, line_of, parse_xml
from articles.formats.uima.cas import Cas, FeatureStructure, View
from articles.formats.uima.types import TypeSystem

if TYPE_CHECKING:
    from lxml import etree

_XMI = "{http://www.omg.org/XMI}"
_NAMESPACE = re.compile(r"\{http:///(?:uima/noNamespace|(.+))\.ecore\}(.+)")
_ALWAYS_REFERS = frozenset(("sofa", "Governor", "Dependent", "first", "next", "target", "elements"))
_TRUTH = {"true": True, "false": False}


def read_xmi(file: Source, types: TypeSystem) -> Cas:
    """Raises BadText with the line."""
    root = parse_xml(file)
    if root.tag != f"{_XMI}XMI":
        raise BadText("This is XML, but no XMI: its root is not xmi:XMI.", line_of(root))
    reading = _Reading(types)
    for element in root:
        reading.add(element)
    return Cas(reading.structures, reading.views())


class _Reading:
    def __init__(self, types: TypeSystem) -> None:
        self.structures: dict[str, FeatureStructure] = {}
        self._sofas: list[etree._Element] = []
        self._members: dict[str, list[str]] = {}
        self._range_of = cache(types.range_of)
        self._is_reference = cache(types.is_reference)

    def add(self, element: etree._Element) -> None:
        type_ = _type_of(element)
        if type_ == "uima.cas.Sofa":
            self._sofas.append(element)
        elif type_ == "uima.cas.View":
            self._members[element.get("sofa", "")] = element.get("members", "").split()
        elif type_ != "uima.cas.NULL":
            one = self._structure(type_, element)
            if one.id in self.structures:
                raise BadText(f"The xmi:id {one.id!r:.40} is there twice.", one.line)
            self.structures[one.id] = one

    def views(self) -> list[View]:
        return [
            View(
                one.get("sofaID", ""), one.get("sofaString"), self._members.get(one.get(f"{_XMI}id", ""), ())
            )
            for one in self._sofas
        ]

    def _structure(self, type_: str, element: etree._Element) -> FeatureStructure:
        id_ = element.get(f"{_XMI}id")
        if id_ is None:
            raise BadText("A feature structure has an xmi:id.", line_of(element))
        values: dict[str, str | bool] = {}
        references: dict[str, list[str]] = {}
        for name, value in attributes_of(element).items():
            range_ = self._range_of(type_, name)
            if range_ == "uima.cas.Boolean":
                values[name] = _TRUTH.get(value, value)
            elif self._is_reference(range_) if range_ else name in _ALWAYS_REFERS:
                references[name] = value.split()
            elif not name.startswith(_XMI):
                values[name] = value
        return FeatureStructure(id_, type_, values, references, line_of(element))


def _type_of(element: etree._Element) -> str:
    name = _NAMESPACE.fullmatch(str(element.tag))
    if name is None:
        raise BadText(f"{element.tag!r:.80} is no type of UIMA: its namespace is not.", line_of(element))
    package, short_name = name.groups()
    return f"{package.replace('/', '.')}.{short_name}" if package else short_name
