from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, count
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.lib.sealing import seal
from annotator.users.models import Project, Verb
from annotator.users.services.audit import record
from articles.engines.base import EngineError, LearningEngine, Secret, SettingsError
from articles.engines.registry import engine_class
from articles.models import ProjectEngine
from articles.queries.engines.cards import left_nothing, trial_engine
from articles.queries.engines.settings import PURPOSE, Typed, changed_settings

# It would be an address of the page that adds engines.
RESERVED_NAMES = frozenset({"new"})
MAX_NAME = 64


def add_engine(
    *,
    project: Project,
    kind: str,
    name: str = "",
    settings: dict[str, Any] | None = None,
    secrets: Typed | None = None,
) -> ProjectEngine:
    """Let a project use an engine; one kind may be there several times, under names of its own.

    It is on if it can work with these settings; without any, it may wait for them, switched off. Without a
    name it gets one from its kind. Raises Invalid.
    """
    _check_kind(project, kind)
    engine = ProjectEngine(project=project, name=name or _free_name(project, kind), kind=kind)
    _check_name(engine)
    try:
        with transaction.atomic():
            engine.save()
            _settle(engine, settings, secrets)
            record(Verb.ENGINE_ADDED, project=project, about=engine, kind=kind)
    except IntegrityError:
        raise Invalid(
            _("There is an engine %(name)s in this project already. Choose another name.")
            % {"name": repr(engine.name)}
        ) from None
    return engine


def change_engine(
    *,
    engine: ProjectEngine,
    settings: dict[str, Any] | None = None,
    secrets: Typed | None = None,
    enabled: bool | None = None,
    learns: bool | None = None,
) -> None:
    """Change how a project uses an engine. `secrets` are keys by the names of their settings: new ones, and
    empty ones to be forgotten; others stay. Raises Invalid with every problem of the settings."""
    with transaction.atomic():
        _change(engine, settings=settings, secrets=secrets, enabled=enabled, learns=learns)
        wishes = {"settings": settings, "keys": secrets, "enabled": enabled, "learns": learns}
        changed = [name for name, wish in wishes.items() if wish is not None]
        record(Verb.ENGINE_CHANGED, project=engine.project, about=engine, changed=changed)


def remove_engine(*, engine: ProjectEngine) -> None:
    """Take away an engine that has left nothing in the project. Raises Refused for another one: what people
    accepted came from it."""
    with transaction.atomic():
        locked = ProjectEngine.objects.select_for_update(no_key=True).get(pk=engine.pk)
        if not left_nothing(locked):
            raise Refused(
                _(
                    "%(name)s has read articles, or learned from them. So that one can always tell "
                    "where suggestions came from, it stays; switch it off instead."
                )
                % {"name": engine.name}
            )
        record(Verb.ENGINE_REMOVED, project=engine.project, about=locked, kind=locked.kind)
        locked.delete()


def _change(
    engine: ProjectEngine,
    *,
    settings: dict[str, Any] | None = None,
    secrets: Typed | None = None,
    enabled: bool | None = None,
    learns: bool | None = None,
) -> None:
    # Locked: a key that is kept must not go with an address that somebody enters at the same moment.
    kept = ProjectEngine.objects.select_for_update(no_key=True).get(pk=engine.pk)
    if settings is not None or secrets:
        engine.settings = kept.settings if settings is None else settings
        engine.secrets = _sealed(_tried(kept, engine.settings, secrets))
    if enabled is not None:
        engine.enabled = enabled
    if learns is not None:
        engine.learns = learns
    engine.save(update_fields=["settings", "secrets", "enabled", "learns"])


def _settle(engine: ProjectEngine, settings: dict[str, Any] | None, secrets: Typed | None) -> None:
    try:
        _change(engine, settings=settings or {}, secrets=secrets)
    except Invalid:
        if settings or secrets:
            raise
        _change(engine, enabled=False)


def _check_kind(project: Project, kind: str) -> None:
    try:
        found = engine_class(kind)
    except EngineError as error:
        raise Invalid(str(error)) from error
    if obstacle := found.unavailable_because():
        raise Invalid(obstacle)
    if not found.settings_form and ProjectEngine.objects.filter(project=project, kind=kind).exists():
        raise Invalid(
            _("%(found)s is there already, and has no settings that another one could differ in.")
            % {"found": found.title}
        )


def _free_name(project: Project, kind: str) -> str:
    """The kind's name, or with the first number from 2 that makes it one of its own."""
    taken = set(ProjectEngine.objects.filter(project=project).values_list("name", flat=True))
    numbered = (f"{kind}-{number}" for number in count(2))
    return next(name for name in chain([kind], numbered) if name not in taken)


def _check_name(engine: ProjectEngine) -> None:
    try:
        engine.clean_fields(exclude=["settings"])
    except ValidationError:
        raise Invalid(
            _(
                "The name is made of small letters a-z, digits and hyphens, begins with a "
                "letter, and has at most %(max_name)s characters."
            )
            % {"max_name": MAX_NAME}
        ) from None
    if engine.name in RESERVED_NAMES:
        raise Invalid(
            _("%(name)s is part of an address here. Choose another name.") % {"name": repr(engine.name)}
        )


def _tried(engine: ProjectEngine, settings: dict[str, Any], secrets: Typed | None) -> dict[str, Any]:
    """The settings with their keys, if the engine can be made with them. Raises Invalid."""
    try:
        full = changed_settings(engine, settings, secrets)
        if not issubclass(engine_class(engine.kind), LearningEngine):
            trial_engine(engine, full)
    except SettingsError as error:
        raise Invalid(str(error), list(error.problems.values())) from error
    except EngineError as error:
        raise Invalid(str(error)) from error
    return full


def _sealed(settings: Mapping[str, Any]) -> str:
    keys = {name: value.reveal() for name, value in settings.items() if isinstance(value, Secret)}
    return seal(orjson.dumps(keys).decode(), purpose=PURPOSE) if keys else ""
