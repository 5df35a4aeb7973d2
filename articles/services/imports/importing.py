"""Imports: looked through first, then taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.formats.base import ParsedArticle
from articles.models import Import, Job
from articles.services.files import forget_file, store_file
from articles.services.imports.findings import known_already
from articles.services.imports.inspection import stop_looking
from articles.services.imports.intake import Intake
from articles.services.imports.wishes import Wishes, take_wishes
from articles.services.intake.articles import lock_intake, store_articles, with_newswire
from articles.services.intake.authors import Target
from articles.services.jobs.lifecycle import (
    Cancelled,
    Enqueue,
    claim_job,
    create_job,
    finish_job,
    is_cancelled,
    working_on,
)
from articles.services.runs.running import preannotate_new
from articles.services.twins import catch_up, start_twins

# How long articles that come without a file wait for an import that is at work.
PATIENCE_SECONDS = 10
UPLOADS_WAIT = timedelta(days=1)


def stage_import(
    *, project: Project, by: User, file_name: str, pieces: Iterable[bytes], wishes: Wishes | None = None
) -> Import:
    """Keep an upload; nothing becomes an article yet. Raises Invalid when it cannot be read at all."""
    wishes = wishes or Wishes()
    with transaction.atomic():
        file = store_file(name=file_name, pieces=pieces)
        upload = Import(project=project, created_by=by, file_name=file_name[:255], file=file)
        take_wishes(upload, wishes)
        upload.save()
    return upload


def change_import(*, upload: Import, wishes: Wishes) -> None:
    """Read an upload in another way. What was found in it is forgotten. Raises Invalid, Refused."""
    with transaction.atomic():
        _lock_waiting(upload)
        stop_looking(upload)
        take_wishes(upload, wishes)
        upload.preview = {}
        upload.save()


def confirm_import(*, upload: Import, only_valid: bool, enqueue: Enqueue) -> Job:
    """Queue the import. `only_valid` leaves out what has problems.

    Raises Refused when problems are known and they are not to be left out. Locks the upload's row.
    """
    with transaction.atomic():
        locked = _lock_waiting(upload)
        found = locked.preview
        if found.get("problem_count") and not only_valid:
            raise Refused(_problem_summary(found["problems"], found["problem_count"]))
        if found.get("complete") and not found["articles"]:
            raise Refused(_("There is no article in this file that could be imported."))
        job = create_job(
            project=upload.project,
            kind=Job.Kind.IMPORT,
            by=upload.created_by,
            total=found["articles"] if found.get("complete") else 0,
            params={"file": locked.file_name, "layer": locked.layer},
        )
        Import.objects.filter(pk=upload.pk).update(job=job, only_valid=only_valid)
        enqueue(job.pk)
    return job


def discard_import(*, upload: Import) -> None:
    """Forget an upload that was not imported."""
    with transaction.atomic():
        if Import.objects.filter(pk=upload.pk, job__isnull=True).delete()[0]:
            stop_looking(upload)
            if upload.file:
                forget_file(upload.file)


def forget_old_uploads() -> int:
    """Uploads that nobody confirmed within a day go, and the files of imports that failed so long ago; what
    was imported stays. Answers how many uploads went."""
    old = Import.objects.filter(created_at__lt=timezone.now() - UPLOADS_WAIT).select_related("file")
    failed = Q(job__state__in=(Job.State.FAILED, Job.State.CANCELLED))
    for upload in old.filter(failed, file__isnull=False):
        if upload.file:
            forget_file(upload.file)
    waiting = list(old.filter(job__isnull=True))
    for upload in waiting:
        discard_import(upload=upload)
    return len(waiting)


def work_on_import(job_id: int, *, enqueue_run: Enqueue, enqueue_twins: Enqueue | None = None) -> None:
    """Take in a confirmed upload in one transaction: all of it or nothing, also when the worker is killed.

    Afterwards the engines read what is new (`enqueue_run`), and near-duplicates are looked for where that is
    wanted (`enqueue_twins`).
    """
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job) as progress:
        upload = Import.objects.select_related("project", "created_by", "file").get(job=job)
        intake = Intake(upload, progress)
        if upload.twins == Import.Twins.SKIP:
            catch_up(project=upload.project)
        with transaction.atomic():
            lock_intake(upload.project)
            intake.take_in()
            if not intake.must_stop:
                _finish(job, intake, enqueue_run, enqueue_twins)
                return
            transaction.set_rollback(True)
        error = _problem_summary(intake.problems.problems, intake.problems.problem_count)
        finish_job(job_id=job.pk, state=Job.State.FAILED, error=error, report=intake.report())


def _finish(job: Job, intake: Intake, enqueue_run: Enqueue, enqueue_twins: Enqueue | None) -> None:
    """The last step of the import's transaction: the job ends in the same instant as its articles appear.
    Raises Cancelled when the job was cancelled meanwhile."""
    upload = intake.upload
    if upload.file:
        # The file is no longer needed: what was in it is stored as articles.
        forget_file(upload.file)
    preannotate_new(
        project=upload.project,
        article_ids=[*intake.new_ids, *intake.corrected_ids],
        by=upload.created_by,
        enqueue=enqueue_run,
    )
    if upload.twins == Import.Twins.LINK and enqueue_twins and intake.new_ids:
        start_twins(project=upload.project, by=upload.created_by, enqueue=enqueue_twins)
    if is_cancelled(job.pk):
        raise Cancelled
    Job.objects.filter(pk=job.pk).update(done=intake.seen, total=intake.seen)
    finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report=intake.report())


def add_articles(
    *, project: Project, articles: list[ParsedArticle], by: User, enqueue_run: Enqueue
) -> list[int]:
    """Take in articles that came one by one, all or none. Answers their ids in order.

    Raises Refused naming the first article that the project has already.
    """
    with transaction.atomic():
        if not lock_intake(project, seconds=PATIENCE_SECONDS):
            raise Refused(_("An import into this project is at work. Send the articles again in a moment."))
        repeats = known_already(project, articles)
        if repeats:
            raise Refused(_repeated(min(repeats), articles))
        try:
            told = [with_newswire(article) for article in articles]
            ids = store_articles(project=project, articles=told, target=Target(user=None, by=by))
        except IntegrityError as error:
            raise Refused(_("Somebody added one of these articles just now. Nothing was added.")) from error
        preannotate_new(project=project, article_ids=ids, by=by, enqueue=enqueue_run)
    return ids


def _repeated(at: int, articles: list[ParsedArticle]) -> str:
    if external_id := articles[at].external_id:
        return _(
            "Article %(number)s: the project has one with the external id %(name)s, or with this text, "
            "already. Nothing was added."
        ) % {"number": at + 1, "name": f"{external_id!r:.80}"}
    return _("Article %(number)s: the project has this text already. Nothing was added.") % {"number": at + 1}


def _lock_waiting(upload: Import) -> Import:
    """The upload's row, locked. Raises Refused when it does not wait any more."""
    found = Import.objects.select_for_update(no_key=True, of=("self",)).filter(pk=upload.pk).first()
    if found is None:
        raise Refused(_("This upload was discarded. Choose the file again."))
    if found.job_id:
        raise Refused(_("This file is being imported already."))
    return found


def _problem_summary(problems: list[str], count: int) -> str:
    more = f" There are {count} problems in all." if count > 1 else ""
    return f"{problems[0]}{more} Mend the file, or import only what is valid."
