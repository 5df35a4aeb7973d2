from __future__ import annotations

from typing import Any

from django.db import transaction

from annotator.lib.errors import Invalid
from articles.domain.list_changes import ListChanges, list_changes
from articles.engines.lists import ListEngine
from articles.models import ProjectEngine
from articles.queries.engines.lists import settings_digest
from articles.services.engines.managing import change_engine


class Overtaken(Invalid):
    """Somebody else has kept other settings meanwhile. `changes` lead from theirs to these."""

    def __init__(self, changes: ListChanges) -> None:
        super().__init__(
            "Somebody else has kept this list since you opened it. Yours was not kept: theirs has "
            f"{len(changes.removed):,} lines that yours lacks, and lacks {len(changes.added):,} of yours. "
            "Keep it again to put yours in the place of theirs."
        )
        self.changes = changes


def keep_list(
    *, engine: ProjectEngine, kind: type[ListEngine], settings: dict[str, Any], seen: str
) -> ListChanges:
    """Keep the settings of an engine that reads by a list, and say what changed in the list.

    `seen` is the digest of the settings that these were made from; empty asks for no comparison. Locks the
    engine. Raises Overtaken, and Invalid with every problem.
    """
    with transaction.atomic():
        locked = ProjectEngine.objects.select_for_update(no_key=True).get(pk=engine.pk)
        before, after = (one.get(kind.list_setting) or "" for one in (locked.settings, settings))
        changes = list_changes(before, after)
        if seen and seen != settings_digest(locked.settings):
            engine.settings = locked.settings
            raise Overtaken(changes)
        change_engine(engine=locked, settings=settings)
    return changes
