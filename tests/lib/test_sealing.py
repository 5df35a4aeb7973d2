from __future__ import annotations

from typing import Any

import pytest

from annotator.lib.sealing import Unopenable, seal, unseal


def test_what_is_sealed_opens_and_shows_nothing() -> None:
    sealed = seal("sk-ключ", purpose="keys")
    assert "sk" not in sealed
    assert unseal(sealed, purpose="keys") == "sk-ключ"
    assert seal("sk-ключ", purpose="keys") != sealed


def test_it_opens_for_its_purpose_only() -> None:
    with pytest.raises(Unopenable):
        unseal(seal("x", purpose="keys"), purpose="cookies")


def test_after_a_change_of_secret_key_the_old_one_opens_while_it_is_a_fallback(settings: Any) -> None:
    sealed = seal("x", purpose="keys")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["tests"]
    assert unseal(sealed, purpose="keys") == "x"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unopenable):
        unseal(sealed, purpose="keys")
    renewed = seal("x", purpose="keys")
    settings.SECRET_KEY = "tests"
    with pytest.raises(Unopenable):
        unseal(renewed, purpose="keys")


@pytest.mark.parametrize("damaged", ["", "x", "ü", "gAAAAA==", "\0"])
def test_what_is_damaged_does_not_open(damaged: str) -> None:
    with pytest.raises(Unopenable):
        unseal(damaged, purpose="keys")
