"""The figures of agreement as a page shows them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.charts.curve import PlacedPoint, Point, band, line, placed
from articles.domain.measures.confusion import NOTHING
from articles.models import Article, Layer
from articles.queries.evaluations.figures import Cell, Matrix

# From which F1 on a cell of the heat map is a shade darker; few pairs of people stay below the first.
SHADES = (0, 0.6, 0.7, 0.8, 0.9)


def agreement_choices(project: Project) -> dict[str, Any]:
    """The people, labels and languages by which the comparison can be narrowed."""
    return {
        "people": people_who_handed_in(project),
        "labels": [one.name for one in published_definition(project.pk).labels],
        "languages": Article.objects.of(project).languages(),
    }


def people_who_handed_in(project: Project) -> list[User]:
    layers = Layer.objects.by_people().filter(article__project=project, submitted_at__isnull=False)
    return sorted(User.objects.filter(pk__in=layers.values("user")), key=_by_name)


def _by_name(user: User) -> tuple[str, str]:
    return user.name, user.username


@dataclass(frozen=True)
class Pair:
    """Two people, and the figures of the two as `articles.domain.agreement.figures` has them."""

    first: User
    second: User
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class HeatCell:
    """`shade` is from 1 to the number of SHADES, the higher the F1 the darker; 0 without a figure."""

    other: User
    figures: Mapping[str, Any] | None
    shade: int


def pairs_of_people(figures: Mapping[str, Any]) -> list[Pair]:
    """Those who have most articles in common first."""
    known = User.objects.in_bulk({row[side] for row in figures["people"] for side in ("first", "second")})
    pairs = [Pair(known[row["first"]], known[row["second"]], row) for row in figures["people"]]
    return sorted(pairs, key=lambda pair: -pair.figures["articles"])


def by_username(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures of each pair of people, with their user names."""
    return [
        {**pair.figures, "first": pair.first.username, "second": pair.second.username}
        for pair in pairs_of_people(figures)
    ]


def heat_map(pairs: Sequence[Pair]) -> list[tuple[User, list[HeatCell]]]:
    """A row for each person, with a cell for everybody; nobody is compared with themselves."""
    there = {one.pk: one for pair in pairs for one in (pair.first, pair.second)}
    people = sorted(there.values(), key=_by_name)
    found = {frozenset((pair.first.pk, pair.second.pk)): pair.figures for pair in pairs}
    return [
        (one, [_heat(other, found.get(frozenset((one.pk, other.pk)))) for other in people]) for one in people
    ]


def _heat(other: User, figures: Mapping[str, Any] | None) -> HeatCell:
    exact = figures["exact"] if figures else None
    return HeatCell(other, figures, bisect_right(SHADES, exact[0]) if exact else 0)


def matrix_of(figures: Mapping[str, Any]) -> Matrix:
    """Which label met which. It does not matter whose was which, so only one half is filled; `NOTHING` comes
    first."""
    counts = Counter[tuple[str, str]]()
    for one, other, count in figures["confused"]:
        counts[min(one, other), max(one, other)] += count
    marked = Counter[str]()
    for (one, other), count in counts.items():
        marked[one] += count
        marked[other] += count
    names = [NOTHING, *sorted(marked.keys() - {NOTHING}, key=lambda name: (-marked[name], name))]
    largest = max((count for (one, other), count in counts.items() if one != other), default=1)
    rows = []
    for place, one in enumerate(names[1:], start=1):
        found = [counts[min(one, other), max(one, other)] for other in names[: place + 1]]
        cells = [
            Cell(other, count, 0 if one == other else ceil(4 * count / largest))
            for other, count in zip(names, found, strict=False)
        ]
        rows.append((one, cells))
    return Matrix(names, rows)


@dataclass(frozen=True)
class Trend:
    """F1 week by week: each week with where it lies in a drawing, and those without a figure."""

    weeks: Sequence[tuple[date, int, PlacedPoint]]
    line: str
    band: str
    left_out: int


def trend_of(figures: Mapping[str, Any]) -> Trend:
    """F1 week by week. In the drawing weeks lie as far apart as they are in time."""
    weeks = [one for one in figures["weeks"] if one["exact"]]
    days = [date.fromisoformat(one["week"]) for one in weeks]
    points = [
        Point(1 + (day - days[0]).days // 7, *one["exact"]) for day, one in zip(days, weeks, strict=True)
    ]
    found = placed(points)
    weekly = [(day, one["articles"], point) for day, one, point in zip(days, weeks, found, strict=True)]
    return Trend(weekly, line(found), band(found), len(figures["weeks"]) - len(weeks))
