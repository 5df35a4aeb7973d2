"""Releases: exports that are numbered, frozen and checked by their digests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annotator.lib import advisory_locks
from annotator.lib.errors import Invalid, Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User, Verb
from annotator.users.services.audit import record
from articles.formats import writer_for
from articles.formats.base import Problem
from articles.models import Job, Release, SchemaChange
from articles.queries.releases.query import ReleaseQuery
from articles.services.jobs.lifecycle import (
    Cancelled,
    Enqueue,
    Progress,
    claim_job,
    create_job,
    finish_job,
    is_cancelled,
    working_on,
)
from articles.services.releases.making import make_release
from articles.services.twins import link_next


def start_release(
    *, project: Project, by: User, query: ReleaseQuery, title: str = "", notes: str = "", enqueue: Enqueue
) -> Release:
    """Queue a release under the project's next number. Locks the project's row.

    Raises Invalid for a question that cannot be answered, Refused for one whose answer is empty.
    """
    _require_answerable(project, query)
    _require_one_schema(project)
    articles = query.articles(project, user=by).count()
    if not articles:
        raise Refused(_("No article fits, so the release would be empty. Approve some, or ask for more."))
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        last = Release.objects.filter(project=project).aggregate(Max("number"))["number__max"] or 0
        job = create_job(
            project=project, kind=Job.Kind.RELEASE, by=by, total=articles, params={"release": last + 1}
        )
        release = Release.objects.create(
            project=project,
            number=last + 1,
            title=title,
            notes=notes,
            query=query.to_json(),
            job=job,
            created_by=by,
        )
        record(Verb.RELEASED, by=by, project=project, about=release, articles=articles)
        enqueue(job.pk)
    return release


def _require_answerable(project: Project, query: ReleaseQuery) -> None:
    """Raises Refused and Invalid."""
    export = query.export
    if project.is_archived:
        raise Refused(_("This project is archived, so nothing is released. Open it again under Settings."))
    if export.wanted.mine or export.wanted.comments:
        raise Invalid(_("A release is the same for everybody, so it is not chosen by what is yours."))
    writer = writer_for(export.file_format, published_definition(project.pk), export.options)
    if isinstance(writer, Problem):
        raise Invalid(writer.reason)


def _require_one_schema(project: Project) -> None:
    if SchemaChange.objects.at_work().filter(project=project).exists():
        raise Refused(_("Labels are being changed. Wait until that has ended: a release has one schema."))


def work_on_release(job_id: int) -> None:
    """Make a release in one transaction: when the worker is killed nothing is left of it, and the next one
    begins anew."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job) as progress:
        if is_cancelled(job.pk):
            raise Cancelled
        release = Release.objects.select_related("project", "created_by").get(job=job)
        if ReleaseQuery.from_json(release.query).keeps_twins_together:
            _look_for_twins(release.project, progress)
        with _alone_in_one_snapshot(release.project):
            release.refresh_from_db(fields=["file"])
            if release.file is None:
                make_release(release, progress)
        release.refresh_from_db(fields=["manifest"])
        Job.objects.filter(pk=job.pk).update(done=release.manifest["counts"]["articles"])
        finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report={"release": release.number})


def _look_for_twins(project: Project, progress: Progress) -> None:
    """Near-duplicates stand in one part, so none may be unknown. Raises Cancelled."""
    while link_next(project=project)[0]:
        progress.count(0)


@contextmanager
def _alone_in_one_snapshot(project: Project) -> Iterator[None]:
    """A transaction in which all statements see the same state, whatever others commit; one at a time a
    project, so that each release knows those before it. The lock is taken before the snapshot is."""
    lock = [advisory_locks.RELEASE, project.pk]
    _execute("SELECT pg_advisory_lock(%s, %s)", lock)
    try:
        outermost = not connection.in_atomic_block
        with transaction.atomic():
            if outermost:
                _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    finally:
        _execute("SELECT pg_advisory_unlock(%s, %s)", lock)


def _execute(sql: str, params: list[int] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
