"""Migrations were written anew before the first release: databases from before go on."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded() -> MigrationRecorder:
    """What is recorded as done, in a database that knows none of our own migrations yet."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app__in=("articles", "users", "schemas")).delete()
    return recorder


def former(only: str = "") -> list[tuple[str, str]]:
    """The migrations that today's replace, or those of one name do."""
    replacements = MigrationLoader(None).replacements.items()
    return sorted(name for (_, new), row in replacements if only in ("", new) for name in row.replaces)


def planned() -> list[str]:
    executor = MigrationExecutor(connection)
    return [migration.name for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def look() -> None:
    call_command("check", tags=["database"], databases=["default"])


def test_a_database_with_all_former_migrations_is_up_to_date(recorded: MigrationRecorder) -> None:
    for app, name in former():
        recorded.record_applied(app, name)
    look()
    assert planned() == []


def test_a_first_start_that_ended_after_the_tables_goes_on_with_the_rest(recorded: MigrationRecorder) -> None:
    for app, name in former(only="0001_tables"):
        recorded.record_applied(app, name)
    look()
    assert {"0002_what_never_changes", "0003_spans_inside_their_text", "0004_searched_texts"} < set(planned())
    assert "0001_tables" not in planned()


@pytest.mark.parametrize(
    "last", ["0001_initial", "0008_nothing_joins_a_release", "0037_bulk_edits_tell_their_limit"]
)
def test_a_database_that_stopped_among_them_is_refused_in_words(
    recorded: MigrationRecorder, last: str
) -> None:
    for app, name in former():
        if app != "articles" or name <= last:
            recorded.record_applied(app, name)
    with pytest.raises(SystemCheckError, match=r"it has never run articles\.00"):
        look()
