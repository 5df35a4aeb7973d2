"""Looking through an upload: what is in it, told before anything is imported."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext

from annotator.lib.errors import Refused
from articles.formats.base import ParsedArticle, Problem
from articles.models import Import, Job
from articles.queries.jobs import inspections_of
from articles.services.imports.findings import Findings, corrections_among, known_already
from articles.services.imports.intake import twins_among, without
from articles.services.imports.source import open_import
from articles.services.imports.wishes import wishes_of
from articles.services.jobs.lifecycle import (
    Enqueue,
    Progress,
    cancel_job,
    claim_job,
    create_job,
    finish_job,
    working_on,
)
from articles.services.twins import TwinFinder

# An upload that is at most this large is looked through while its sender waits; a larger one by a worker.
LOOK_AT_ONCE_BYTES = 8 * 2**20


def look_through(*, upload: Import, most: int | None = None, progress: Progress | None = None) -> Findings:
    """Read the whole upload, or its first `most` entries, and keep what was found as its preview.

    Raises Refused when the upload is gone, or when somebody has changed how it is to be read.
    """
    findings, finder = Findings(), TwinFinder(upload.project)
    progress = progress or Progress()
    with open_import(upload) as file, file.batches(most=most) as batches:
        for batch in batches:
            for found in batch:
                if isinstance(found, Problem):
                    findings.add_problem(found)
                else:
                    findings.add_article(found)
            articles = [one for one in batch if isinstance(one, ParsedArticle)]
            batches.begin_next()
            known = known_already(upload.project, articles)
            findings.repeats += len(known)
            findings.corrections += len(corrections_among(upload.project, articles, known))
            if upload.twins != Import.Twins.IMPORT:
                findings.twins += sum(1 for _ in twins_among(without(articles, known), finder))
            progress.count(len(batch))
        findings.unknown = file.checker.unknown.as_dict()
    findings.complete = most is None or findings.articles + findings.problem_count < most
    _keep(upload, findings)
    return findings


def _keep(upload: Import, findings: Findings) -> None:
    upload.preview = findings.as_preview()
    as_it_was_read = Import.objects.filter(pk=upload.pk, **wishes_of(upload))
    if not as_it_was_read.update(preview=upload.preview):
        raise Refused(gettext("This upload was discarded, or is read in another way by now."))


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


def stop_looking(upload: Import) -> None:
    """Cancel the jobs that look through the upload: nobody waits for them any more."""
    for job in inspections_of(upload).unfinished():
        cancel_job(job=job)


def work_on_look_through(job_id: int) -> None:
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job) as progress:
        upload = Import.objects.select_related("project", "file").filter(pk=job.params["import"]).first()
        if upload is None or upload.job_id:
            finish_job(job_id=job.pk, state=Job.State.CANCELLED)
            return
        look_through(upload=upload, progress=progress)
        Job.objects.filter(pk=job.pk).update(done=progress.done or 0, total=progress.done or 0)
        finish_job(job_id=job.pk, state=Job.State.SUCCEEDED)
