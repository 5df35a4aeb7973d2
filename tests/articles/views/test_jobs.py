from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine, RunItem, RunWorker
from articles.queries.jobs import pace_of
from articles.queries.runs import run_pace
from articles.services.runs.running import start_run
from articles.services.runs.work import work_on_run
from tests.builders import make_articles, make_member, make_project


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


def test_annotators_hear_nothing_of_jobs_that_tell_of_others_readings(
    client: Client, project: Project, annotator: User, viewer: User
) -> None:
    other = make_member(project)
    theirs, own = (
        Job.objects.create(project=project, kind=Job.Kind.BULK, created_by=by, total=57)
        for by in (other, annotator)
    )
    for user, status, listed in ((annotator, 404, [False, True]), (viewer, 200, [True, True])):
        client.force_login(user)
        for name in ("job", "job-progress", "job-report"):
            assert client.get(url(theirs, name)).status_code == status
            assert client.get(url(own, name)).status_code == 200
        for path in ("", "jobs/"):
            page = client.get(f"/projects/{project.slug}/{path}").content.decode()
            assert [f">{one}<" in page for one in (theirs, own)] == listed


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


@pytest.fixture
def failed(job: Job) -> list[RunItem]:
    """A run that has ended with both of its articles set aside."""
    job.items.update(state=RunItem.State.FAILED, tries=3, error="newswire: Too strange.")
    Job.objects.filter(pk=job.pk).update(state=Job.State.SUCCEEDED, done=2, report={"failed": 2})
    return list(job.items.order_by("pk"))


def test_what_was_set_aside_is_listed_with_its_reason(
    client: Client, job: Job, failed: list[RunItem], manager: User, viewer: User
) -> None:
    client.force_login(manager)
    page = client.get(url(job)).content.decode()
    assert page.count("newswire: Too strange.") == 2
    assert f"/articles/{failed[0].article_id}/" in page
    assert "Try all again" in page
    assert "data-ended" in client.get(url(job, "job-progress")).content.decode()
    client.force_login(viewer)
    page = client.get(url(job)).content.decode()
    assert "Too strange." in page
    assert "Try all again" not in page
    assert client.post(url(job, "job-retry-failures")).status_code == 403


def test_one_of_them_is_tried_again_or_all(
    client: Client, job: Job, failed: list[RunItem], manager: User
) -> None:
    client.force_login(manager)
    client.post(url(job, "job-retry-failures"), {"article": failed[1].article_id})
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.QUEUED, 1)
    assert list(job.items.filter(state=RunItem.State.PENDING)) == [failed[1]]
    client.post(url(job, "job-retry-failures"))
    assert not RunItem.objects.failed().filter(job=job).exists()


def test_a_run_is_paused_and_goes_on(client: Client, job: Job, manager: User, viewer: User) -> None:
    client.force_login(viewer)
    assert client.post(url(job, "job-pause")).status_code == 403
    client.force_login(manager)
    assert "Pause" in client.get(url(job)).content.decode()
    client.post(url(job, "job-pause"))
    page = client.get(url(job)).content.decode()
    assert "Paused" in page
    assert "Go on" in page
    assert "data-ended" not in client.get(url(job, "job-progress")).content.decode()
    client.post(url(job, "job-resume"))
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert client.post(url(job, "job-resume")).status_code == 409


def test_a_pause_says_why_and_when_it_ends(client: Client, job: Job, manager: User) -> None:
    at = timezone.now() + timedelta(minutes=2)
    Job.objects.filter(pk=job.pk).update(state=Job.State.PAUSED, error="The service is down.", resume_at=at)
    client.force_login(manager)
    page = client.get(url(job)).content.decode()
    assert "Why it is paused" in page
    assert "The service is down." in page
    assert f"goes on by itself at {at:%H:%M}" in page


def test_the_page_of_a_run_counts_workers_and_suggestions(client: Client, job: Job, manager: User) -> None:
    RunWorker.objects.create(job=job, heartbeat_at=timezone.now())
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, started_at=timezone.now())
    client.force_login(manager)
    assert "1 worker at it" in client.get(url(job, "job-progress")).content.decode()
    work_on_run(job.pk)
    page = client.get(url(job)).content.decode()
    assert "Suggestions of" in page


def test_a_run_is_started_again_as_it_was(client: Client, job: Job, manager: User) -> None:
    chosen = {"scope": "some", "q": "herring", "language": "en"}
    Job.objects.filter(pk=job.pk).update(params={"engines": ["newswire"], "chosen_by": chosen})
    client.force_login(manager)
    page = client.get(url(job)).content.decode()
    assert "/engines/?engines=newswire&amp;" in page
    assert all(f"&amp;{name}={value}" in page for name, value in chosen.items())
    again = client.get(f"/projects/{job.project.slug}/engines/?engines=newswire&scope=some&q=herring")
    assert 'value="herring"' in again.content.decode()


def test_the_pace_of_a_run_is_that_of_the_last_seconds(job: Job) -> None:
    now = timezone.now()
    started = now - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, started_at=started, done=1, total=31)
    job.items.filter(pk=job.items.earliest("pk").pk).update(ended_at=now)
    job.refresh_from_db()
    pace = run_pace(job)
    assert pace.per_second == pytest.approx(1 / 15)
    assert pace.remaining == pytest.approx(450)


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
