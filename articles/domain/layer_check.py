"""Whether a whole layer that comes from outside fits a label schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from annotator.schemas.definition import Definition
from articles.domain.layer_state import problem_with_ends, problem_with_overlap
from articles.domain.spans import Relation, Span, problem_with_offsets, reading_order


def problems_with_layer(
    spans: Iterable[Span],
    relations: Iterable[Relation],
    labels: Iterable[str],
    *,
    length: int,
    definition: Definition,
) -> list[str]:
    """One sentence for each thing that keeps these rows from being a layer of such a text.

    `length` is that of the text, in code points.
    """
    spans = list(spans)
    by_id = {span.id: span for span in spans}
    problems = [] if len(by_id) == len(spans) else ["Two spans have the same id."]
    for span in spans:
        problems += _span_problems(span, length, definition)
    problems += _overlap_problems(spans, definition)
    for relation in relations:
        problems += _relation_problems(relation, by_id, definition)
    unknown = sorted(set(labels) - definition.article_label_names)
    return problems + [f"There is no article label {name!r:.80} in the schema." for name in unknown]


def _span_problems(span: Span, length: int, definition: Definition) -> Iterable[str]:
    problem = problem_with_offsets(span.start, span.end, length, span.fragments)
    if problem:
        yield problem
    if span.label not in definition.active_names:
        yield f"There is no label {span.label!r:.80} in the schema."
    if span.fragments and not definition.overlap.discontinuous:
        yield f"The span {span.start}-{span.end} has gaps, which the schema does not allow."
    for name, value in span.attributes.items():
        attribute = definition.attributes_by_name.get(name)
        if attribute is None:
            yield f"There is no attribute {name!r:.80} in the schema."
        elif attribute.labels and span.label not in attribute.labels:
            yield f"{name} does not belong to {span.label}."
        elif wrong := attribute.problem_with(value):
            yield wrong


def _overlap_problems(spans: list[Span], definition: Definition) -> Iterable[str]:
    """A sweep in reading order: each span is held against those that are still open where it begins."""
    open_spans: list[Span] = []
    for span in sorted(spans, key=reading_order):
        open_spans = [one for one in open_spans if one.end > span.start]
        for other in open_spans:
            problem = problem_with_overlap(span, other, definition.overlap)
            if problem:
                yield f"The {span.label} span {span.start}-{span.end}: {problem}"
                break
        open_spans.append(span)


def _relation_problems(
    relation: Relation, spans: Mapping[UUID, Span], definition: Definition
) -> Iterable[str]:
    known = definition.relations_by_name.get(relation.type)
    source, target = spans.get(relation.source), spans.get(relation.target)
    if known is None:
        yield f"There is no relation type {relation.type!r:.80} in the schema."
    elif source is None or target is None:
        yield f"A {relation.type} relation names a span that is not there."
    elif source is target:
        yield f"A {relation.type} relation links a span with itself."
    else:
        problem = problem_with_ends(known, source.label, target.label)
        if problem:
            yield problem
