"""The workers of a run: called one at a time, alive while their heartbeat beats, buried when silent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from articles.models import Job, RunItem, RunWorker
from articles.models.runs import CALL_AGAIN_AFTER
from articles.services.jobs.heartbeats import heartbeat
from articles.services.jobs.run_items import set_aside_killers

# So many workers may die one after the other at a run that makes no progress.
MAX_DEATHS = 20


class Dismissed(Exception):
    """The run was cancelled, or this worker taken for dead: what it has in hand is not its own any more."""


def call_worker(job_id: int) -> UUID | None:
    """Have one more worker come to a run: the id that the message must carry, or None when one is on its way.

    A call that nobody has answered for a while is given out again: whoever comes twice is turned away.
    """
    forgotten = RunWorker.objects.called().filter(job=job_id, called_at__lt=timezone.now() - CALL_AGAIN_AFTER)
    for worker in forgotten:
        if forgotten.filter(pk=worker.pk).update(called_at=Now()):
            return worker.pk
    at_work = Job.objects.at_work().filter(pk=job_id)
    if RunWorker.objects.called().filter(job=job_id).exists() or not at_work.exists():
        return None
    try:
        with transaction.atomic():
            return RunWorker.objects.create(job_id=job_id).pk
    except IntegrityError:  # somebody else has called one in the same moment
        return None


def join_run(worker_id: UUID) -> RunWorker | None:
    """Take the place that a message has called to; None if it is taken, or the run does not want anybody."""
    with transaction.atomic():
        wanted = RunWorker.objects.called().filter(pk=worker_id, job__in=Job.objects.at_work())
        if not wanted.update(heartbeat_at=Now()):
            RunWorker.objects.called().filter(pk=worker_id).delete()
            return None
        worker = RunWorker.objects.select_related("job__project").get(pk=worker_id)
        Job.objects.filter(pk=worker.job_id).update(
            state=Job.State.RUNNING, started_at=Coalesce("started_at", Now()), heartbeat_at=Now()
        )
    return worker


@contextmanager
def staying(worker: RunWorker) -> Iterator[None]:
    """Keeps the heartbeat going, and removes the worker's row at an orderly end. After an error the row
    stays, goes silent, and counts as a death."""

    def beat() -> None:
        RunWorker.objects.filter(pk=worker.pk).update(heartbeat_at=Now())
        Job.objects.filter(pk=worker.job_id, state=Job.State.RUNNING).update(heartbeat_at=Now())

    with heartbeat(beat, of=str(worker)):
        yield
    worker.delete()


def still_wanted(worker: RunWorker) -> bool:
    """Whether the run goes on with this worker in it. Locks the worker's row."""
    place = RunWorker.objects.filter(pk=worker.pk, job__in=Job.objects.filter(state=Job.State.RUNNING))
    return place.update(heartbeat_at=Now()) == 1


def hold_place(worker: RunWorker) -> None:
    """Lock the worker's row, so that nobody buries it before the transaction ends. Raises Dismissed."""
    if not RunWorker.objects.select_for_update(no_key=True).filter(pk=worker.pk).exists():
        raise Dismissed


def dismiss_workers(job_id: int) -> None:
    """Send all workers of a run away. What they have in hand is taken from them."""
    RunWorker.objects.filter(job=job_id).delete()


def bury_silent_workers() -> None:
    """Take what dead workers had in hand back from them. An article that has now been tried often enough is
    set aside; a run at which worker after worker dies without any progress is given up."""
    with transaction.atomic():
        # One that is just committing holds its row, and is not dead.
        silent = list(
            RunWorker.objects.silent().select_for_update(no_key=True, skip_locked=True).order_by("pk")
        )
        held = RunItem.objects.filter(worker__in=silent)
        for job_id in {worker.job_id for worker in silent}:
            deaths = sum(worker.job_id == job_id for worker in silent)
            set_aside_killers(held.filter(job=job_id), job_id=job_id)
            Job.objects.filter(pk=job_id).update(attempts=F("attempts") + deaths)
        RunWorker.objects.filter(pk__in=[worker.pk for worker in silent]).delete()
    hopeless = Job.objects.at_work().filter(kind=Job.Kind.RUN, attempts__gte=MAX_DEATHS)
    hopeless.update(
        state=Job.State.FAILED, finished_at=Now(), error=f"Its workers died {MAX_DEATHS} times in a row."
    )
