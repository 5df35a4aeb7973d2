"""Spans for formats that hold one level: which of those that overlap is written, and where the others go."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from articles.domain.spans import Meeting, Span, meeting, reading_order
from articles.formats.base import ExportArticle, LossReport, Option

LEVELS = "levels"
# What a report calls those that are left out, by how they meet one that is kept.
OVERLAPPING = {
    Meeting.EQUAL: "equal spans",
    Meeting.NESTED: "nested spans",
    Meeting.CROSSING: "crossing spans",
}
OVERLAP = Option(
    "overlap",
    "Of spans that overlap",
    (
        ("outermost", "the outermost is written"),
        ("innermost", "the innermost is written"),
        ("longest", "the longest is written"),
        ("priority", "the label that comes first in the schema is written"),
        (LEVELS, "all are written: one file for each level"),
    ),
    "The others are counted in the report.",
)


def flat_spans(
    spans: Sequence[Span], choice: str, report: LossReport, priority: Sequence[str] = ()
) -> list[Span]:
    """Spans that do not overlap, in reading order. Losers go into the report with the reason.

    `choice` is a value of OVERLAP; `priority` names labels, the most important first. `outermost` leaves out
    what lies within another span, and `longest` differs from it where spans cross: there the first in reading
    order wins, here the longer one.
    """
    whole = [span for span in spans if not span.fragments]
    report.drop("spans with gaps", len(spans) - len(whole))
    kept: list[Span] = []
    starts: list[int] = []
    for span in sorted(whole, key=_preference(choice, priority)):
        place = bisect_right(starts, span.start)
        # What is kept does not overlap, so only the neighbours can meet the span.
        if place and kept[place - 1].end > span.start:
            report.drop(_how(span, kept[place - 1]))
        elif place < len(kept) and kept[place].start < span.end:
            report.drop(_how(span, kept[place]))
        else:
            kept.insert(place, span)
            starts.insert(place, span.start)
    return kept


def report_flat(article: ExportArticle, written: Sequence[Span], report: LossReport) -> None:
    """Count an article in a format of flat spans that holds nothing besides."""
    report.articles += 1
    report.spans_written += len(written)
    report.drop("spans' attributes", sum(1 for span in written if span.attributes))
    report.drop("relations", len(article.relations))
    report.drop("article labels", len(article.labels))


def levels_of(spans: Iterable[Span]) -> dict[UUID, int]:
    """The level, from 0, on which each span without gaps can be written so that no two of one level overlap.

    Spans are dealt in reading order, each to the first level that is free: the outermost get level 0.
    """
    ends: list[int] = []
    levels: dict[UUID, int] = {}
    for span in sorted((one for one in spans if not one.fragments), key=reading_order):
        level = next((number for number, end in enumerate(ends) if end <= span.start), len(ends))
        if level == len(ends):
            ends.append(0)
        ends[level] = span.end
        levels[span.id] = level
    return levels


def _preference(choice: str, priority: Sequence[str]) -> Callable[[Span], tuple[Any, ...]]:
    rank = {label: number for number, label in enumerate(priority)}
    match choice:
        case "innermost":
            return lambda span: (len(span), *reading_order(span))
        case "priority":
            return lambda span: (rank.get(span.label, len(rank)), -len(span), *reading_order(span))
        case "longest":
            return lambda span: (-len(span), *reading_order(span))
    return reading_order


def _how(span: Span, other: Span) -> str:
    return OVERLAPPING[meeting(span.start, span.end, other.start, other.end)]
