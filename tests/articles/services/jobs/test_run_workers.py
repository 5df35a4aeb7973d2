from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from annotator.users.models import Project
from articles.models import Article, Job, ProjectEngine, RunItem, RunWorker
from articles.models.runs import CALL_AGAIN_AFTER, SILENT_AFTER
from articles.services.jobs.lifecycle import cancel_job
from articles.services.jobs.run_items import KILLED, Batch, mark_done, take_batch
from articles.services.jobs.run_workers import (
    MAX_DEATHS,
    Dismissed,
    bury_silent_workers,
    call_worker,
    hold_place,
    join_run,
    still_wanted,
)
from articles.services.runs.running import resume_runs, start_run
from tests.builders import make_articles

MOMENT = timedelta(seconds=1)


@pytest.fixture
def job(project: Project) -> Job:
    make_articles(project, 40)
    return start_run(
        project=project,
        engines=[ProjectEngine.objects.get(project=project, name="newswire")],
        article_ids=Article.objects.of(project).values_list("pk", flat=True),
        by=None,
        enqueue=lambda _: None,
    )


def called(job: Job) -> UUID:
    worker = call_worker(job.pk)
    assert worker
    return worker


def joined(job: Job) -> RunWorker:
    worker = join_run(called(job))
    assert worker
    return worker


def taken(worker: RunWorker, size: int) -> Batch:
    batch = take_batch(worker, size)
    assert batch
    return batch


def die(*workers: RunWorker) -> None:
    gone = RunWorker.objects.filter(pk__in=[worker.pk for worker in workers])
    gone.update(heartbeat_at=timezone.now() - SILENT_AFTER - MOMENT)


def test_one_worker_is_called_at_a_time(job: Job) -> None:
    first = called(job)
    assert call_worker(job.pk) is None
    assert join_run(first)
    assert called(job) != first


def test_a_message_that_comes_twice_seats_one_worker(job: Job) -> None:
    first = called(job)
    assert join_run(first)
    assert join_run(first) is None
    assert join_run(uuid4()) is None


def test_a_lost_message_is_sent_again(job: Job) -> None:
    first = called(job)
    RunWorker.objects.update(called_at=timezone.now() - CALL_AGAIN_AFTER - MOMENT)
    assert call_worker(job.pk) == first
    assert call_worker(job.pk) is None


def test_workers_take_different_articles(job: Job) -> None:
    one, other = taken(joined(job), 35), taken(joined(job), 35)
    assert (len(one.items), len(other.items)) == (35, 5)
    assert not set(one.items) & set(other.items)
    assert (one.more, other.more) == (True, False)
    assert take_batch(joined(job), 30) is None


def test_workers_part_what_is_left_so_that_all_end_at_the_same_time(job: Job) -> None:
    workers = [joined(job), joined(job)]
    parts = [len(taken(worker, 30).items) for worker in (*workers, *workers)]
    assert parts == [20, 10, 8, 2]


def test_what_a_dead_worker_held_comes_back(job: Job) -> None:
    alive, dead = joined(job), joined(job)
    taken(alive, 10)
    taken(dead, 10)
    die(dead)
    bury_silent_workers()
    assert RunItem.objects.free().count() == 30
    assert list(RunWorker.objects.all()) == [alive]
    held = RunItem.objects.filter(tries=1).values_list("worker", flat=True)
    assert list(held.order_by("pk")) == [alive.pk] * 10 + [None] * 10


def test_a_worker_taken_for_dead_may_write_nothing(job: Job) -> None:
    worker = joined(job)
    taken(worker, 10)
    with transaction.atomic():
        hold_place(worker)
    die(worker)
    bury_silent_workers()
    with pytest.raises(Dismissed), transaction.atomic():
        hold_place(worker)
    assert not still_wanted(worker)


def test_a_cancelled_run_sends_its_workers_away(job: Job) -> None:
    worker, waiting = joined(job), called(job)
    taken(worker, 10)
    cancel_job(job=job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert join_run(waiting) is None
    with pytest.raises(Dismissed), transaction.atomic():
        hold_place(worker)


def test_what_fails_is_tried_again_in_smaller_company(job: Job) -> None:
    """An article that kills its worker costs a large batch, a smaller one, and one of its own."""
    killer = RunItem.objects.filter(job=job).latest("pk")
    sizes = []
    while not RunItem.objects.failed().exists():
        worker = joined(job)
        batch = taken(worker, 40)
        if killer.pk in batch.items:
            sizes.append(len(batch.items))
            die(worker)
            bury_silent_workers()
        else:
            mark_done(batch)
            worker.delete()
    assert sizes == [40, 8, 1]
    assert [(item.pk, item.error) for item in RunItem.objects.failed()] == [(killer.pk, KILLED)]
    assert RunItem.objects.filter(state=RunItem.State.DONE).count() == 39


def test_a_run_at_which_every_worker_dies_is_given_up(job: Job) -> None:
    for _ in range(MAX_DEATHS):
        job.refresh_from_db()
        assert job.state != Job.State.FAILED
        die(joined(job))
        bury_silent_workers()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "died 20 times" in job.error


def test_many_workers_at_a_run_do_not_give_it_up(job: Job) -> None:
    for _ in range(2 * MAX_DEATHS):
        joined(job).delete()
    resume_runs(enqueue=lambda _: None)
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_workers_are_called_where_something_is_left_or_nobody_is_there(job: Job) -> None:
    wanting: list[Job] = []
    assert resume_runs(enqueue=wanting.append) == 1
    worker = joined(job)
    taken(worker, 40)
    assert resume_runs(enqueue=wanting.append) == 0
    worker.delete()
    assert resume_runs(enqueue=wanting.append) == 1
    assert wanting == [job, job]
