"""What gold has shown of a project's engines, for the one that merges them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import Q, QuerySet

from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.domain.evaluations.calibration import Calibrator
from articles.models import EngineVersion, Evaluation, ProjectEngine

Calibration = dict[str, Any]


def merging_settings(row: ProjectEngine, shown: Mapping[str, Calibration | None]) -> dict[str, Any]:
    """What an engine that merges is told besides its own settings: `calibrations` of the others by name, and
    the `overlap` that the label schema allows. `shown` is what a measurement that is not stored yet shows of
    some of them."""
    others = ProjectEngine.objects.filter(project=row.project_id).exclude(pk=row.pk)
    stored = {
        one.engine.name: calibration_of(one.figures, one.articles) for one in _latest_evaluations(others)
    }
    overlap = asdict(published_definition(row.project_id).overlap)
    return {
        "calibrations": {name: one for name, one in {**stored, **shown}.items() if one},
        "overlap": overlap,
    }


def _latest_evaluations(engines: QuerySet[ProjectEngine]) -> list[Evaluation]:
    """One an engine; those of versions that are not live say nothing of what the engine suggests now."""
    counts = Q(learned=None) | Q(learned__state=EngineVersion.State.LIVE)
    rows = Evaluation.objects.filter(counts, engine__in=engines).select_related("engine")
    return list(rows.order_by("engine_id", "-pk").distinct("engine_id"))


def calibration_of(figures: Mapping[str, Any], articles: int) -> Calibration | None:
    """What the figures of an engine, measured on so many articles, tell one that merges."""
    curves = figures.get("calibration", {}).get("curves")
    if not curves:
        return None
    exact = figures["exact"]
    recall = {label: of_label["recall"][0] for label, of_label in exact["labels"].items()}
    return {"articles": articles, "curves": curves, "recall": recall, "f1": exact["micro"]["f1"][0]}


def calibrators_of(project: Project) -> dict[str, Calibrator]:
    """The curves of the engines that were held against gold, by their names."""
    found = {}
    for one in _latest_evaluations(ProjectEngine.objects.filter(project=project)):
        calibration = calibration_of(one.figures, one.articles)
        if calibration:
            found[one.engine.name] = Calibrator.from_json(calibration["curves"])
    return found
