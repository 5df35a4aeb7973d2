"""Whose reading of the articles is meant."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from annotator.users.models import Project
from articles.models import Layer


@dataclass(frozen=True)
class LayerChoice:
    """`kind` is gold, user, engine or all; `name` the user's or engine's."""

    kind: str
    name: str = ""

    @classmethod
    def parse(cls, author: str) -> LayerChoice | None:
        """Read `gold`, `all`, `user:NAME` or `engine:NAME`; None for anything else."""
        kind, _, name = author.partition(":")
        if author in ("gold", "all") or (kind in ("user", "engine") and name):
            return cls(kind, name)
        return None

    @property
    def is_all(self) -> bool:
        return self.kind == "all"

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


GOLD = LayerChoice("gold")


def layer_choices(project: Project) -> list[tuple[str, str]]:
    """The layers that can be exported, with their names for people."""
    people = project.memberships.select_related("user").order_by("user__username")
    engines = project.engines.order_by("name").values_list("name", flat=True)
    return [
        ("gold", gettext("Gold: what reviewers approved")),
        *((f"user:{one.user.username}", one.user.name) for one in people),
        *((f"engine:{name}", gettext("Engine %(name)s") % {"name": name}) for name in engines),
        ("all", gettext("All layers")),
    ]


def knows_layer(project: Project, layer: LayerChoice) -> bool:
    """Whether such a layer can exist in the project: its member or its engine."""
    match layer.kind:
        case "user":
            return (
                Layer.objects.by_people().filter(article__project=project, user__username=layer.name).exists()
                or project.memberships.filter(user__username=layer.name).exists()
            )
        case "engine":
            return project.engines.filter(name=layer.name).exists()
    return True
