"""Whose layers come in: the author that was chosen for an import, and those that its file names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.lib.errors import Invalid
from annotator.users.models import Project, User
from articles.formats.base import ParsedArticle, Reading
from articles.models import Layer, ProjectEngine
from articles.services.intake.layers import IncomingLayer

_ENGINE_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
IMPORTED = "imported"  # the kind of an engine whose suggestions were made elsewhere: it reads nothing here


@dataclass(frozen=True)
class Target:
    """Where the spans of an import go: a person's layer (submitted), an engine's, or else gold (approved by
    `by`)."""

    user: User | None
    by: User | None
    engine: ProjectEngine | None = None


class KnownAuthors:
    """Who can have a layer in a project: gold, its members, and engines, also those that are still to be
    made."""

    def __init__(self, project: Project) -> None:
        self._members = set(project.memberships.values_list("user__username", flat=True))

    def problem_with(self, author: str) -> str | None:
        """Why `author` cannot, or None."""
        kind, _, name = author.partition(":")
        is_known = (
            author == "gold"
            or (kind == "user" and name in self._members)
            or (kind == "engine" and _is_engine_name(name))
        )
        return None if is_known else f"{author!r:.80} cannot have a layer here. {_RULE}"


_RULE = (
    "Layers are gold, user:NAME, where NAME is a member of the project, or engine:NAME: a name of small "
    "letters, digits and hyphens."
)


def require_author(project: Project, author: str) -> None:
    """Raises Invalid when `author` cannot have a layer in the project."""
    if problem := KnownAuthors(project).problem_with(author):
        raise Invalid(problem)


def target_of(project: Project, author: str, *, by: User | None) -> Target:
    """The target that `gold`, `user:NAME` or `engine:NAME` names. Raises Invalid. An engine that the project
    does not have is made, as one that only holds what was imported."""
    require_author(project, author)
    kind, _, name = author.partition(":")
    match kind:
        case "user":
            return Target(user=User.objects.get(username=name), by=by)
        case "engine":
            return Target(user=None, by=by, engine=_engine(project, name))
    return Target(user=None, by=by)


class Authors:
    """The layers of articles on their way in. Members and engines are looked up once."""

    def __init__(self, project: Project, target: Target) -> None:
        self._project = project
        self._target = target
        self._known: dict[str, Target] = {}

    def layers_of(self, article_id: int, article: ParsedArticle) -> list[IncomingLayer]:
        """One layer an author: the caller has seen to it that none comes twice."""
        own = Reading("", article.spans, article.relations, article.labels)
        layers = [self._layer(article_id, own, self._target)] if article.has_reading else []
        return layers + [self._layer(article_id, one, self._named(one.author)) for one in article.readings]

    def _named(self, author: str) -> Target:
        if author not in self._known:
            self._known[author] = target_of(self._project, author, by=self._target.by)
        return self._known[author]

    def _layer(self, article_id: int, reading: Reading, target: Target) -> IncomingLayer:
        kind = Layer.Kind.ENGINE if target.engine else Layer.Kind.USER if target.user else Layer.Kind.GOLD
        return IncomingLayer(
            article_id,
            kind,
            reading.spans,
            reading.relations,
            reading.labels,
            user=target.user.pk if target.user else None,
            engine=target.engine.pk if target.engine else None,
            by=target.by.pk if target.by else None,
        )


def _engine(project: Project, name: str) -> ProjectEngine:
    engine, _ = ProjectEngine.objects.get_or_create(
        project=project, name=name, defaults={"kind": IMPORTED, "enabled": False}
    )
    return engine


def _is_engine_name(name: str) -> bool:
    return len(name) <= 64 and bool(_ENGINE_NAME.match(name))
