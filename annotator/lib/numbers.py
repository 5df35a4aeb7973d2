"""Whole numbers as addresses and hand-made requests have them."""

from __future__ import annotations

# The database counts to 2**63: no longer number is an id.
_LONGEST = 18


def whole_number(words: str) -> int | None:
    """The number that these digits say; None for anything else, and for more than any id or page can be."""
    is_number = words.isascii() and words.isdigit() and len(words) <= _LONGEST
    return int(words) if is_number else None
