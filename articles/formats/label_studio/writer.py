"""Articles as tasks of Label Studio, in its full form or the short one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import fmean
from typing import Any

import orjson

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, LossReport, Option, Reading, Writer
from articles.formats.common.flat_records import without_gaps

FULL, SHORT = "full", "min"
FORM = Option(
    "form",
    "Form",
    (
        (FULL, "full: tasks with annotations and predictions, as Label Studio imports them"),
        (SHORT, "JSON_MIN: text and labelled spans only"),
    ),
)
_REGION = {"from_name": "label", "to_name": "text", "origin": "manual"}
_ABOUT_THE_ARTICLE = {"from_name": "article", "to_name": "text"}
Task = dict[str, Any]


class LabelStudioWriter(Writer):
    format = "label-studio"
    title = "Label Studio (JSON)"
    extension = "-label-studio.json"
    content_type = "application/json"
    options = (FORM,)
    holds_all_layers = True

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        before = b"[\n"
        for article in articles:
            yield before + orjson.dumps(self._task(article, self.report))
            before = b",\n"
        yield b"\n]\n" if before == b",\n" else b"[]\n"

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport:
        report = LossReport()
        for article in articles:
            self._task(article, report)
        return report

    def _task(self, article: ExportArticle, report: LossReport) -> Task:
        report.articles += 1
        return _full(article, report) if self.chosen["form"] == FULL else _short(article, report)


def _full(article: ExportArticle, report: LossReport) -> Task:
    readings = [one for one in article.readings if not one.author.startswith("engine:")]
    annotations: list[Task] = []
    if article.spans or article.labels or not readings:
        result = _result(article, article.text, report)
        annotations.append({"ground_truth": True, "was_cancelled": False, "result": result})
    annotations += [
        {"author": one.author, "was_cancelled": False, "result": _result(one, article.text, report)}
        for one in readings
    ]
    return {
        "id": article.id,
        "data": {**article.metadata, "text": article.text, "external_id": article.external_id},
        "annotations": annotations,
        "predictions": [
            _prediction(one, article.text, report) for one in article.readings if one not in readings
        ],
    }


def _prediction(reading: Reading, text: str, report: LossReport) -> Task:
    scores = [span.confidence for span in reading.spans if span.confidence is not None]
    return {
        "model_version": reading.author.removeprefix("engine:"),
        **({"score": fmean(scores)} if scores and len(scores) == len(reading.spans) else {}),
        "result": _result(reading, text, report),
    }


def _result(layer: ExportArticle | Reading, text: str, report: LossReport) -> list[Task]:
    spans, links = without_gaps(layer, report, keeps_all_else=True)
    rows = [row for span in spans for row in _regions(span, text)] + [_link(one) for one in links]
    if layer.labels:
        value = {"choices": list(layer.labels)}
        rows.append({"type": "choices", **_ABOUT_THE_ARTICLE, "value": value})
    return rows


def _place(span: Span, text: str) -> Task:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}


def _regions(span: Span, text: str) -> Iterator[Task]:
    place = _place(span, text)
    score = {} if span.confidence is None else {"score": span.confidence}
    row = {"id": str(span.id), "type": "labels", **_REGION, "value": {**place, "labels": [span.label]}}
    yield {**row, **score}
    for name, value in span.attributes.items():
        words = str(value).lower() if isinstance(value, bool) else str(value)
        row = {"type": "choices", **_REGION, "from_name": name, "value": {**place, "choices": [words]}}
        yield {"id": str(span.id), **row}


def _link(one: Relation) -> Task:
    ends = {"from_id": str(one.source), "to_id": str(one.target)}
    return {"type": "relation", "direction": "right", **ends, "labels": [one.type]}


def _short(article: ExportArticle, report: LossReport) -> Task:
    spans, links = without_gaps(article, report, keeps_all_else=True)
    report.drop("relations", len(links))
    report.drop("spans' attributes", sum(1 for span in spans if span.attributes))
    report.drop("layers besides gold", len(article.readings))
    return {
        **article.metadata,
        "id": article.id,
        "external_id": article.external_id,
        "text": article.text,
        "label": [{**_place(span, article.text), "labels": [span.label]} for span in spans],
        **({"article": {"choices": list(article.labels)}} if article.labels else {}),
    }
