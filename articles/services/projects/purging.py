"""Projects that were deleted thirty days ago are removed for good: every row and every stored file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import ForeignKey, Model

from annotator.users.models import Project, Verb
from annotator.users.services.audit import record
from articles.models import StoredFile
from articles.models.belongings import Belonging, belongings
from articles.services.files import forget_file
from articles.services.projects.deletion import removed_when_before

BATCH = 2_000


def purge_deleted() -> int:
    """Remove the projects whose time is up. Answers how many. Run twice, or again after a crash, it goes on
    where it stopped."""
    due = Project.objects.filter(deleted_at__lte=removed_when_before()).order_by("deleted_at")
    return sum(_purge(project) for project in due)


def _purge(project: Project) -> bool:
    """Remove a project, and before it the hidden project that holds its exercises. False if it was brought
    back meanwhile."""
    training = list(Project.objects.filter(training_for=project).values_list("pk", flat=True))
    for pk in (*training, project.pk):
        for belonging in belongings():
            while _remove_batch(belonging, pk, due=project.pk):
                pass
    with transaction.atomic():
        if not _still_due(project.pk):
            return False
        _delete(Project, training)
        _delete(Project, [project.pk])
        record(Verb.PROJECT_PURGED, project=project, about=project)
    return True


def _remove_batch(belonging: Belonging, project_id: int, *, due: int) -> int:
    """Remove some rows, in one transaction, and the files that only they held, unless the project `due` was
    brought back meanwhile. Answers how many."""
    with transaction.atomic():
        if not _still_due(due):
            return 0
        rows = belonging.kind._base_manager.filter(**{belonging.way: project_id})
        # A row that refers to another one of its kind is younger, and goes first.
        rows = rows.order_by("-pk") if belonging.refers_to_itself else rows.order_by()
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        files = _files_of(belonging.kind, ids)
        _delete(belonging.kind, ids)
        for file in StoredFile.objects.filter(pk__in=files):
            forget_file(file)
    return len(ids)


def _still_due(project_id: int) -> bool:
    """Locks the project's row, so that it is not brought back meanwhile, and another worker waits."""
    due = Project.objects.filter(pk=project_id, deleted_at__lte=removed_when_before())
    return due.select_for_update().exists()


def _files_of(kind: type[Model], ids: Sequence[Any]) -> set[int]:
    names = [
        field.name
        for field in kind._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is StoredFile
    ]
    rows = kind._base_manager.filter(pk__in=ids)
    return {pk for name in names for pk in rows.values_list(name, flat=True) if pk}


def _delete(kind: type[Model], ids: Sequence[Any]) -> None:
    """Delete the rows and nothing else. Triggers that protect history let rows go only with this setting."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL annotator.purging = 'on'")
        kind._base_manager.filter(pk__in=ids)._raw_delete(connection.alias)
        cursor.execute("SET LOCAL annotator.purging = 'off'")
