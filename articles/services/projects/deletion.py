"""Deleting a project in two steps: out of sight at once, gone for good after thirty days (see `purging`)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User, Verb
from annotator.users.services.audit import record
from articles.models import Job
from articles.services.jobs.lifecycle import cancel_job

KEPT_FOR = timedelta(days=30)


def delete_project(*, project: Project, by: User, typed_name: str) -> None:
    """Take the project out of everybody's sight. What is at work stops; nothing is lost for thirty days.

    It is archived as well, so that everything that leaves archived projects alone leaves it alone, too. Locks
    the project's row. Raises Invalid unless its name was typed.
    """
    if " ".join(typed_name.split()) != " ".join(project.name.split()):
        raise Invalid(
            _("Type the name of the project as it is written here: %(name)s") % {"name": project.name}
        )
    with transaction.atomic():
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if locked.is_deleted:
            return
        locked.deleted_at, locked.deleted_by = timezone.now(), by
        locked.archived_at = locked.archived_at or locked.deleted_at
        locked.save(update_fields=["deleted_at", "deleted_by", "archived_at"])
        record(Verb.PROJECT_DELETED, by=by, project=project, about=project)
    for job in Job.objects.unfinished().filter(project=project):
        cancel_job(job=job)


def bring_back(*, project: Project) -> None:
    """Undo `delete_project`. A project that was archived before is archived again. Raises Refused when it is
    too late: then its removal may have begun."""
    with transaction.atomic():
        locked = Project.objects.select_for_update(no_key=True).filter(pk=project.pk).first()
        if locked is None or (locked.deleted_at and locked.deleted_at <= removed_when_before()):
            raise Refused(_("It was deleted more than thirty days ago and cannot be brought back."))
        if locked.archived_at == locked.deleted_at:
            locked.archived_at = None
        locked.deleted_at = locked.deleted_by = None
        locked.save(update_fields=["deleted_at", "deleted_by", "archived_at"])
        record(Verb.PROJECT_RESTORED, project=project, about=project)


def removed_when_before() -> datetime:
    """What was deleted then or earlier is removed for good."""
    return timezone.now() - KEPT_FOR
