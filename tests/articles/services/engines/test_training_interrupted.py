"""Training whose worker dies, that runs twice, is cancelled, or is overtaken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from annotator.users.models import Project
from articles.models import EngineVersion, Job, ProjectEngine, StoredFile
from articles.models.jobs import STALE_AFTER
from articles.services.engines import training
from articles.services.engines.versions import make_live
from articles.services.jobs.lifecycle import Progress, cancel_job, resume_stale, retry_job
from tests.scenarios.training import gold, start, states, train, work


def lose_worker(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING, heartbeat_at=timezone.now() - STALE_AFTER - timedelta(seconds=1)
    )


def test_a_worker_that_dies_leaves_nothing_and_the_next_one_makes_the_same(
    project: Project, learner: ProjectEngine
) -> None:
    gold(project, 20)
    job = start(learner)
    with transaction.atomic():
        work(job)
        first = EngineVersion.objects.get()
        kept = (first.figures["scores"], first.model.sha256)  # type: ignore[union-attr]
        transaction.set_rollback(True)
    lose_worker(job)
    again: list[int] = []
    assert resume_stale(enqueue=lambda stale: again.append(stale.pk)) == 1
    assert again == [job.pk]
    assert work(job).state == Job.State.SUCCEEDED
    second = EngineVersion.objects.get()
    assert (second.figures["scores"], second.model.sha256) == kept  # type: ignore[union-attr]
    assert second.number == 1


def test_running_twice_is_harmless(project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    job = work(start(learner))
    work(job)
    assert EngineVersion.objects.count() == 1


def test_a_worker_that_was_taken_for_dead_keeps_nothing(
    project: Project, learner: ProjectEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it worked another has done the job."""
    gold(project, 20)
    job = start(learner)
    honest = training._train

    def slow(*args: Any) -> Any:
        trained = honest(*args)
        monkeypatch.setattr(training, "_train", honest)
        lose_worker(job)
        work(job)
        return trained

    monkeypatch.setattr(training, "_train", slow)
    assert work(job).state == Job.State.SUCCEEDED
    assert EngineVersion.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_a_version_made_live_meanwhile_is_the_one_to_beat(
    project: Project, learner: ProjectEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold(project, 20)
    first = train(learner, {"only": "PERSON"})
    second = train(learner)
    assert states(learner) == ["retired", "live"]
    honest, times = training._f1_now, list[int]()

    def meanwhile(live: EngineVersion, *more: Any) -> Any:
        times.append(live.number)
        if len(times) == 1:
            first.refresh_from_db()
            make_live(version=first, by=None, enqueue_run=lambda _: None)
        return honest(live, *more)

    monkeypatch.setattr(training, "_f1_now", meanwhile)
    third = train(learner)
    assert times == [second.number, first.number]
    assert third.figures["against"]["number"] == first.number
    assert third.state == EngineVersion.State.LIVE


def test_a_cancelled_training_stops_and_can_be_taken_up(project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    job = start(learner)
    cancel_job(job=job)
    assert work(job).state == Job.State.CANCELLED
    retry_job(job=job, enqueue=lambda _: None)
    assert work(job).state == Job.State.SUCCEEDED


def test_one_that_is_cancelled_at_work_keeps_nothing(
    project: Project, learner: ProjectEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold(project, 20)
    counted = Progress.count

    def cancel(self: Progress, more: int = 1) -> None:
        counted(self, more)
        self.cancelled = bool(self.done)

    monkeypatch.setattr(Progress, "count", cancel)
    assert work(start(learner)).state == Job.State.CANCELLED
    assert not EngineVersion.objects.exists()
