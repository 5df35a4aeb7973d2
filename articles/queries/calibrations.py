"""What gold has shown of a project's engines, for the one that merges them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import Q, QuerySet

from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.domain.calibration import Calibrator
from articles.models import EngineVersion, Evaluation, ProjectEngine


def merging_settings(row: ProjectEngine) -> dict[str, Any]:
    """What an engine that merges is told besides its own settings: `calibrations` of the others by name, and
    the `overlap` that the label schema allows."""
    others = ProjectEngine.objects.filter(project=row.project_id).exclude(pk=row.pk)
    found = {one.engine.name: _calibration(one) for one in _latest_evaluations(others)}
    overlap = asdict(published_definition(row.project_id).overlap)
    return {"calibrations": {name: one for name, one in found.items() if one}, "overlap": overlap}


def _latest_evaluations(engines: QuerySet[ProjectEngine]) -> list[Evaluation]:
    """One an engine; those of versions that are not live say nothing of what the engine suggests now."""
    counts = Q(learned=None) | Q(learned__state=EngineVersion.State.LIVE)
    rows = Evaluation.objects.filter(counts, engine__in=engines).select_related("engine")
    return list(rows.order_by("engine_id", "-pk").distinct("engine_id"))


def _calibration(evaluation: Evaluation) -> dict[str, Any] | None:
    curves = evaluation.figures.get("calibration", {}).get("curves")
    if not curves:
        return None
    exact = evaluation.figures["exact"]
    recall = {label: figures["recall"][0] for label, figures in exact["labels"].items()}
    return {"evaluation": evaluation.pk, "curves": curves, "recall": recall, "f1": exact["micro"]["f1"][0]}


def calibrators_of(project: Project) -> dict[str, Calibrator]:
    """The curves of the engines that were held against gold, by their names."""
    found = {}
    for one in _latest_evaluations(ProjectEngine.objects.filter(project=project)):
        calibration = _calibration(one)
        if calibration:
            found[one.engine.name] = Calibrator.from_json(calibration["curves"])
    return found
