from __future__ import annotations

from typing import Any

from annotator.lib.errors import Invalid
from annotator.schemas.queries import published_definition
from articles.engines.base import EngineError, SettingsError
from articles.engines.registry import engine_class
from articles.models import ProjectEngine


def change_engine(
    *, engine: ProjectEngine, settings: dict[str, Any] | None = None, enabled: bool | None = None
) -> None:
    """Change how a project uses an engine. Raises Invalid with every problem of the settings."""
    if settings is not None:
        _try(engine, settings)
        engine.settings = settings
    if enabled is not None:
        engine.enabled = enabled
    engine.save(update_fields=["settings", "enabled"])


def _try(engine: ProjectEngine, settings: dict[str, Any]) -> None:
    labels = published_definition(engine.project_id).active_names
    try:
        engine_class(engine.kind)(settings, labels)
    except SettingsError as error:
        raise Invalid(str(error), list(error.problems.values())) from error
    except EngineError as error:
        raise Invalid(str(error)) from error
