"""Suggestions that were carried over from the gold of another article."""

from __future__ import annotations

from articles.engines.base import Engine


class CarriedEngine(Engine):
    """A name for what was carried over (articles.services.carrying). It reads nothing itself."""

    name = "carried"
    title = "Carried over"
    description = "Holds what gold says of the same words in another article of the story."
    reads_again = False
    only_holds = True

    @classmethod
    def unavailable_because(cls) -> str | None:
        return "It reads nothing by itself: press Carry over on the page of a story."
