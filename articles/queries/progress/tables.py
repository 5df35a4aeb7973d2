"""Figures of progress as tables to download."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from articles.domain.charts.chart import Cell, Table
from articles.queries.agreement.page import Trend
from articles.queries.progress.labels import LabelShare, LabelTable
from articles.queries.suggestions.effect import EngineAnswers


def labels_table(shares: Sequence[LabelShare]) -> Table:
    rows = [list[Cell]([one.name, one.count, round(one.percent, 1)]) for one in shares]
    return Table([gettext("Label"), gettext("Spans in gold"), gettext("Per cent")], rows)


def labels_by_people_table(found: LabelTable) -> Table:
    """A row a label and person, with the share of all spans of that person."""
    columns = [gettext("Label"), gettext("Name"), gettext("Spans"), gettext("Per cent")]
    rows = [
        list[Cell]([label, person.name, share.count, round(share.percent, 1)])
        for label, shares in found.rows
        for person, share in zip(found.people, shares, strict=True)
    ]
    return Table(columns, rows)


def engines_table(engines: Sequence[EngineAnswers]) -> Table:
    """A row an engine and label; a row without a label is of all its suggestions."""
    columns = [
        gettext("Engine"),
        gettext("Label"),
        gettext("Accepted as they were"),
        gettext("Changed"),
        gettext("Rejected"),
        gettext("Left open"),
        gettext("All"),
    ]
    named = [(one.whole.name, "", one.whole) for one in engines]
    named += [(one.whole.name, row.name, row) for one in engines for row in one.labels]
    rows = [
        list[Cell]([engine, label, row.accepted, row.changed, row.rejected, row.open, row.total])
        for engine, label, row in sorted(named, key=lambda one: one[:2])
    ]
    return Table(columns, rows)


def agreement_table(trend: Trend) -> Table:
    columns = [
        gettext("Week from"),
        gettext("Articles"),
        gettext("F1, exact"),
        # xgettext:no-python-format
        gettext("95 % from"),
        # xgettext:no-python-format
        gettext("95 % to"),
    ]
    points = [(day, articles, place.point) for day, articles, place in trend.weeks]
    return Table(columns, [[day, articles, one.value, one.low, one.high] for day, articles, one in points])
