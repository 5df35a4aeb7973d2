from __future__ import annotations

import pytest
from django.test import Client

from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine, RunItem
from articles.services.runs.running import start_run
from tests.builders import make_articles, make_user

LIST = "/admin/articles/job/"


@pytest.fixture
def admin_client(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def job(project: Project, manager: User) -> Job:
    ids = [article.pk for article in make_articles(project, 2)]
    engines = list(ProjectEngine.objects.filter(project=project, name="newswire"))
    return start_run(project=project, engines=engines, article_ids=ids, by=manager, enqueue=lambda _: None)


def act(client: Client, action: str, job: Job) -> str:
    ticked = {"action": action, "_selected_action": [job.pk], "index": 0}
    return client.post(LIST, ticked, follow=True).content.decode()


def test_the_live_piece_says_how_far_the_job_is(admin_client: Client, job: Job) -> None:
    url = f"{LIST}{job.pk}/progress/"
    page = admin_client.get(url).content.decode()
    assert "0 of 2" in page
    assert "data-ended" not in page
    Job.objects.filter(pk=job.pk).update(state=Job.State.SUCCEEDED, done=2)
    assert "data-ended" in admin_client.get(url).content.decode()
    assert admin_client.get(f"{LIST}999999/progress/").status_code == 404


def test_only_staff_sees_the_live_piece(client: Client, job: Job) -> None:
    client.force_login(make_user())
    assert client.get(f"{LIST}{job.pk}/progress/").status_code == 302


def test_cancel_and_retry(admin_client: Client, job: Job) -> None:
    assert "stops" in act(admin_client, "cancel", job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert "ended already" in act(admin_client, "cancel", job)
    assert "goes on" in act(admin_client, "retry", job)
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert "still at work" in act(admin_client, "retry", job)


def test_pause_and_resume(admin_client: Client, job: Job) -> None:
    assert "is not paused" in act(admin_client, "resume", job)
    assert "is paused" in act(admin_client, "pause", job)
    job.refresh_from_db()
    assert job.state == Job.State.PAUSED
    page = admin_client.get(f"{LIST}{job.pk}/change/").content.decode()
    assert 'value="resume"' in page
    assert 'value="pause"' not in page
    assert "goes on" in act(admin_client, "resume", job)
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_failed_articles_are_listed(admin_client: Client, job: Job) -> None:
    item = RunItem.objects.filter(job=job).earliest("pk")
    RunItem.objects.filter(pk=item.pk).update(state=RunItem.State.FAILED, error="The engine fell over it.")
    page = admin_client.get(f"{LIST}{job.pk}/change/").content.decode()
    assert page.count("The engine fell over it.") == 1
