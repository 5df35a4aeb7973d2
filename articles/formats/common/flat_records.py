"""What formats lose that know whole spans and relations only: gaps, often attributes and article labels."""

from __future__ import annotations

from collections.abc import Iterable

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, LossReport, Reading


def without_gaps(
    layer: ExportArticle | Reading, report: LossReport, *, keeps_all_else: bool = False
) -> tuple[list[Span], list[Relation]]:
    """The spans that have no gaps and the relations between them; what has no place goes into the report."""
    spans = {span.id: span for span in layer.spans if not span.fragments}
    links = [one for one in layer.relations if one.source in spans and one.target in spans]
    report.spans_written += len(spans)
    report.drop("spans with gaps", len(layer.spans) - len(spans))
    report.drop("relations", len(layer.relations) - len(links))
    if not keeps_all_else:
        report.drop("spans' attributes", sum(1 for span in spans.values() if span.attributes))
        report.drop("article labels", len(layer.labels))
    return list(spans.values()), links


def surveyed(articles: Iterable[ExportArticle]) -> LossReport:
    """What is lost of whole articles in this way."""
    report = LossReport()
    for article in articles:
        report.articles += 1
        without_gaps(article, report)
    return report
