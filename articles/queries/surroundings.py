"""What an engine that asks a service is given of its project and of this installation."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from annotator.schemas.queries import published_definition
from articles.engines.connected import LabelGuide, Surroundings
from articles.engines.web.addresses import Allowance
from articles.models import ProjectEngine


def surroundings_of(row: ProjectEngine, *, seconds: float | None = None) -> Surroundings:
    """`seconds` is how long whoever asks can wait for one batch."""
    labels = published_definition(row.project_id).labels
    return Surroundings(
        allowance=allowance(),
        labels=tuple(LabelGuide(one.name, one.description) for one in labels if not one.retired),
        seconds=seconds,
    )


def allowance() -> Allowance:
    """Where the administrator lets engines connect to besides the public internet."""
    return _parsed(tuple(settings.ENGINE_HOSTS_ALLOWED))


@lru_cache(maxsize=1)
def _parsed(entries: tuple[str, ...]) -> Allowance:
    return Allowance.parse(entries)
