from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine
from articles.queries.jobs import pace_of
from articles.services.runs import start_run
from tests.builders import make_articles, make_project


@pytest.fixture
def job(project: Project, manager: User) -> Job:
    ids = [article.pk for article in make_articles(project, 2)]
    engines = list(ProjectEngine.objects.filter(project=project, name="newswire"))
    return start_run(project=project, engines=engines, article_ids=ids, by=manager, enqueue=lambda _: None)


def url(job: Job, name: str = "job") -> str:
    return reverse(f"articles:{name}", args=[job.project.slug, job.pk])


def test_members_watch_a_job(client: Client, job: Job, viewer: User, stranger: User) -> None:
    client.force_login(viewer)
    assert "0 of 2" in client.get(url(job)).content.decode()
    assert "data-ended" not in client.get(url(job, "job-progress")).content.decode()
    assert "Pre-annotation" in client.get(f"/projects/{job.project.slug}/jobs/").content.decode()
    assert client.post(url(job, "job-cancel")).status_code == 403
    assert client.post(url(job, "job-retry")).status_code == 403
    client.force_login(stranger)
    for name in ("job", "job-progress"):
        assert client.get(url(job, name)).status_code == 404


def test_a_job_is_found_in_its_own_project_only(client: Client, job: Job, administrator: User) -> None:
    client.force_login(administrator)
    other = make_project()
    assert client.get(reverse("articles:job", args=[other.slug, job.pk])).status_code == 404


def test_cancel_and_retry(client: Client, job: Job, manager: User) -> None:
    client.force_login(manager)
    client.post(url(job, "job-cancel"))
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert "Retry" in client.get(url(job)).content.decode()
    client.post(url(job, "job-retry"))
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_state_changes_need_a_post(client: Client, job: Job, manager: User) -> None:
    client.force_login(manager)
    assert client.get(url(job, "job-cancel")).status_code == 405
    assert client.get(url(job, "job-retry")).status_code == 405


def test_the_report_names_what_failed(client: Client, job: Job, manager: User) -> None:
    article = job.items.earliest("pk").article_id
    problems = [{"article": article, "title": "A storm", "reason": "Too strange."}]
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.SUCCEEDED, done=2, report={"engines": ["newswire"], "failed": 1, "problems": problems}
    )
    client.force_login(manager)
    page = client.get(url(job)).content.decode()
    assert "Too strange." in page
    assert f"/articles/{article}/" in page
    assert "Try the failed articles again" in page
    assert "data-ended" in client.get(url(job, "job-progress")).content.decode()


def test_a_long_silence_is_said_aloud(job: Job) -> None:
    now = timezone.now()
    assert pace_of(job, now=now).worry == ""
    assert "Is the worker running?" in pace_of(job, now=now + timedelta(seconds=40)).worry
    job.state, job.started_at, job.heartbeat_at = Job.State.RUNNING, now, now
    assert pace_of(job, now=now + timedelta(seconds=5)).worry == ""
    assert "silent for 60 s" in pace_of(job, now=now + timedelta(seconds=60)).worry


def test_pace_and_remaining_time(job: Job) -> None:
    now = timezone.now()
    job.state, job.started_at, job.heartbeat_at = Job.State.RUNNING, now - timedelta(seconds=10), now
    job.done, job.total = 200, 1000
    pace = pace_of(job, now=now)
    assert (pace.percent, pace.per_second, pace.remaining) == (20, 20.0, 40.0)
    assert pace.words == "20 a second, about 40 s left"


def test_the_report_names_engines_that_did_not_read(client: Client, job: Job, manager: User) -> None:
    left_out = {"gazetteer": "Line 3: there is no label 'LOC' in the schema."}
    report = {"engines": ["gazetteer"], "failed": 0, "problems": [], "left_out": left_out}
    Job.objects.filter(pk=job.pk).update(state=Job.State.SUCCEEDED, done=2, report=report)
    client.force_login(manager)
    page = client.get(url(job)).content.decode()
    assert "Engines that did not read" in page
    assert "Line 3: there is no label" in page
