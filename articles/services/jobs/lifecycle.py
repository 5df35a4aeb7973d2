"""Jobs: claimed by a conditional UPDATE, alive while their heartbeat beats, finished once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User, Verb
from annotator.users.services.audit import record
from articles.models import Job, RunItem
from articles.services.jobs.heartbeats import heartbeat
from articles.services.jobs.run_items import give_new_tries
from articles.services.jobs.run_workers import dismiss_workers
from articles.services.notifications.webhooks import announce_job

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 20
Enqueue = Callable[[int], object]


def create_job(
    *, project: Project, kind: str, by: User | None, total: int = 0, params: dict[str, Any] | None = None
) -> Job:
    return Job.objects.create(project=project, kind=kind, created_by=by, total=total, params=params or {})


def claim_job(job_id: int) -> Job | None:
    """The job, if it is now ours to do; None if another worker is at it or it has ended."""
    claimed = (
        Job.objects.claimable()
        .filter(pk=job_id)
        .update(
            state=Job.State.RUNNING,
            heartbeat_at=Now(),
            started_at=Coalesce("started_at", Now()),
            attempts=F("attempts") + 1,
        )
    )
    return Job.objects.select_related("project").get(pk=job_id) if claimed else None


class Cancelled(Exception):
    """Somebody asked the job to stop."""


@dataclass
class Progress:
    """Work counted in memory while one long transaction is open; the heartbeat makes it visible, and brings
    word when the job should stop."""

    done: int | None = None
    cancelled: bool = False

    def count(self, more: int = 1) -> None:
        """Raises Cancelled."""
        if self.cancelled:
            raise Cancelled
        self.done = (self.done or 0) + more


@contextmanager
def working_on(job: Job) -> Iterator[Progress]:
    """Keeps the heartbeat going. An exception ends the job as failed and says why, Cancelled as cancelled."""
    try:
        progress = Progress()
        with heartbeat(lambda: _beat(job.pk, progress), of=str(job)):
            yield progress
    except Cancelled:
        finish_job(job_id=job.pk, state=Job.State.CANCELLED)
    except Refused as refusal:
        problems = refusal.problems if isinstance(refusal, Invalid) else []
        finish_job(job_id=job.pk, state=Job.State.FAILED, error=" ".join([refusal.reason, *problems]))
    except Exception as error:
        log.exception("Job %s failed", job.pk)
        finish_job(job_id=job.pk, state=Job.State.FAILED, error=str(error) or type(error).__name__)


def finish_job(*, job_id: int, state: str, error: str = "", report: dict[str, Any] | None = None) -> bool:
    """End a running job; False if it had ended before."""
    changes: dict[str, Any] = {"state": state, "error": error[:2000], "finished_at": Now()}
    if report is not None:
        changes["report"] = report
    with transaction.atomic():
        has_ended = Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(**changes) == 1
        if has_ended:
            announce_job(job_id)
    return has_ended


def count_progress(*, job_id: int, more: int) -> bool:
    """Add to `done`; False when the job should stop, because somebody cancelled it."""
    Job.objects.filter(pk=job_id).update(done=F("done") + more)
    return not is_cancelled(job_id)


def is_cancelled(job_id: int) -> bool:
    return not Job.objects.filter(pk=job_id, state=Job.State.RUNNING, cancel_asked=False).exists()


def cancel_job(*, job: Job) -> None:
    """Ask a job to stop. One that waits or is a run stops at once, another after its present batch."""
    at_once = Q(state__in=(Job.State.QUEUED, Job.State.PAUSED)) | Q(kind=Job.Kind.RUN)
    with transaction.atomic():
        dismiss_workers(job.pk)  # before the job is locked: workers lock their own row, then the job's
        if Job.objects.unfinished().filter(pk=job.pk, cancel_asked=False).update(cancel_asked=True):
            record(Verb.JOB_CANCELLED, project=job.project, about=job)
        Job.objects.unfinished().filter(at_once, pk=job.pk).update(
            state=Job.State.CANCELLED, finished_at=Now(), resume_at=None
        )


def retry_job(*, job: Job, enqueue: Enqueue) -> None:
    """Take up a failed or cancelled job where it stopped; articles that a run has set aside get three new
    tries. Raises Refused for a job that is at work, and for one other than a run that has succeeded."""
    with transaction.atomic():
        stopped = Q(state__in=(Job.State.FAILED, Job.State.CANCELLED))
        done = Q(state=Job.State.SUCCEEDED, kind=Job.Kind.RUN)
        ended = Job.objects.filter(stopped | done, pk=job.pk)
        if not ended.update(
            state=Job.State.QUEUED, error="", cancel_asked=False, finished_at=None, attempts=0
        ):
            raise Refused(_("This job is still at work, or has done its work already."))
        give_new_tries(RunItem.objects.failed().filter(job=job), job_id=job.pk)
    enqueue(job.pk)


def start_where_due(projects: Iterable[Project], start: Callable[[Project], object]) -> int:
    """Start a periodic piece of work in each project, and pass over those that refuse it now. Answers in how
    many."""
    started = 0
    for project in projects:
        try:
            start(project)
        except Refused as refusal:
            log.info("Nothing is started in %s now: %s", project, refusal.reason)
        else:
            started += 1
    return started


def resume_stale(*, enqueue: Callable[[Job], object]) -> int:
    """Enqueue again what lost its worker or its message. Running it twice does no harm."""
    given_up = Job.objects.stale().filter(attempts__gte=MAX_ATTEMPTS)
    given_up.update(
        state=Job.State.FAILED, finished_at=Now(), error=f"The worker died {MAX_ATTEMPTS} times at this job."
    )
    stale = list(Job.objects.stale())
    for job in stale:
        enqueue(job)
    return len(stale)


def _beat(job_id: int, progress: Progress) -> None:
    counted = {} if progress.done is None else {"done": progress.done}
    running = Job.objects.filter(pk=job_id, state=Job.State.RUNNING)
    running.update(heartbeat_at=Now(), **counted)
    progress.cancelled = Job.objects.filter(pk=job_id, cancel_asked=True).exists()
