"""What else knows the names that a change of the label schema changes: engines, releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotator.users.models import Project
from articles.domain.schema_changes.mapping import SchemaMapping
from articles.engines.base import EngineError
from articles.engines.registry import engine_class
from articles.engines.relabelling import Renaming, relabelled
from articles.models import EngineVersion, ProjectEngine, Release


@dataclass(frozen=True)
class EngineChange:
    """The settings of an engine as they will be; `count` lines or rows of them change."""

    engine: ProjectEngine
    settings: dict[str, Any]
    count: int

    @property
    def words(self) -> str:
        lines = "1 line" if self.count == 1 else f"{self.count:,} lines"
        return f"{self.engine.name}: {lines} of its settings get the new names."


def plain_renaming(mapping: SchemaMapping) -> Renaming:
    """Labels where no words decide."""
    return {name: fate.to for name, fate in mapping.labels.items() if fate.to != name}


def engine_changes(project: Project, mapping: SchemaMapping) -> Iterator[EngineChange]:
    """The engines whose settings name a label that changes."""
    renaming = plain_renaming(mapping)
    for engine in ProjectEngine.objects.filter(project=project):
        try:
            settings, count = relabelled(engine_class(engine.kind), engine.settings, renaming)
        except EngineError:  # of a package that is not installed any more
            continue
        if count:
            yield EngineChange(engine, settings, count)


def surrounding_remarks(project: Project, mapping: SchemaMapping) -> list[str]:
    """What becomes of engines and releases, in sentences."""
    remarks = [one.words for one in engine_changes(project, mapping)]
    if mapping.labels:
        learned = EngineVersion.objects.live().filter(engine__project=project)
        remarks += [
            f"{one.engine.name} has learned the old names: what it suggests is put under the new ones, until "
            "it learns again."
            for one in learned.select_related("engine")
        ]
    releases = Release.objects.published().filter(project=project).count()
    if releases:
        words = "The release keeps" if releases == 1 else f"The {releases} releases keep"
        remarks.append(f"{words} the names of their time.")
    return remarks
