from __future__ import annotations

from types import SimpleNamespace

import pytest

from articles.engines import registry
from articles.engines.base import EngineError


def test_ours_are_there() -> None:
    assert set(registry.all_engines()) >= {"rules", "gazetteer", "spacy"}


def test_an_engine_stays_in_memory() -> None:
    labels = frozenset({"ORG"})
    assert registry.load("rules", {}, labels) is registry.load("rules", {}, labels)


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(EngineError, match="nothing-like-it"):
        registry.engine_class("nothing-like-it")


def test_a_broken_package_harms_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        raise ImportError("no such module")

    point = SimpleNamespace(name="theirs", value="theirs:Engine", load=broken)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])
    engines = registry.all_engines.__wrapped__()
    assert "rules" in engines
    assert "no such module" in (engines["theirs"].unavailable_because() or "")
