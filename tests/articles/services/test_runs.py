from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from annotator.lib.errors import Invalid
from annotator.users.models import Project
from articles.domain.spans import Suggestion
from articles.engines import registry
from articles.engines.base import ArticleText, Engine
from articles.models import Article, Job, Layer, ProjectEngine, RunItem, Span, Status
from articles.models.jobs import STALE_AFTER
from articles.services.jobs import cancel_job, claim_job, resume_stale, retry_job
from articles.services.runs import start_run, work_on_run
from tests.builders import make_article, make_articles


class PlaceEngine(Engine):
    """Suggests the first six characters, and fails at articles that say "poison"."""

    name: ClassVar[str] = "place"
    title: ClassVar[str] = "Place"
    description: ClassVar[str] = "For tests."

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
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
    return ProjectEngine.objects.create(project=project, name="place", kind="place")


def start(project: Project, engine: ProjectEngine) -> Job:
    ids = Article.objects.of(project).values_list("pk", flat=True)
    return start_run(project=project, engines=[engine], article_ids=ids, by=None, enqueue=lambda _: None)


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


def test_a_job_whose_worker_died_is_taken_up_where_it_stopped(
    project: Project, engine: ProjectEngine
) -> None:
    articles = make_articles(project, 3)
    job = start(project, engine)
    assert claim_job(job.pk) is not None
    RunItem.objects.filter(article=articles[0]).update(state=RunItem.State.DONE)
    Job.objects.filter(pk=job.pk).update(done=1)
    assert claim_job(job.pk) is None

    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - STALE_AFTER - timedelta(seconds=1))
    again: list[int] = []
    assert resume_stale(enqueue=lambda stale: again.append(stale.pk)) == 1
    work_on_run(again[0])
    job.refresh_from_db()
    assert (job.state, job.done, job.attempts) == (Job.State.SUCCEEDED, 3, 2)


def test_a_live_job_is_left_alone(project: Project, engine: ProjectEngine) -> None:
    make_article(project)
    job = start(project, engine)
    claim_job(job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=Now())
    assert resume_stale(enqueue=lambda _: pytest.fail("It is alive.")) == 0


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
