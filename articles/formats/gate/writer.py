"""Documents for GATE: every span in the default annotation set, its attributes as features.

XML has no control characters: U+FFFD stands for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

from annotator.schemas.definition import Definition
from articles.domain.spans import Relation, Span
from articles.formats.base import BadOption, ExportArticle, FolderWriter, LossReport
from articles.formats.common.flat_records import without_gaps
from articles.formats.common.names import file_stem
from articles.formats.common.offsets import UTF16, ConvertOffset, to_unit
from articles.formats.common.xml import without_control_characters
from articles.formats.gate.reader import ROOT

if TYPE_CHECKING:
    from lxml import etree


class GateWriter(FolderWriter):
    format = "gate"
    title = "GATE (XML in a zip)"
    extension = "-gate.zip"

    def __init__(self, definition: Definition | None = None, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(definition, chosen)
        try:
            import lxml.etree  # noqa: F401
        except ImportError:
            raise BadOption("This needs lxml. Install the extra 'formats'.") from None

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, bytes]]:
        for article in articles:
            yield f"{file_stem(article)}.xml", self._document(article)

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            _kept(article, report)
        return report

    def _document(self, article: ExportArticle) -> bytes:
        from lxml import etree

        spans, relations = _kept(article, self.report)
        root = etree.Element(ROOT, version="3")
        self._add_features(etree.SubElement(root, "GateDocumentFeatures"), _about(article))
        place = to_unit(article.text, UTF16)
        self._add_text(etree.SubElement(root, "TextWithNodes"), article.text, spans, place)
        self._add_annotations(root, spans, place)
        if relations:
            self._add_relations(root, spans, relations)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    def _add_text(self, element: etree._Element, text: str, spans: list[Span], place: ConvertOffset) -> None:
        from lxml import etree

        points = sorted({point for span in spans for point in (span.start, span.end)})
        element.text = self._clean(text[: points[0]] if points else text)
        for point, following in pairwise([*points, len(text)]):
            node = etree.SubElement(element, "Node", id=str(place(point)))
            node.tail = self._clean(text[point:following])

    def _add_annotations(self, root: etree._Element, spans: list[Span], place: ConvertOffset) -> None:
        from lxml import etree

        everything = etree.SubElement(root, "AnnotationSet")
        for number, span in enumerate(spans):
            nodes = {"StartNode": str(place(span.start)), "EndNode": str(place(span.end))}
            one = etree.SubElement(everything, "Annotation", {"Id": str(number), "Type": span.label, **nodes})
            self._add_features(one, span.attributes)

    def _add_relations(self, root: etree._Element, spans: list[Span], relations: list[Relation]) -> None:
        from lxml import etree

        numbers: dict[UUID, int] = {span.id: number for number, span in enumerate(spans)}
        everything = etree.SubElement(root, "RelationSet")
        for number, one in enumerate(relations, start=len(spans)):
            members = f"{numbers[one.source]};{numbers[one.target]}"
            row = {"Id": str(number), "Type": one.type, "Members": members}
            element = etree.SubElement(everything, "Relation", row)
            etree.SubElement(element, "UserData")
            self._add_features(element, one.attributes)

    def _add_features(self, owner: etree._Element, features: Mapping[str, Any]) -> None:
        from lxml import etree

        for name, value in features.items():
            kind, words = (
                ("Boolean", str(value).lower()) if isinstance(value, bool) else ("String", str(value))
            )
            feature = etree.SubElement(owner, "Feature")
            etree.SubElement(feature, "Name", className="java.lang.String").text = self._clean(name)
            etree.SubElement(feature, "Value", className=f"java.lang.{kind}").text = self._clean(words)

    def _clean(self, words: str) -> str:
        clean, count = without_control_characters(words)
        self.report.drop("control characters", count)
        return clean


def _kept(article: ExportArticle, report: LossReport) -> tuple[list[Span], list[Relation]]:
    report.drop("article labels", len(article.labels))
    return without_gaps(article, report, keeps_all_else=True)


def _about(article: ExportArticle) -> dict[str, Any]:
    """What is text among the metadata, the address under GATE's own name."""
    found = {key: value for key, value in article.metadata.items() if isinstance(value, str | bool)}
    found |= {"external_id": article.external_id} if article.external_id else {}
    return {"gate.SourceURL" if key == "url" else key: value for key, value in found.items()}
