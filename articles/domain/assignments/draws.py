"""Draws by lot that anybody can repeat."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def is_drawn(percent: int, *ids: int) -> bool:
    """Whether a lot that takes `percent` in a hundred takes these ids; asked again it says the same."""
    return _number(ids) % 100 < percent


def pick(choices: Sequence[T], *ids: int) -> T:
    """One of the choices, of which there is at least one; asked again it is the same."""
    return choices[_number(ids) % len(choices)]


def _number(ids: Sequence[int]) -> int:
    digest = sha256(":".join(map(str, ids)).encode()).digest()
    return int.from_bytes(digest[:8])


def annotators_wanted(most: int, share: int, article: int) -> int:
    """How many annotators an article is to have where only `share` in a hundred have more than one: those
    that a lot takes have `most`. A greater share takes all that a smaller one took."""
    return most if is_drawn(share, article) else 1
