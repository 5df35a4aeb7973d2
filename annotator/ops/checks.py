from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# Any commit that still has all the migrations that today's replace.
LAST_BEFORE = "46ee896"


@register(Tags.database)
def check_history(app_configs: Any, databases: Iterable[str] | None, **more: Any) -> list[CheckMessage]:
    """The database did not stop among migrations that are gone: Django would only find tables missing."""
    if not databases:
        return []
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    applied = MigrationRecorder(connection).applied_migrations()
    for migration in loader.disk_migrations.values():
        missing = [name for name in migration.replaces if name not in applied]
        if 0 < len(missing) < len(migration.replaces):
            return [_stopped_before(*missing[0])]
    return []


def _stopped_before(app: str, name: str) -> CheckMessage:
    return Error(
        f"The database is older than this version can bring up to date: it has never run {app}.{name}.",
        hint=f"Nothing was changed. Start Annotator once at commit {LAST_BEFORE}, stop it, and update again.",
        id="ops.E001",
    )
