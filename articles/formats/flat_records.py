"""What formats lose that know whole spans and relations only: gaps, often attributes and article labels."""

from __future__ import annotations

from collections.abc import Iterable

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, LossReport


def without_gaps(
    article: ExportArticle, report: LossReport, *, keeps_all_else: bool = False
) -> tuple[list[Span], list[Relation]]:
    """The spans that have no gaps and the relations between them; what has no place goes into the report."""
    spans = {span.id: span for span in article.spans if not span.fragments}
    links = [one for one in article.relations if one.source in spans and one.target in spans]
    report.articles += 1
    report.spans_written += len(spans)
    report.drop("spans with gaps", len(article.spans) - len(spans))
    report.drop("relations", len(article.relations) - len(links))
    if not keeps_all_else:
        report.drop("spans' attributes", sum(1 for span in spans.values() if span.attributes))
        report.drop("article labels", len(article.labels))
    return list(spans.values()), links


def surveyed(articles: Iterable[ExportArticle], *, keeps_all_else: bool = False) -> LossReport:
    report = LossReport()
    for article in articles:
        without_gaps(article, report, keeps_all_else=keeps_all_else)
    return report
