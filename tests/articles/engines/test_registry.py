from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from articles.engines import registry
from articles.engines.base import Engine, EngineError


def test_ours_are_there() -> None:
    assert set(registry.all_engines()) >= {"newswire", "gazetteer", "spacy"}


def test_an_engine_stays_in_memory() -> None:
    labels = frozenset({"ORG"})
    assert registry.load("newswire", {}, labels) is registry.load("newswire", {}, labels)


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(EngineError, match="nothing-like-it"):
        registry.engine_class("nothing-like-it")


def test_a_broken_package_harms_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        raise ImportError("no such module")

    point = SimpleNamespace(name="theirs", value="theirs:Engine", load=broken)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])
    engines = registry.all_engines.__wrapped__()
    assert "newswire" in engines
    assert "no such module" in (engines["theirs"].unavailable_because() or "")


class Theirs(Engine):
    name: ClassVar[str] = "theirs"
    title: ClassVar[str] = "Theirs"
    description: ClassVar[str] = "Somebody else's."


def engines_with(monkeypatch: pytest.MonkeyPatch, *points: tuple[str, Any]) -> dict[str, type[Engine]]:
    made = [
        SimpleNamespace(name=name, value=f"{name}:X", load=lambda loaded=loaded: loaded)
        for name, loaded in points
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: made)
    return registry.all_engines.__wrapped__()


def test_an_engine_of_another_package_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engines_with(monkeypatch, ("theirs", Theirs))["theirs"] is Theirs


@pytest.mark.parametrize("loaded", [None, "Engine", object, Theirs({}, frozenset())])
def test_what_is_no_engine_is_named_and_harms_nothing(monkeypatch: pytest.MonkeyPatch, loaded: Any) -> None:
    engines = engines_with(monkeypatch, ("broken", loaded), ("theirs", Theirs))
    assert "not a subclass" in (engines["broken"].unavailable_because() or "")
    assert engines["theirs"] is Theirs


def test_no_package_takes_the_place_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engines_with(monkeypatch, ("newswire", Theirs))["newswire"] is not Theirs


def test_a_broken_engine_cannot_be_loaded_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    engines = engines_with(monkeypatch, ("broken", None))
    monkeypatch.setattr(registry, "all_engines", lambda: engines)
    with pytest.raises(EngineError, match="cannot be used"):
        registry.load("broken", {}, frozenset())


def test_only_the_last_few_stay_in_memory() -> None:
    first = registry.load("newswire", {}, frozenset({"A"}))
    for number in range(registry.KEPT_IN_MEMORY):
        registry.load("newswire", {}, frozenset({f"B{number}"}))
    assert registry.load("newswire", {}, frozenset({"A"})) is not first


def test_other_settings_are_another_engine() -> None:
    labels = frozenset({"GPE"})
    one = registry.load("gazetteer", {"entries": "Oslo\tGPE"}, labels)
    assert registry.load("gazetteer", {"entries": "Bergen\tGPE"}, labels) is not one


def test_threads_share_one_engine() -> None:
    labels = frozenset({"GPE"})
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(lambda _: registry.load("newswire", {}, labels), range(16)))
    assert len({id(engine) for engine in loaded}) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": None}, "no title"),
        ({"name": "other"}, "calls itself 'other'"),
        ({"settings_form": ("label",)}, "no Setting"),
        ({"settings_form": None}, "cannot be used"),
        ({"unavailable_because": classmethod(lambda cls: 1 / 0)}, "division by zero"),
    ],
)
def test_a_class_that_pages_would_stumble_over_is_refused(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], said: str
) -> None:
    engines = engines_with(monkeypatch, ("theirs", type("Odd", (Theirs,), fields)))
    assert said in (engines["theirs"].unavailable_because() or "")


def test_an_engine_that_falls_over_when_it_is_made_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Falls(Theirs):
        def __init__(self, settings: Any, labels: frozenset[str]) -> None:
            raise RuntimeError("no model file")

    engines = engines_with(monkeypatch, ("theirs", Falls))
    monkeypatch.setattr(registry, "all_engines", lambda: engines)
    with pytest.raises(EngineError, match="no model file"):
        registry.load("theirs", {}, frozenset())
