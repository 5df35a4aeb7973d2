"""Suggestions that were made elsewhere and came with an import."""

from __future__ import annotations

from articles.engines.base import Engine


class ImportedEngine(Engine):
    """A name for imported suggestions. It reads nothing itself."""

    name = "imported"
    title = "Imported suggestions"
    description = "Holds what another tool suggested, as it was imported."
    reads_again = False
    only_holds = True

    @classmethod
    def unavailable_because(cls) -> str | None:
        return "Its suggestions were imported; it reads nothing by itself."
