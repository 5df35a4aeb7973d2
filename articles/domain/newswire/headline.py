"""A line to call an article by when it came without a title."""

from __future__ import annotations

MAX_HEADLINE = 90


def headline_of(text: str, body_start: int = 0) -> str:
    """The first line of the body, cut at a word to at most 90 characters."""
    line = text[body_start : body_start + 2000].strip().partition("\n")[0].strip()
    if len(line) <= MAX_HEADLINE:
        return line
    cut = line[:MAX_HEADLINE]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"
