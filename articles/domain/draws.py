"""Draws by lot that anybody can repeat."""

from __future__ import annotations

from hashlib import sha256


def is_drawn(percent: int, *ids: int) -> bool:
    """Whether a lot that takes `percent` in a hundred takes these ids; asked again it says the same."""
    digest = sha256(":".join(map(str, ids)).encode()).digest()
    return int.from_bytes(digest[:8]) % 100 < percent
