"""All kinds of rows that belong to a project. They are found by following foreign keys, so that no new table
is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter

from django.apps import apps
from django.db.models import ForeignKey, Model

from annotator.users.models import Project

Kind = type[Model]


@dataclass(frozen=True)
class Belonging:
    """A kind of row, and the lookup that leads from it to its project, such as `layer__article__project`."""

    kind: Kind
    way: str

    @property
    def refers_to_itself(self) -> bool:
        return any(key.related_model is self.kind for key in _keys(self.kind))


def belongings() -> list[Belonging]:
    """Every kind of row that belongs to a project. A kind that refers to another one comes before it."""
    ways = _ways()
    referring: dict[Kind, set[Kind]] = {kind: set() for kind in ways}
    for kind in ways:
        for key in _keys(kind):
            if key.related_model in ways and key.related_model is not kind:
                referring[key.related_model].add(kind)
    return [Belonging(kind, ways[kind]) for kind in TopologicalSorter(referring).static_order()]


def _ways() -> dict[Kind, str]:
    """Shortest ways first, by keys that are never empty."""
    found: dict[Kind, str] = {}
    nearer: dict[Kind, str] = {Project: ""}
    while nearer:
        further: dict[Kind, str] = {}
        for kind in apps.get_models(include_auto_created=True):
            if kind in found or kind is Project:
                continue
            for key in _keys(kind):
                if not key.null and key.related_model in nearer:
                    rest = nearer[key.related_model]
                    further[kind] = f"{key.name}__{rest}" if rest else key.name
        found |= further
        nearer = further
    return found


def _keys(kind: Kind) -> Iterator[ForeignKey[Model]]:
    return (field for field in kind._meta.concrete_fields if isinstance(field, ForeignKey))
