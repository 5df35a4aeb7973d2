"""Imports: looked through first, then taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User
from articles.formats import recognise
from articles.formats.base import ParsedArticle, Problem
from articles.formats.encodings import is_offered
from articles.formats.mapping import BadMapping, NameMap
from articles.formats.source import UTF8
from articles.models import Import, Job
from articles.queries.files import source_of
from articles.services.files import forget_file, store_file
from articles.services.import_findings import Findings, known_already
from articles.services.import_intake import Intake, twins_among, without
from articles.services.import_source import open_import
from articles.services.intake import lock_intake, store_articles
from articles.services.intake_authors import Target, require_author
from articles.services.jobs import (
    Enqueue,
    Progress,
    claim_job,
    create_job,
    finish_job,
    is_cancelled,
    working_on,
)
from articles.services.runs import preannotate_new
from articles.services.twins import TwinFinder, catch_up, start_twins

# How long articles that come one by one wait for an import that is at work.
PATIENCE_SECONDS = 10
UPLOADS_WAIT = timedelta(days=1)
# An upload that is at most this large is looked through while its sender waits; a larger one by a worker.
LOOK_AT_ONCE_BYTES = 8 * 2**20


@dataclass(frozen=True)
class Wishes:
    """How an upload is to be read, and what is to become of what is in it."""

    file_format: str = "auto"
    encoding: str = UTF8
    options: Mapping[str, str] = field(default_factory=dict)
    layer: str = "gold"
    mapping: Mapping[str, Any] = field(default_factory=dict)
    unknown: str = Import.Unknown.REFUSE
    twins: str = Import.Twins.LINK


def stage_import(
    *, project: Project, by: User, file_name: str, pieces: Iterable[bytes], wishes: Wishes | None = None
) -> Import:
    """Keep an upload; nothing becomes an article yet. Raises Invalid when it cannot be read at all."""
    wishes = wishes or Wishes()
    with transaction.atomic():
        file = store_file(name=file_name, pieces=pieces)
        upload = Import(project=project, created_by=by, file_name=file_name[:255], file=file)
        _take_wishes(upload, wishes)
        upload.save()
    return upload


def change_import(*, upload: Import, wishes: Wishes) -> None:
    """Read an upload in another way. What was found in it is forgotten. Raises Invalid, Refused."""
    with transaction.atomic():
        _require_waiting(upload)
        _take_wishes(upload, wishes)
        upload.preview = {}
        upload.save()


def look_through(*, upload: Import, most: int | None = None, progress: Progress | None = None) -> Findings:
    """Read the whole upload, or its first `most` entries, and keep what was found as its preview."""
    findings, finder = Findings(), TwinFinder(upload.project)
    with open_import(upload) as file:
        for batch in file.batches(most=most):
            articles = [one for one in batch if isinstance(one, ParsedArticle)]
            for found in batch:
                if isinstance(found, Problem):
                    findings.add_problem(found)
                else:
                    findings.add_article(found)
            known = known_already(upload.project, articles)
            findings.repeats += len(known)
            if upload.twins != Import.Twins.IMPORT:
                findings.twins += sum(1 for _ in twins_among(without(articles, known), finder))
            if progress:
                progress.done = findings.articles
        findings.unknown = file.checker.unknown.as_dict()
    findings.complete = most is None or findings.articles + findings.problem_count < most
    upload.preview = findings.as_preview()
    upload.save(update_fields=["preview"])
    return findings


def start_look_through(*, upload: Import, enqueue: Enqueue) -> Job:
    """Have a worker look through a large upload."""
    with transaction.atomic():
        job = create_job(
            project=upload.project,
            kind=Job.Kind.INSPECT,
            by=upload.created_by,
            params={"import": upload.pk, "file": upload.file_name},
        )
        enqueue(job.pk)
    return job


def work_on_look_through(job_id: int) -> None:
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job) as progress:
        upload = Import.objects.select_related("project", "file").filter(pk=job.params["import"]).first()
        if upload is None or upload.job_id:
            finish_job(job_id=job.pk, state=Job.State.CANCELLED)
            return
        found = look_through(upload=upload, progress=progress)
        Job.objects.filter(pk=job.pk).update(done=found.articles, total=found.articles)
        finish_job(job_id=job.pk, state=Job.State.SUCCEEDED)


def confirm_import(*, upload: Import, only_valid: bool, enqueue: Enqueue) -> Job:
    """Queue the import. `only_valid` leaves out what has problems.

    Raises Refused when problems are known and they are not to be left out. Locks the upload's row.
    """
    with transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if locked.job_id:
            raise Refused("This file is being imported already.")
        found = locked.preview
        if found.get("problem_count") and not only_valid:
            raise Refused(_problem_summary(found["problems"], found["problem_count"]))
        if found.get("complete") and not found["articles"]:
            raise Refused("There is no article in this file that could be imported.")
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
        if Import.objects.filter(pk=upload.pk, job__isnull=True).delete()[0] and upload.file:
            forget_file(upload.file)


def forget_old_uploads() -> int:
    """Uploads that nobody confirmed within a day go, and the files of imports that failed so long ago; what
    was imported stays. Answers how many uploads went."""
    old = Import.objects.filter(created_at__lt=timezone.now() - UPLOADS_WAIT).select_related("file")
    failed = Q(job__state__in=(Job.State.FAILED, Job.State.CANCELLED))
    for upload in old.filter(failed):
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
            if intake.must_stop or is_cancelled(job.pk):
                transaction.set_rollback(True)
            else:
                _finish(job, intake, enqueue_run, enqueue_twins)
                return
        if intake.must_stop:
            error = _problem_summary(intake.problems.problems, intake.problems.problem_count)
            finish_job(job_id=job.pk, state=Job.State.FAILED, error=error, report=intake.report())
        else:
            finish_job(job_id=job.pk, state=Job.State.CANCELLED)


def _finish(job: Job, intake: Intake, enqueue_run: Enqueue, enqueue_twins: Enqueue | None) -> None:
    """The last step of the import's transaction: the job ends in the same instant as its articles appear."""
    upload = intake.upload
    if upload.file:
        # The file has served; what was read is kept as articles.
        forget_file(upload.file)
    preannotate_new(
        project=upload.project, article_ids=intake.new_ids, by=upload.created_by, enqueue=enqueue_run
    )
    if upload.twins == Import.Twins.LINK and enqueue_twins and intake.new_ids:
        start_twins(project=upload.project, by=upload.created_by, enqueue=enqueue_twins)
    seen = len(intake.new_ids) + intake.repeats + intake.twins
    Job.objects.filter(pk=job.pk).update(done=seen, total=seen)
    finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report=intake.report())


def add_articles(
    *, project: Project, articles: list[ParsedArticle], by: User, enqueue_run: Enqueue
) -> list[int]:
    """Take in articles that came one by one, all or none. Answers their ids in order.

    Raises Refused naming the first article that the project has already.
    """
    with transaction.atomic():
        if not lock_intake(project, seconds=PATIENCE_SECONDS):
            raise Refused("An import into this project is at work. Send the articles again in a moment.")
        repeats = known_already(project, articles)
        if repeats:
            number = min(repeats)
            name = articles[number].external_id or "this text"
            raise Refused(f"Article {number + 1}: the project has {name!r:.80} already. Nothing was added.")
        try:
            ids = store_articles(project=project, articles=articles, target=Target(user=None, by=by))
        except IntegrityError as error:
            raise Refused("Somebody added one of these articles just now. Nothing was added.") from error
        preannotate_new(project=project, article_ids=ids, by=by, enqueue=enqueue_run)
    return ids


def _take_wishes(upload: Import, wishes: Wishes) -> None:
    require_author(upload.project, wishes.layer)
    if not is_offered(wishes.encoding):
        raise Invalid(
            f"There is no encoding {wishes.encoding!r:.40}. Choose utf-8 or one that the page offers."
        )
    if wishes.unknown not in Import.Unknown.values or wishes.twins not in Import.Twins.values:
        raise Invalid("unknown is refuse, add or leave_out; twins is import, link or skip.")
    try:
        NameMap.parse(wishes.mapping)
    except BadMapping as error:
        raise Invalid(str(error)) from error
    if upload.file:
        source = source_of(upload.file, name=upload.file_name, encoding=wishes.encoding)
        reader = recognise(source, wishes.file_format, wishes.options)
        if isinstance(reader, Problem):
            raise Invalid(str(reader), [str(reader)])
        upload.format = reader.format if wishes.file_format == "auto" else wishes.file_format
    upload.encoding = wishes.encoding
    upload.options = dict(wishes.options)
    upload.layer = wishes.layer
    upload.mapping = dict(wishes.mapping)
    upload.unknown = wishes.unknown
    upload.twins = wishes.twins


def _require_waiting(upload: Import) -> None:
    if Import.objects.select_for_update(of=("self",)).get(pk=upload.pk).job_id:
        raise Refused("This file is being imported already.")


def _problem_summary(problems: list[str], count: int) -> str:
    more = f" There are {count} problems in all." if count > 1 else ""
    return f"{problems[0]}{more} Mend the file, or import only what is valid."
