from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

import pytest
from django.utils import timezone

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project
from articles.domain.spans import Suggestion
from articles.engines import registry
from articles.engines.base import ArticleText, Engine, EngineUnavailable
from articles.models import Article, Job, Layer, ProjectEngine, RunItem, Span, Status
from articles.services.jobs.lifecycle import cancel_job, retry_job
from articles.services.runs.running import (
    RESUMED_BY_ITSELF,
    pause_run,
    resume_run,
    resume_runs,
    retry_articles,
    start_run,
)
from articles.services.runs.work import work_on_run
from tests.builders import make_article, make_articles


class PlaceEngine(Engine):
    """Suggests the first six characters, and fails at articles that say "poison"."""

    name: ClassVar[str] = "place"
    title: ClassVar[str] = "Place"
    description: ClassVar[str] = "For tests."
    away: ClassVar[bool] = False

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        if self.away:
            raise EngineUnavailable("The service does not answer.")
        for article in articles:
            if "poison" in article.text:
                raise RuntimeError("poison")
            yield [
                Suggestion(0, 6, "GPE", 0.9),
                Suggestion(0, 6, "GPE", 0.4),
                Suggestion(0, 10**9, "GPE", 0.9),
                Suggestion(0, 6, "NOT_IN_SCHEMA", 0.9),
            ]


@pytest.fixture
def engine(project: Project, monkeypatch: pytest.MonkeyPatch) -> ProjectEngine:
    classes = {**registry.all_engines(), "place": PlaceEngine}
    monkeypatch.setattr(registry, "all_engines", lambda: classes)
    project.engines.filter(name="ensemble").update(enabled=False)
    return ProjectEngine.objects.create(project=project, name="place", kind="place")


def start(project: Project, engine: ProjectEngine) -> Job:
    ids = Article.objects.of(project).values_list("pk", flat=True)
    return start_run(project=project, engines=[engine], article_ids=ids, by=None, enqueue=lambda _: None)


def test_an_engine_that_merges_reads_along_while_it_is_on(project: Project, engine: ProjectEngine) -> None:
    make_articles(project, 2)
    assert start(project, engine).params["engines"] == ["place"]
    project.engines.filter(name="ensemble").update(enabled=True)
    job = start(project, engine)
    assert job.params["engines"] == ["place", "ensemble"]
    work_on_run(job.pk)
    merged = Span.objects.filter(layer__engine__name="ensemble")
    assert set(merged.values_list("start", "label", "confidence")) == {(0, "GPE", 0.9)}


def test_a_run_writes_one_layer_an_article(project: Project, engine: ProjectEngine) -> None:
    make_articles(project, 70)
    job = start(project, engine)
    work_on_run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.SUCCEEDED, 70, 70)
    assert Layer.objects.by_engines().count() == Span.objects.count() == 70
    assert set(Article.objects.values_list("status", flat=True)) == {Status.SUGGESTED}


def test_what_an_engine_answers_is_not_trusted(project: Project, engine: ProjectEngine) -> None:
    make_article(project)
    work_on_run(start(project, engine).pk)
    assert list(Span.objects.values_list("start", "end", "label", "confidence")) == [(0, 6, "GPE", 0.9)]


def test_running_again_replaces_the_layer_and_keeps_the_ids(project: Project, engine: ProjectEngine) -> None:
    make_article(project)
    work_on_run(start(project, engine).pk)
    before = Span.objects.get().id
    work_on_run(start(project, engine).pk)
    assert Span.objects.get().id == before
    assert Layer.objects.get().version == 2


def test_doing_a_finished_job_again_does_nothing(project: Project, engine: ProjectEngine) -> None:
    make_article(project)
    job = start(project, engine)
    work_on_run(job.pk)
    work_on_run(job.pk)
    assert Layer.objects.get().version == 1


def test_a_poison_article_is_set_aside_and_blocks_nobody(project: Project, engine: ProjectEngine) -> None:
    make_articles(project, 3)
    poison = make_article(project, "This is poison for the engine.")
    job = start(project, engine)
    work_on_run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.report["failed"]) == (Job.State.SUCCEEDED, 4, 1)
    assert job.report["problems"][0]["article"] == poison.pk
    assert Layer.objects.by_engines().count() == 3
    assert RunItem.objects.get(state=RunItem.State.FAILED).tries == 3


def test_a_cancelled_job_stops_and_can_be_taken_up(project: Project, engine: ProjectEngine) -> None:
    make_article(project)
    job = start(project, engine)
    cancel_job(job=job)
    work_on_run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.CANCELLED, 0)
    retry_job(job=job, enqueue=work_on_run)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.SUCCEEDED, 1)


def test_a_run_over_nothing_is_refused(project: Project, engine: ProjectEngine) -> None:
    with pytest.raises(Invalid, match="nothing to pre-annotate"):
        start(project, engine)


def test_a_paused_run_waits_until_it_is_resumed(project: Project, engine: ProjectEngine) -> None:
    make_articles(project, 3)
    job = start(project, engine)
    pause_run(job=job)
    work_on_run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.PAUSED, 0)
    assert resume_runs(enqueue=lambda _: pytest.fail("It is paused.")) == 0
    resume_run(job=job, enqueue=work_on_run)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.SUCCEEDED, 3)


def test_what_cannot_pause_says_why(project: Project, engine: ProjectEngine) -> None:
    twins = Job.objects.create(project=project, kind=Job.Kind.TWINS)
    with pytest.raises(Refused, match="in one piece"):
        pause_run(job=twins)
    make_article(project)
    job = start(project, engine)
    with pytest.raises(Refused, match="not paused"):
        resume_run(job=job, enqueue=lambda _: None)
    cancel_job(job=job)
    with pytest.raises(Refused, match="nothing to pause"):
        pause_run(job=job)


def test_a_paused_run_can_be_cancelled(project: Project, engine: ProjectEngine) -> None:
    make_article(project)
    job = start(project, engine)
    pause_run(job=job)
    cancel_job(job=job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_a_run_pauses_when_what_its_engine_stands_on_is_away(
    project: Project, engine: ProjectEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_articles(project, 3)
    job = start(project, engine)
    monkeypatch.setattr(PlaceEngine, "away", True)
    waits = list[float | None]()
    for _ in range(RESUMED_BY_ITSELF + 1):
        work_on_run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (Job.State.PAUSED, "place: The service does not answer.")
        waits.append((job.resume_at - timezone.now()).total_seconds() if job.resume_at else None)
        Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    assert waits.pop() is None
    assert waits == pytest.approx([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600], abs=10)
    assert set(RunItem.objects.values_list("tries", flat=True)) == {0}


def test_a_pause_for_a_while_ends_by_itself(
    project: Project, engine: ProjectEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_articles(project, 3)
    job = start(project, engine)
    with monkeypatch.context() as patch:
        patch.setattr(PlaceEngine, "away", True)
        work_on_run(job.pk)
    assert resume_runs(enqueue=lambda _: pytest.fail("It is too early.")) == 0
    Job.objects.filter(pk=job.pk).update(resume_at=timezone.now())
    assert resume_runs(enqueue=lambda due: work_on_run(due.pk)) == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.error, job.attempts) == (Job.State.SUCCEEDED, 3, "", 0)


def test_one_article_that_was_set_aside_is_tried_again(project: Project, engine: ProjectEngine) -> None:
    poison = [make_article(project, f"This is poison, number {n}.") for n in range(3)]
    job = start(project, engine)
    work_on_run(job.pk)
    assert retry_articles(job=job, article_ids=[poison[1].pk], enqueue=lambda _: None) == 1
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.QUEUED, 2)
    work_on_run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.report["failed"]) == (Job.State.SUCCEEDED, 3, 3)
    assert retry_articles(job=job, enqueue=lambda _: None) == 3
    assert retry_articles(job=job, enqueue=lambda _: pytest.fail("Nothing is left.")) == 0


def test_articles_of_a_cancelled_run_are_not_tried_one_by_one(
    project: Project, engine: ProjectEngine
) -> None:
    make_article(project)
    job = start(project, engine)
    cancel_job(job=job)
    with pytest.raises(Refused, match="as a whole"):
        retry_articles(job=job, enqueue=lambda _: None)


def test_a_run_from_before_workers_shared_runs_goes_on(project: Project, engine: ProjectEngine) -> None:
    articles = make_articles(project, 3)
    job = start(project, engine)
    RunItem.objects.filter(article=articles[0]).update(state=RunItem.State.DONE)
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING, started_at=timezone.now(), heartbeat_at=timezone.now(), done=1, attempts=1
    )
    assert resume_runs(enqueue=lambda run: work_on_run(run.pk)) == 1
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.SUCCEEDED, 3)


def test_the_report_counts_what_each_engine_suggested(project: Project, engine: ProjectEngine) -> None:
    make_articles(project, 20)
    job = start(project, engine)
    work_on_run(job.pk)
    job.refresh_from_db()
    assert job.report["suggestions"] == {"place": 20}


def test_no_engine_that_can_work_fails_the_run_in_words(project: Project) -> None:
    make_article(project)
    lost = ProjectEngine.objects.create(project=project, name="lost", kind="lost-and-gone")
    job = start(project, lost)
    work_on_run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "lost-and-gone" in job.error
