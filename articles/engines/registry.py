"""The engines that are installed: ours, and those that packages register as `annotator.engines`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from threading import Lock
from typing import Any, ClassVar

import orjson

from annotator.schemas.definition import RelationType
from articles.engines.base import Engine, EngineError, LearningEngine, Secret, Setting, Stage
from articles.engines.carried import CarriedEngine
from articles.engines.chat import ChatEngine
from articles.engines.connected import ConnectedEngine, Surroundings
from articles.engines.ensemble import EnsembleEngine
from articles.engines.gazetteer import GazetteerEngine
from articles.engines.imported import ImportedEngine
from articles.engines.learned import LearnedEngine
from articles.engines.newswire import NewswireEngine
from articles.engines.rules.engine import RulesEngine
from articles.engines.service import ServiceEngine
from articles.engines.spacy import SpacyEngine

GROUP = "annotator.engines"
# More than a project has, as a rule: a run that takes turns with another would load its models each time.
KEPT_IN_MEMORY = 12

_OURS: tuple[type[Engine], ...] = (
    NewswireEngine,
    GazetteerEngine,
    RulesEngine,
    SpacyEngine,
    LearnedEngine,
    ServiceEngine,
    ChatEngine,
    EnsembleEngine,
    ImportedEngine,
    CarriedEngine,
)
_loaded: OrderedDict[tuple[object, ...], Engine] = OrderedDict()
_loading = Lock()


@cache
def all_engines() -> dict[str, type[Engine]]:
    """Engine classes by name. A registered one that cannot be imported is there, and says why."""
    found: dict[str, type[Engine]] = {engine.name: engine for engine in _OURS}
    for point in entry_points(group=GROUP):
        found.setdefault(point.name, _import(point))
    return found


def engine_class(name: str) -> type[Engine]:
    """The engine class of that name. Raises EngineError."""
    found = all_engines().get(name)
    if found is None:
        raise EngineError(f"There is no engine {name!r:.60} here. Is its package installed?")
    return found


def learning_kinds() -> list[str]:
    """The names of the engine classes that learn."""
    return [name for name, kind in all_engines().items() if issubclass(kind, LearningEngine)]


def stage_of(name: str) -> Stage | None:
    """The stage of the engine class of that name; None when its package is gone."""
    kind = all_engines().get(name)
    return kind.stage if kind else None


def kinds_before(stage: Stage) -> frozenset[str]:
    """Names of the installed engines of the stages before."""
    return frozenset(name for name, engine in all_engines().items() if engine.stage < stage)


def merging_kinds() -> frozenset[str]:
    """Names of the installed engines that merge what others say."""
    return frozenset(name for name, engine in all_engines().items() if engine.stage is Stage.MERGES)


def holding_kinds() -> frozenset[str]:
    """Names of the engines that read nothing, and only hold what comes from elsewhere."""
    return frozenset(name for name, engine in all_engines().items() if engine.only_holds)


def load(
    name: str,
    settings: Mapping[str, Any],
    labels: frozenset[str],
    model: bytes | None = None,
    relations: tuple[RelationType, ...] = (),
    surroundings: Surroundings | None = None,
) -> Engine:
    """An engine ready to work. The last few stay in this process's memory, so a model is loaded once; one
    that asks a service is made anew, because it counts what it spends.

    `model` is what an engine that learns has learned; `labels` and `relations` are the schema's. Raises
    EngineError.
    """
    chosen = engine_class(name)
    reason = chosen.unavailable_because()
    if reason:
        raise EngineError(reason)
    if issubclass(chosen, ConnectedEngine):
        asking = chosen(settings, labels, surroundings)
        asking.relations = relations
        return asking
    told = orjson.dumps(settings, default=_revealed, option=orjson.OPT_SORT_KEYS)
    digest = sha256(told + (model or b"")).digest()
    key = (chosen, chosen.version, digest, labels, relations)
    with _loading:  # web servers run threads: none may load a model twice, or drop one under another's hands
        if key not in _loaded:
            _loaded[key] = made(chosen, settings, labels, model)
            _loaded[key].relations = relations
            if len(_loaded) > KEPT_IN_MEMORY:
                _loaded.popitem(last=False)
        _loaded.move_to_end(key)
        return _loaded[key]


def _revealed(value: object) -> str:
    if isinstance(value, Secret):
        return value.reveal()
    raise TypeError(f"A setting cannot be a {type(value).__name__}.")


def made(
    chosen: type[Engine], settings: Mapping[str, Any], labels: frozenset[str], model: bytes | None = None
) -> Engine:
    """An engine of that class, not kept in memory. Raises EngineError, whatever goes wrong in it."""
    if issubclass(chosen, LearningEngine) and model is None:
        raise EngineError("It has not learned anything yet. It does so by itself once there is enough gold.")
    given: tuple[Any, ...] = (model,) if issubclass(chosen, LearningEngine) else ()
    try:
        return chosen(settings, labels, *given)
    except EngineError:
        raise
    except (Exception, SystemExit) as error:  # somebody else's code
        raise EngineError(f"It cannot be made ready: {type(error).__name__}: {error}") from error


def _import(point: Any) -> type[Engine]:
    try:
        loaded = point.load()
        if not (isinstance(loaded, type) and issubclass(loaded, Engine)):
            raise TypeError("it is not a subclass of articles.engines.base.Engine")
        if problem := _problem_with(loaded, point.name):
            raise TypeError(problem)
        loaded.unavailable_because()
    except (
        Exception,
        SystemExit,
    ) as error:  # somebody else's code: whatever it raises is only its own problem
        return _unavailable(point.name, f"The package {point.value} cannot be used: {error}")
    return loaded


def _problem_with(kind: type[Engine], name: str) -> str | None:
    """What the pages would stumble over."""
    for word in ("name", "title", "description", "version"):
        if not isinstance(getattr(kind, word, None), str):
            return f"its class has no {word}, which is a text"
    if kind.name != name:
        return f"its class calls itself {kind.name!r:.60}, and its entry point {name!r:.60}"
    if not all(isinstance(one, Setting) for one in kind.settings_form):
        return "its settings_form has something that is no Setting"
    return None


def _unavailable(engine_name: str, reason: str) -> type[Engine]:
    class Unavailable(Engine):
        name: ClassVar[str] = engine_name
        title: ClassVar[str] = engine_name
        description: ClassVar[str] = reason

        @classmethod
        def unavailable_because(cls) -> str | None:
            return reason

    return Unavailable
