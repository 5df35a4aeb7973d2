"""Whether a whole layer that comes from outside fits a label schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from annotator.schemas.definition import Definition
from articles.domain.layers.state import problem_with_ends, problem_with_overlap
from articles.domain.spans import Relation, Span, problem_with_offsets, reading_order


def problems_with_layer(
    spans: Iterable[Span],
    relations: Iterable[Relation],
    labels: Iterable[str],
    *,
    length: int,
    definition: Definition,
) -> list[str]:
    """One sentence for each reason why these rows cannot be a layer of such a text.

    `length` is the length of the text in code points.
    """
    spans = list(spans)
    problems: list[str] = []
    if not _is_plain(spans, length, definition):
        problems = [] if len({span.id for span in spans}) == len(spans) else ["Two spans have the same id."]
        for span in spans:
            problems += _span_problems(span, length, definition)
        problems += _overlap_problems(spans, definition)
    problems += _all_relation_problems(list(relations), spans, definition)
    unknown = sorted(set(labels) - definition.article_label_names)
    return problems + [f"There is no article label {name!r:.80} in the schema." for name in unknown]


def _is_plain(spans: list[Span], length: int, definition: Definition) -> bool:
    """Whether nothing is wrong with these spans, seen at a glance: what most layers of an import are.

    True only for spans without gaps and attributes, with known labels, that are apart or nested.
    """
    known = definition.active_names
    for span in spans:
        if span.fragments or span.attributes or span.label not in known:
            return False
    different = len({span.id.int for span in spans}) == len(spans)
    return different and definition.overlap.nested and _is_nested_in(spans, length)


def _is_nested_in(spans: list[Span], length: int) -> bool:
    """Whether no two cross or are equal and none leaves the text: a sweep from left to right over the ends of
    the spans that are open, the innermost last."""
    open_ends, before = [length], (-1, -1)
    for place in sorted([(span.start, -span.end) for span in spans]):
        start, end = place[0], -place[1]
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        if not open_ends or end > open_ends[-1] or not 0 <= start < end or place == before:
            return False
        open_ends.append(end)
        before = place
    return True


def _all_relation_problems(
    relations: list[Relation], spans: list[Span], definition: Definition
) -> Iterator[str]:
    by_id = {span.id: span for span in spans} if relations else {}
    links = set()
    for one in relations:
        yield from _relation_problems(one, by_id, definition)
        link = (one.type, one.source, one.target)
        if link in links:
            yield f"Two spans are linked twice by {one.type}."
        links.add(link)


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
