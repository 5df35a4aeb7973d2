"""What an engine has learned so far, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.domain.charts import curve
from articles.domain.charts.curve import PlacedPoint, Point
from articles.engines.registry import learning_kinds
from articles.models import EngineVersion, Job, ProjectEngine
from articles.queries.engines.training import FIRST_AT, last_training, next_training_at, training_at_work
from articles.queries.gold.approved import gold_articles

VERSIONS_SHOWN = 50
GRID = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Figure:
    """A value between 0 and 1 with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class LabelRow:
    name: str
    learned: int
    in_gold: int
    precision: Figure
    recall: Figure
    f1: Figure
    overlap: Figure


@dataclass(frozen=True)
class Curve:
    """The drawing of a learning curve, and its points."""

    places: list[PlacedPoint]
    line: str
    band: str
    grid: list[tuple[float, float]]


@dataclass(frozen=True)
class Learning:
    """Where an engine stands. `shown` is the version whose figures the page tells: the live one, or the
    newest while none is live."""

    learns: bool
    gold: int
    first_at: int
    next_at: int
    at_work: Job | None
    last: Job | None
    versions: list[EngineVersion]
    shown: EngineVersion | None

    @property
    def missing(self) -> int:
        """Gold articles that are still to come until it learns by itself."""
        return max(0, self.next_at - self.gold)


def versions_of(engine: ProjectEngine) -> list[EngineVersion]:
    """The newest first."""
    return list(EngineVersion.objects.filter(engine=engine).order_by("-number")[:VERSIONS_SHOWN])


def learning_of(engine: ProjectEngine) -> Learning:
    versions = versions_of(engine)
    live = EngineVersion.objects.live().filter(engine=engine).first()
    return Learning(
        learns=engine.kind in learning_kinds(),
        gold=gold_articles(engine.project).count(),
        first_at=FIRST_AT,
        next_at=next_training_at(engine),
        at_work=training_at_work(engine.project),
        last=last_training(engine),
        versions=versions,
        shown=live or (versions[0] if versions else None),
    )


def f1_of(version: EngineVersion) -> Figure:
    return Figure(*version.figures["scores"]["exact"]["micro"]["f1"])


def label_rows(version: EngineVersion) -> Iterator[LabelRow]:
    """How well it knows each label, the most frequent in gold first."""
    scores, learned = version.figures["scores"], version.figures["learned"]
    exact, overlap = scores["exact"]["labels"], scores["overlap"]["labels"]
    for name in sorted(exact, key=lambda name: (-_in_gold(exact[name]), name)):
        row = exact[name]
        yield LabelRow(
            name,
            learned.get(name, 0),
            _in_gold(row),
            Figure(*row["precision"]),
            Figure(*row["recall"]),
            Figure(*row["f1"]),
            Figure(*overlap[name]["f1"]),
        )


def curve_of(version: EngineVersion) -> Curve:
    """From the smallest part to all that the version learned from."""
    points = [Point(one["articles"], *one["f1"]) for one in version.figures["curve"]]
    points.append(Point(version.articles, *version.figures["scores"]["exact"]["micro"]["f1"]))
    found = curve.placed(points)
    grid = [(value, curve.height_of(value)) for value in GRID]
    return Curve(found, curve.line(found), curve.band(found), grid)


def _in_gold(row: dict[str, Any]) -> int:
    return int(row["true_positive"] + row["false_negative"])
