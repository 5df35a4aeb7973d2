"""A worker's turn at a run: batch after batch, for some seconds, beside others that do the same."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress
from uuid import UUID

from django.db import transaction
from django.db.models import F

from annotator.lib.commits import commit_without_waiting
from annotator.lib.rows import among
from annotator.schemas.queries import published_definition
from articles.engines.base import EngineError, EngineUnavailable, Stage
from articles.models import Article, Job, ProjectEngine, RunWorker
from articles.services.articles import lock_articles
from articles.services.jobs.lifecycle import Enqueue, finish_job
from articles.services.jobs.run_items import Batch, give_back, mark_done, remember_failure, take_batch
from articles.services.jobs.run_workers import (
    Dismissed,
    call_worker,
    hold_place,
    join_run,
    staying,
    still_wanted,
)
from articles.services.runs.counts import settle_counts
from articles.services.runs.layers import write_layers
from articles.services.runs.readings import Ready, make_ready, read_articles
from articles.services.runs.running import end_run, pause_for_a_while

log = logging.getLogger(__name__)

# Other jobs wait no longer than a turn.
TURN_SECONDS = 10.0
FIRST_BATCH, LARGEST_BATCH = 8, 512
BATCH_SECONDS = 1.0


def take_turn(worker_id: UUID, *, enqueue: Enqueue, seconds: float = TURN_SECONDS) -> None:
    """Work at a run for some seconds, or until nothing is left to take. `enqueue` calls further workers.

    A batch is one transaction: killed in the middle, it is done again by whoever comes next, with nothing
    twice and nothing missing. Whoever finds nothing left ends the run. No batch waits for the disk; when the
    run has ended, all are on it.
    """
    worker = join_run(worker_id)
    if worker is None:
        return
    with staying(worker):
        try:
            engines = load_engines(worker.job)
            more = _work(worker, engines, enqueue, until=time.monotonic() + seconds)
        except EngineUnavailable as error:
            pause_for_a_while(job=worker.job, reason=str(error), may_pass=error.may_pass)
            return
        except EngineError as error:
            finish_job(job_id=worker.job_id, state=Job.State.FAILED, error=str(error))
            return
        except Dismissed:
            return
    if more:
        enqueue(worker.job_id)
    else:
        end_run(worker.job_id)


def work_on_run(job_id: int) -> None:
    """Do all that is left of a run, here and now."""

    def once_more(job_id: int) -> None:
        worker_id = call_worker(job_id)
        if worker_id:
            waiting.append(worker_id)

    waiting: list[UUID] = []
    once_more(job_id)
    while waiting:
        take_turn(waiting.pop(), enqueue=once_more)


def load_engines(job: Job) -> list[Ready]:
    """The run's engines, ready to work. One that cannot work here is left out and named in the report.

    Raises EngineError when none can, and when only those are left that merge what others say.
    """
    labels = published_definition(job.project_id).active_names
    rows = ProjectEngine.objects.filter(project_id=job.project_id, name__in=job.params["engines"])
    loaded: list[Ready] = []
    refused: dict[str, str] = {}
    for row in rows.order_by("pk"):
        try:
            loaded.append(make_ready(row, labels))
        except EngineError as error:
            refused[row.name] = str(error)
    reading = [one for one in loaded if one.engine.stage is not Stage.MERGES]
    if not reading and (refused or not loaded):
        raise EngineError(" ".join(refused.values()) or "The engines of this run are gone.")
    _report_left_out(job, refused)
    settle_counts(job.pk, loaded)
    return loaded


def _report_left_out(job: Job, refused: Mapping[str, str]) -> None:
    if job.report.get("left_out", {}) == refused:
        return
    with transaction.atomic():
        locked = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
        locked.report["left_out"] = dict(refused)
        locked.save(update_fields=["report"])


def _work(worker: RunWorker, engines: list[Ready], enqueue: Enqueue, *, until: float) -> bool:
    """Whether something is left to take. Raises Dismissed, and EngineUnavailable."""
    size = FIRST_BATCH
    while batch := _next_batch(worker, size):
        if batch.more:
            enqueue(worker.job_id)
        began = time.monotonic()
        _annotate(worker, engines, batch)
        took = time.monotonic() - began
        size = min(2 * size, LARGEST_BATCH) if took < BATCH_SECONDS else max(size // 2, 1)
        if time.monotonic() > until:
            return True
    return False


def _next_batch(worker: RunWorker, size: int) -> Batch | None:
    with transaction.atomic():
        commit_without_waiting()
        if not still_wanted(worker):
            raise Dismissed
        return take_batch(worker, size)


def _annotate(worker: RunWorker, engines: list[Ready], batch: Batch) -> None:
    """Have a batch read, and write what was found; or remember why that could not be."""
    try:
        _read_and_write(worker, engines, batch)
    except Dismissed:
        raise
    except EngineUnavailable:
        with transaction.atomic():
            hold_place(worker)
            give_back(batch)
        raise
    except Exception as error:  # an engine may be anybody's code
        log.info("A batch of %s failed", worker.job, exc_info=True)
        reason = str(error) if isinstance(error, EngineError) else f"{type(error).__name__}: {error}"
        with transaction.atomic():
            hold_place(worker)
            remember_failure(batch, job_id=worker.job_id, error=reason)
    finally:
        settle_counts(worker.job_id, engines)


def _read_and_write(worker: RunWorker, engines: list[Ready], batch: Batch) -> None:
    articles = batch.load()
    readings = read_articles(engines, articles)
    found: Counter[str] = Counter()
    with transaction.atomic():
        commit_without_waiting()
        hold_place(worker)
        wanted = _wanted(worker, articles)
        for one, suggestions in readings:
            found[one.row.name] += write_layers(
                engine=one.row,
                version=one.version,
                articles=list(compress(articles, wanted)),
                suggestions=list(compress(suggestions, wanted)),
            )
        mark_done(batch)
        _count(worker.job_id, len(batch.items), found)


def _wanted(worker: RunWorker, articles: Sequence[Article]) -> list[bool]:
    """Which of the articles this run still may write to. Locks them, so that nobody begins one now."""
    ids = [one.pk for one in articles]
    if not worker.job.params.get("only_untouched"):
        lock_articles(ids)
        return [True] * len(articles)
    # After waiting for a lock PostgreSQL checks the condition again: what was begun meanwhile is not among
    # these.
    rows = Article.objects.untouched().filter(pk__in=among(ids)).order_by("pk").select_for_update(no_key=True)
    untouched = set(rows.values_list("pk", flat=True))
    return [id_ in untouched for id_ in ids]


def _count(job_id: int, done: int, found: Counter[str]) -> None:
    """Add to what the job's page tells. Last in the transaction: the workers of a run share this row."""
    job = Job.objects.select_for_update(no_key=True).only("report").get(pk=job_id)
    job.report["suggestions"] = dict(Counter(job.report.get("suggestions", {})) + found)
    Job.objects.filter(pk=job_id).update(done=F("done") + done, attempts=0, report=job.report)
