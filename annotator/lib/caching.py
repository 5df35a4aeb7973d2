"""Results that are worth keeping for a while. They can always be made again: a cache that is away costs time
and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

V = TypeVar("V")
A_DAY = 24 * 3_600
_log = logging.getLogger(__name__)


def remembered(key: str, make: Callable[[], V], *, keep: Callable[[V], bool] = bool) -> V:
    """What is kept under this key, else what `make` gives. That is kept for a day, unless `keep` says no.
    `key` says all that the result depends on."""
    name = sha256(key.encode()).hexdigest()
    found: V | None = _tried(lambda: cache.get(name))
    if found is not None:
        return found
    made = make()
    if keep(made):
        _tried(lambda: cache.set(name, made, A_DAY))
    return made


def _tried(ask: Callable[[], V]) -> V | None:
    try:
        return ask()
    except (RedisError, OSError):
        _log.warning("The cache does not answer.", exc_info=True)
        return None
