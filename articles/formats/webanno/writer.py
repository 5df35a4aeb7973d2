"""Writing WebAnno TSV 3.3, as INCEpTION does: a file for each article.

Spans are DKPro's NamedEntity, the attributes of the schema further features of it, and relations those of a
layer webanno.custom.Relation. A span that begins or ends within a token has parts of tokens in rows of their
own. The format tells of white space between sentences only how long it is, so that all but single line breaks
is written as the end of the sentence before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotator.schemas.definition import Definition
from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, FolderWriter, LossReport
from articles.formats.common.flat_records import without_gaps
from articles.formats.common.names import file_stem
from articles.formats.common.offsets import UTF16, to_unit
from articles.formats.common.token_options import KEEP_TOKENS
from articles.formats.common.token_spans import ranges_of
from articles.formats.common.tokenized import tokenized
from articles.formats.uima.features import NAMED_ENTITY, RELATION, feature_names, report_features
from articles.formats.webanno.annotations import VALUE
from articles.formats.webanno.body import TEXT
from articles.formats.webanno.cells import NONE, NULL
from articles.formats.webanno.escapes import escape_text, escape_value
from articles.formats.webanno.header import FORMAT
from articles.formats.webanno.reader import WEBANNO
from articles.formats.webanno.rows import Rows, TokenPart


class WebAnnoWriter(FolderWriter):
    format = WEBANNO
    title = "WebAnno TSV 3.3 (WebAnno, INCEpTION; a zip)"
    extension = "-webanno.zip"
    wants_tokens = True
    options = (KEEP_TOKENS,)
    help = (
        "Spans are named entities, and attributes features of that layer. In INCEpTION, first give the layer"
        " these features, and add a relation layer Relation on it with a feature value."
    )

    def __init__(self, definition: Definition | None = None, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(definition, chosen)
        self._features = feature_names(self.definition.attributes)

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            self._kept(article, report)
        return report

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, bytes]]:
        for article in articles:
            yield f"{file_stem(article)}.tsv", "".join(self._lines(article)).encode()

    def _kept(self, article: ExportArticle, report: LossReport) -> tuple[list[Span], list[Relation]]:
        spans, relations = without_gaps(article, report, keeps_all_else=True)
        report.drop("article labels", len(article.labels))
        report.drop("relations' attributes", sum(len(one.attributes) for one in relations))
        report_features(spans, self._features, report)
        return spans, relations

    def _lines(self, article: ExportArticle) -> Iterator[str]:
        spans, relations = self._kept(article, self.report)
        given = article.tokens if self.chosen["tokens"] == "tokens" else None
        rows = Rows(tokenized(article.text, (), given), spans)
        return _Document(article.text, rows, relations, self._features, self.report).lines()


class _Document:
    """One article as a file; what it cannot say goes into the report."""

    def __init__(
        self,
        text: str,
        rows: Rows,
        relations: Sequence[Relation],
        features: Mapping[str, str],
        report: LossReport,
    ) -> None:
        self._text = text
        self._rows = rows
        self._bounds = rows.tokens.bounds
        self._report = report
        self._links = self._by_target(relations)
        self._attribute_of = {feature: name for name, feature in features.items()}
        self._unit = to_unit(text, UTF16)

    def lines(self) -> Iterator[str]:
        self._report_edges()
        yield f"{FORMAT}.3\n#T_SP={'|'.join([NAMED_ENTITY, VALUE, *self._attribute_of])}\n"
        if self._links:
            yield f"#T_RL={RELATION}|{VALUE}|BT_{NAMED_ENTITY}\n"
        yield "\n"
        for first, end in ranges_of(self._rows.tokens):
            yield "\n"
            yield from (f"{TEXT}{escape_text(line)}\n" for line in self._sentence(first, end).split("\n"))
            yield from (self._row(part) for part in self._rows.in_tokens(first, end))

    def _report_edges(self) -> None:
        """White space at the ends of spans, and before the first word."""
        for span in self._rows.spans:
            rows = self._rows.of_span.get(span.id)
            if not rows:
                self._report.spans_written -= 1
                self._report.drop("spans of white space")
            elif (rows[0].begin, rows[-1].end) != (span.start, span.end):
                self._report.drop("white space at the ends of spans")
        before = self._text[: self._bounds[0][0]]
        self._report.drop("line breaks before the first word", before.strip(" ") != "")

    def _by_target(self, relations: Sequence[Relation]) -> dict[TokenPart, list[Relation]]:
        """The relations by the row in which they stand."""
        found: dict[TokenPart, list[Relation]] = defaultdict(list)
        for one in relations:
            if one.source in self._rows.of_span and one.target in self._rows.of_span:
                found[self._rows.of_span[one.target][0]].append(one)
            else:
                self._report.drop("relations")
        return found

    def _sentence(self, first: int, end: int) -> str:
        """The text of a sentence, with the white space after it if that is not one line break."""
        start, stop = self._bounds[first][0], self._bounds[end - 1][1]
        if end == len(self._bounds):
            return self._text[start:]
        next_start = self._bounds[end][0]
        return self._text[start : stop if self._text[stop:next_start] == "\n" else next_start]

    def _row(self, part: TokenPart) -> str:
        spans = self._rows.spans_at.get(part, ())
        links = self._links.get(part, ())
        cells = [
            self._rows.id_of(part),
            f"{self._unit(part.begin)}-{self._unit(part.end)}",
            self._text[part.begin : part.end],
            *(
                _stack(self._value(span, feature) for span in spans)
                for feature in (VALUE, *self._attribute_of)
            ),
        ]
        if self._links:
            cells += [_stack(escape_value(one.type) for one in links), _stack(map(self._source, links))]
        return "\t".join(cells) + "\t\n"

    def _value(self, span: Span, feature: str) -> str:
        value = span.label if feature == VALUE else span.attributes.get(self._attribute_of[feature])
        number = self._rows.numbers.get(span.id)
        return self._said(value) + (f"[{number}]" if number else "")

    def _said(self, value: Any) -> str:
        if value is None or value == "":
            return NULL
        if isinstance(value, bool):
            return str(value).lower()
        return escape_value(str(value).replace("\r", " "))

    def _source(self, one: Relation) -> str:
        numbers = [self._rows.numbers.get(end, 0) for end in (one.source, one.target)]
        suffix = f"[{numbers[0]}_{numbers[1]}]" if any(numbers) else ""
        return self._rows.id_of(self._rows.of_span[one.source][0]) + suffix


def _stack(values: Iterable[str]) -> str:
    return "|".join(values) or NONE
