"""Whose layers come in: the author that was chosen for an import, and those that its file names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Membership, Project, User
from articles.formats.base import ParsedArticle, Reading
from articles.models import Layer, ProjectEngine
from articles.services.intake_layers import IncomingLayer

_ENGINE_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
IMPORTED = "imported"  # the kind of an engine whose suggestions were made elsewhere: it reads nothing here


@dataclass(frozen=True)
class Target:
    """Where the spans of an import go: a person's layer (submitted), an engine's, or else gold (approved by
    `by`)."""

    user: User | None
    by: User | None
    engine: ProjectEngine | None = None


def target_of(project: Project, author: str, *, by: User | None) -> Target:
    """The target that `gold`, `user:NAME` or `engine:NAME` names. Raises Invalid. An engine that the project
    does not have is made, as one that only holds what was imported."""
    kind, _, name = author.partition(":")
    if author == "gold":
        return Target(user=None, by=by)
    if kind == "user" and (user := _member(project, name)):
        return Target(user=user, by=by)
    if kind == "engine" and name:
        return Target(user=None, by=by, engine=_engine(project, name))
    raise Invalid(
        "Spans go to gold, to user:NAME, where NAME is a member of the project, or to engine:NAME: "
        "a name of small letters, digits and hyphens."
    )


def require_author(project: Project, author: str) -> None:
    """The same check, making nothing. Raises Invalid."""
    kind, _, name = author.partition(":")
    if kind == "engine" and _is_engine_name(name):
        return
    target_of(project, author if kind != "engine" else "engine:", by=None)


class Authors:
    """The layers of articles on their way in. Members and engines are looked up once."""

    def __init__(self, project: Project, target: Target) -> None:
        self._project = project
        self._target = target
        self._known: dict[str, Target] = {}

    def layers_of(self, article_id: int, article: ParsedArticle) -> list[IncomingLayer]:
        own = Reading("", article.spans, article.relations, article.labels)
        layers = [self._layer(article_id, own, self._target)] if own.spans or own.labels else []
        for reading in article.readings:
            layer = self._layer(article_id, reading, self._named(reading.author))
            # What the import puts into a layer comes before what the file says of the same author.
            if not any(_same_author(layer, one) for one in layers):
                layers.append(layer)
        return layers

    def _named(self, author: str) -> Target:
        if author not in self._known:
            try:
                self._known[author] = target_of(self._project, author, by=self._target.by)
            except Invalid as error:
                raise Refused(f"The file has a layer of {author!r:.80}. {error.reason}") from error
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


def authors_in(article: ParsedArticle) -> Iterator[str]:
    """The authors that an article's input names."""
    return (reading.author for reading in article.readings)


def _same_author(one: IncomingLayer, other: IncomingLayer) -> bool:
    return (one.kind, one.user, one.engine) == (other.kind, other.user, other.engine)


def _member(project: Project, name: str) -> User | None:
    # A name with a NUL is nobody's, and a query could not hold it.
    members = Membership.objects.filter(project=project, user__username=name.replace("\0", "\ufffd"))
    found = members.select_related("user").first()
    return found.user if found else None


def _engine(project: Project, name: str) -> ProjectEngine:
    if not _is_engine_name(name):
        raise Invalid(f"{name!r:.60} cannot name an engine: use small letters, digits and hyphens.")
    engine, _ = ProjectEngine.objects.get_or_create(
        project=project, name=name, defaults={"kind": IMPORTED, "enabled": False}
    )
    return engine


def _is_engine_name(name: str) -> bool:
    return len(name) <= 64 and bool(_ENGINE_NAME.match(name))
