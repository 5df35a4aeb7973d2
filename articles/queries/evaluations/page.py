"""Evaluations as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, QuerySet

from annotator.users.models import Project
from articles.engines.registry import learning_kinds
from articles.models import Evaluation, Job

SHOWN_EVALUATIONS = 40


@dataclass(frozen=True)
class EvaluationRow:
    """One line of the table of engines. Figures are `[value, low, high]`."""

    id: int
    engine: str
    kind: str
    version: str
    created_at: Any
    articles: int
    measured_on: str
    few: bool
    exact: Mapping[str, Any]
    overlap_f1: Sequence[float]
    calibration_error: float | None
    mended_error: float | None

    @property
    def learns(self) -> bool:
        return self.kind in learning_kinds()


def latest_evaluations(project: Project) -> list[EvaluationRow]:
    """The latest of each engine, the best first."""
    newest = _of(project).order_by().values("engine").annotate(newest=Max("pk")).values("newest")
    return sorted(_rows(_of(project).filter(pk__in=newest)), key=lambda row: -row.exact["f1"][0])


def recent_evaluations(project: Project) -> list[EvaluationRow]:
    """Those of all engines, the newest first."""
    return _rows(_of(project).order_by("-pk")[:SHOWN_EVALUATIONS])


def _of(project: Project) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(engine__project=project, articles__gt=0)


_FIGURES = {
    "measured_on": F("figures__measured_on"),
    "few": F("figures__few"),
    "exact": F("figures__exact__micro"),
    "overlap_f1": F("figures__overlap__micro__f1"),
    "calibration_error": F("figures__calibration__error"),
    "mended_error": F("figures__calibration__mended"),
}


def _rows(evaluations: QuerySet[Evaluation]) -> list[EvaluationRow]:
    """Without the counts of every article, which are most of the figures."""
    named = evaluations.annotate(name=F("engine__name"), kind=F("engine__kind"), **_FIGURES)
    head = ("id", "name", "kind", "engine_version", "created_at", "articles")
    return [EvaluationRow(*row) for row in named.values_list(*head, *_FIGURES)]


def last_evaluation_job(project: Project) -> Job | None:
    return Job.objects.filter(project=project, kind=Job.Kind.EVALUATE).order_by("-pk").first()
