"""A GateDocument as an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from articles.formats.base import Found, Option, ParsedArticle, Problem, Reader
from articles.formats.common.source import Source
from articles.formats.common.standoff import COREFERENCE, Draft
from articles.formats.common.text import BadText
from articles.formats.common.xml import line_of, local_name, parse_xml

if TYPE_CHECKING:
    from lxml import etree

ROOT = "GateDocument"
_START = 2000
_ORIGINAL_MARKUP = "Original markups"
_UNDERLYING = frozenset(("Token", "SpaceToken", "DEFAULT_TOKEN", "Sentence", "Split", "Lookup", "paragraph"))
_TEXTS = frozenset(
    f"java.lang.{name}" for name in ("String", "Integer", "Long", "Short", "Double", "Float", "Character")
)
_TRUTH = "java.lang.Boolean"
# What is a field of the article, or said of the file and not of its text.
_NO_METADATA = frozenset(("MimeType", "docNewLineType", "gate.SourceURL", "title", "language"))


class GateReader(Reader):
    format = "gate"
    title = "GATE (XML)"
    extensions = (".xml",)
    options = (
        Option("annotation_set", "Annotation set", help="Empty: the default set, else the first named one."),
    )

    def recognises(self, file: Source) -> bool:
        return f"<{ROOT}".encode() in file.head[:_START]

    def read(self, file: Source) -> Iterator[Found]:
        try:
            root = parse_xml(file)
            if local_name(root) != ROOT:
                raise BadText(
                    f"This is XML, but not of GATE: its root is {local_name(root):.40}.", line_of(root)
                )
            yield _Document(root, self.chosen["annotation_set"]).article(file.name)
        except BadText as error:
            yield Problem(file.name, error.line, str(error))


class _Document:
    def __init__(self, root: etree._Element, wanted_set: str) -> None:
        """Raises BadText with the line."""
        self._root = root
        self._wanted = wanted_set
        text = root.find("{*}TextWithNodes")
        if text is None:
            raise BadText("There is no TextWithNodes.")
        self._nodes: dict[str, int] = {}
        self._draft = Draft("".join(self._pieces(text)))

    def article(self, file: str) -> ParsedArticle:
        for annotation in self._annotations():
            self._add(annotation)
        for relation in self._root.iterfind("{*}RelationSet/{*}Relation"):
            self._relate(relation)
        features = self._features(self._root.find("{*}GateDocumentFeatures"))
        address = str(features.get("gate.SourceURL", ""))
        return self._draft.article(
            file,
            title=str(features.get("title", "")),
            language=str(features.get("language", "")),
            url=address if re.match("https?://", address) else "",
            metadata={
                "file": file,
                **{key: value for key, value in features.items() if key not in _NO_METADATA},
            },
        )

    def _pieces(self, text: etree._Element) -> Iterator[str]:
        """The text between the nodes, whose places are noted on the way."""
        yield text.text or ""
        position = len(text.text or "")
        for node in text:
            if local_name(node) != "Node" or len(node) or node.text:
                raise BadText("Within TextWithNodes there is text and empty Node elements.", line_of(node))
            self._nodes[node.get("id", "")] = position
            yield node.tail or ""
            position += len(node.tail or "")

    def _annotations(self) -> list[etree._Element]:
        """Those of the set that is read."""
        sets = [
            (one.get("Name", ""), [row for row in one if row.get("Type") not in _UNDERLYING])
            for one in self._root.iterfind("{*}AnnotationSet")
        ]
        offered = [(name, rows) for name, rows in sets if name != _ORIGINAL_MARKUP and rows]
        if self._wanted:
            offered = [(name, rows) for name, rows in sets if name == self._wanted]
            if not offered:
                raise BadText(f"There is no annotation set {self._wanted!r:.40}.")
        chosen = min(offered, key=lambda one: one[0] != "", default=("", []))[1]
        self._draft.dropped["annotations of further sets"] += sum(len(rows) for _, rows in sets) - len(chosen)
        return chosen

    def _add(self, annotation: etree._Element) -> None:
        place = self._place(annotation, "StartNode"), self._place(annotation, "EndNode")
        # Before version 3 of the format, annotations had no id.
        id_ = annotation.get("Id") or f"#{len(self._draft.spans)}"
        self._draft.add_span(id_, annotation.get("Type", ""), [place], line_of(annotation))
        for name, value in self._features(annotation).items():
            self._draft.set_attribute(id_, name, value)

    def _place(self, annotation: etree._Element, name: str) -> int:
        node = annotation.get(name, "")
        if node not in self._nodes:
            raise BadText(f"{name} is {node!r:.40}: no node has this id.", line_of(annotation))
        return self._nodes[node]

    def _relate(self, relation: etree._Element) -> None:
        members, kind = relation.get("Members", "").split(";"), relation.get("Type", "")
        if kind == "coref" or len(members) != 2:
            self._draft.chain(COREFERENCE if kind == "coref" else kind, members, line_of(relation))
        else:
            source, target = members
            self._draft.relate(kind, source, target, line_of(relation), self._features(relation))

    def _features(self, owner: etree._Element | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for feature in owner.iterfind("{*}Feature") if owner is not None else ():
            name, value = feature.findtext("{*}Name") or "", feature.find("{*}Value")
            words = (value.text or "") if value is not None else ""
            kind = value.get("className", "java.lang.String") if value is not None else ""
            if kind in _TEXTS:
                found[name] = words
            elif kind == _TRUTH:
                found[name] = words == "true"
            else:
                self._draft.dropped["features that are lists or objects"] += 1
        return found
