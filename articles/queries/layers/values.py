"""Rows of spans and relations as the values that `articles.domain` works with."""

from __future__ import annotations

from articles.domain.spans import Relation as RelationValue
from articles.domain.spans import Span as SpanValue
from articles.models import Relation, Span


def span_value(row: Span) -> SpanValue:
    fragments = tuple((start, end) for start, end in row.fragments)
    return SpanValue(row.id, row.start, row.end, row.label, fragments, row.attributes, row.confidence)


def relation_value(row: Relation) -> RelationValue:
    return RelationValue(row.id, row.type, row.source_id, row.target_id, row.attributes)
