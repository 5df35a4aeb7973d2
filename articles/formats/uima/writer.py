"""Files for INCEpTION and DKPro, made by dkpro-cassis: spans as DKPro's NamedEntity, relations between them.

Attributes of the schema are further features of NamedEntity. To import them into INCEpTION, give its layer
"Named entity" features of these names, and add a relation layer "Relation" on it with the feature `value`.
XML has no control characters: in XMI, U+FFFD stands for each, so that offsets stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from annotator.schemas.definition import Definition
from articles.domain.spans import Relation, Span
from articles.formats.base import BadOption, ExportArticle, FolderWriter, LossReport
from articles.formats.common.flat_records import without_gaps
from articles.formats.common.names import file_stem
from articles.formats.common.xml import without_control_characters
from articles.formats.uima.article import METADATA
from articles.formats.uima.features import (
    NAMED_ENTITY,
    RELATION,
    feature_names,
    make_type_system,
    report_features,
)

if TYPE_CHECKING:
    import cassis  # type: ignore[import-untyped]


class _CasWriter(FolderWriter):
    help = "Spans are DKPro's NamedEntity, relations of the type webanno.custom.Relation."

    def __init__(self, definition: Definition | None = None, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(definition, chosen)
        self._features = feature_names(self.definition.attributes)
        try:
            self._types = make_type_system(self.definition.attributes, self._features)
        except ImportError:
            raise BadOption("This needs dkpro-cassis. Install the extra 'formats'.") from None

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            self._kept(article, report)
        return report

    def _kept(self, article: ExportArticle, report: LossReport) -> tuple[list[Span], list[Relation]]:
        spans, relations = without_gaps(article, report, keeps_all_else=True)
        report.drop("article labels", len(article.labels))
        report.drop("relations' attributes", sum(len(one.attributes) for one in relations))
        report_features(spans, self._features, report)
        return spans, relations

    def _clean(self, words: str) -> str:
        """Words as the format can hold them."""
        return words

    def _cas(self, article: ExportArticle) -> cassis.Cas:
        import cassis

        spans, relations = self._kept(article, self.report)
        cas = cassis.Cas(typesystem=self._types, sofa_string=self._clean(article.text))
        cas.add(self._types.get_type(METADATA)(**self._metadata(article)))
        named_entity, relation = self._types.get_type(NAMED_ENTITY), self._types.get_type(RELATION)
        made = {
            span.id: named_entity(begin=span.start, end=span.end, value=span.label, **self._values(span))
            for span in spans
        }
        for one in made.values():
            cas.add(one)
        for link in relations:
            source, target = made[link.source], made[link.target]
            place = {"begin": target.begin, "end": target.end}
            cas.add(relation(Governor=source, Dependent=target, value=link.type, **place))
        return cas

    def _metadata(self, article: ExportArticle) -> dict[str, Any]:
        named = {"documentTitle": "title", "documentUri": "url"}
        found = {ours: article.metadata.get(name) for ours, name in named.items()}
        return {
            "begin": 0,
            "end": len(article.text),
            "language": article.metadata.get("language") or "x-unspecified",
            "documentId": self._clean(article.external_id or str(article.id)),
            **{name: self._clean(str(value)) for name, value in found.items() if value},
        }

    def _values(self, span: Span) -> dict[str, str | bool]:
        known = {
            self._features[name]: value for name, value in span.attributes.items() if name in self._features
        }
        return {
            name: value if isinstance(value, bool) else self._clean(str(value))
            for name, value in known.items()
        }


class XmiWriter(_CasWriter):
    format = "uima-xmi"
    title = "UIMA CAS XMI (INCEpTION, WebAnno, DKPro; a zip)"
    extension = "-xmi.zip"

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, bytes]]:
        yield "TypeSystem.xml", (self._types.to_xml() or "").encode()
        for article in articles:
            yield f"{file_stem(article)}.xmi", (self._cas(article).to_xmi() or "").encode()

    def _clean(self, words: str) -> str:
        clean, count = without_control_characters(words)
        self.report.drop("control characters", count)
        return clean


class CasJsonWriter(_CasWriter):
    format = "uima-json"
    title = "UIMA CAS JSON (INCEpTION, DKPro; a zip)"
    extension = "-cas-json.zip"

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, bytes]]:
        for article in articles:
            yield (
                f"{file_stem(article)}.json",
                (self._cas(article).to_json(pretty_print=False) or "").encode(),
            )
