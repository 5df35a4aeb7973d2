"""A concordance as people read it: a page of lines, with what is known of their articles and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.domain.concordance import Line, on_one_line
from articles.models import Article
from articles.queries.layers.choice import LayerChoice
from articles.queries.layers.spans import Mark, marks_of


@dataclass(frozen=True)
class LineLabel:
    """A label that the layer has at a place, or around or within it (`is_exact` is false then)."""

    name: str
    colour: int
    is_exact: bool


@dataclass(frozen=True)
class Row:
    """A line with its article (without its text) and the labels at the place."""

    line: Line
    article: Article
    labels: Sequence[LineLabel]

    @property
    def place(self) -> str:
        """As an address and a form name it: article, start and end."""
        return f"{self.line.article}:{self.at}"

    @property
    def at(self) -> str:
        return f"{self.line.start}-{self.line.end}"

    @property
    def before(self) -> str:
        return on_one_line(self.line.before)

    @property
    def words(self) -> str:
        return on_one_line(self.line.words)

    @property
    def after(self) -> str:
        return on_one_line(self.line.after)


def rows_of(project: Project, lines: Sequence[Line], layer: LayerChoice) -> list[Row]:
    """The lines with what people see beside them."""
    ids = {line.article for line in lines}
    articles = Article.objects.defer("text", "metadata").in_bulk(ids)
    marks = marks_of(layer, ids)
    colours = {one.name: one.colour for one in published_definition(project.pk).labels}
    return [
        Row(line, articles[line.article], _labels(marks.get(line.article, []), line, colours))
        for line in lines
    ]


def _labels(marks: Sequence[Mark], line: Line, colours: dict[str, int]) -> list[LineLabel]:
    """Those exactly here come first."""
    touching = [mark for mark in marks if mark.start < line.end and line.start < mark.end]
    found = [
        LineLabel(mark.label, colours.get(mark.label, 0), (mark.start, mark.end) == (line.start, line.end))
        for mark in touching
    ]
    return sorted(dict.fromkeys(found), key=lambda one: not one.is_exact)
