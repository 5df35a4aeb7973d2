"""Random draws that anybody can repeat."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def is_drawn(percent: int, *ids: int) -> bool:
    """Whether these ids are among the `percent` in a hundred that are drawn. Asked again, the answer is the
    same."""
    return _number(ids) % 100 < percent


def pick(choices: Sequence[T], *ids: int) -> T:
    """One of the choices, of which there must be at least one. Asked again, it is the same one."""
    return choices[_number(ids) % len(choices)]


def _number(ids: Sequence[int]) -> int:
    digest = sha256(":".join(map(str, ids)).encode()).digest()
    return int.from_bytes(digest[:8])


def annotators_wanted(most: int, share: int, article: int) -> int:
    """How many annotators an article is to have: `most` for the `share` in a hundred that are drawn, else
    one. Whatever is drawn with a smaller share is drawn with a greater one, too."""
    return most if is_drawn(share, article) else 1
