"""An engine's settings with its keys in them, as the engine needs them; nothing here is for showing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from annotator.lib.sealing import Unopenable, unseal
from articles.engines.base import Engine, EngineError, Secret, Setting, SettingsError
from articles.engines.registry import engine_class
from articles.models import ProjectEngine

PURPOSE = "keys of engines"
LOST = "The key that is kept cannot be opened any more, because SECRET_KEY changed. Type it again."

# New keys by the names of their settings. An empty one takes the kept key away.
Typed = Mapping[str, str]


def secret_settings(kind: type[Engine]) -> list[Setting]:
    return [one for one in kind.settings_form if one.type == "secret"]


def full_settings(row: ProjectEngine) -> dict[str, Any]:
    """The settings as they are kept, with the keys. Raises EngineError when a key cannot be opened."""
    try:
        return {**row.settings, **_opened(row)}
    except Unopenable:
        raise EngineError(f"{row.name}: {LOST}") from None


def changed_settings(
    row: ProjectEngine, settings: Mapping[str, Any], typed: Typed | None = None
) -> dict[str, Any]:
    """These settings with the keys that would go with them: those typed, and those kept before.

    A kept key goes only where it was meant for: with another address, say, it has to be typed again.
    Raises SettingsError.
    """
    kind, typed = engine_class(row.kind), typed or {}
    _check_names(kind, settings, typed)
    keys = {name: Secret(value) for name, value in typed.items() if value}
    staying = [one for one in secret_settings(kind) if one.name not in typed]
    kept = _kept_for(row, staying)
    problems = {
        one.name: f"{one.label}: type it again, or take it away. It is kept for another "
        f"{one.meant_for} than this, and sent nowhere else."
        for one in staying
        if one.name in kept and _changes(row.settings, settings, one.meant_for)
    }
    if problems:
        raise SettingsError(problems)
    return {**settings, **kept, **keys}


def kept_keys(row: ProjectEngine) -> frozenset[str]:
    """The names of the settings that have a key. All secret ones, when they cannot be opened any more."""
    try:
        return frozenset(_opened(row))
    except Unopenable:
        return frozenset(one.name for one in secret_settings(engine_class(row.kind)))


def _check_names(kind: type[Engine], settings: Mapping[str, Any], typed: Typed) -> None:
    """Raises SettingsError for unknown names, and for a key among the plain settings: there everybody could
    read it."""
    secret = {one.name for one in secret_settings(kind)}
    plain = {one.name for one in kind.settings_form} - secret
    problems = {name: f"There is no setting {name!r:.60}." for name in settings.keys() - plain - secret}
    problems |= {
        name: f"{name} is a secret: give it among the secrets, not among the settings."
        for name in settings.keys() & secret
    }
    problems |= {name: f"There is no secret {name!r:.60}." for name in typed.keys() - secret}
    if problems:
        raise SettingsError(problems)


def _kept_for(row: ProjectEngine, staying: list[Setting]) -> dict[str, Secret]:
    if not staying:
        return {}
    try:
        opened = _opened(row)
    except Unopenable:
        raise SettingsError({staying[0].name: LOST}) from None
    return {one.name: opened[one.name] for one in staying if one.name in opened}


def _changes(before: Mapping[str, Any], now: Mapping[str, Any], name: str) -> bool:
    return bool(name) and before.get(name) != now.get(name)


def _opened(row: ProjectEngine) -> dict[str, Secret]:
    if not row.secrets:
        return {}
    values: dict[str, str] = orjson.loads(unseal(row.secrets, purpose=PURPOSE))
    return {name: Secret(value) for name, value in values.items()}
