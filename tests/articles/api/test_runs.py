from __future__ import annotations

from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine, RunItem
from articles.services.runs.running import start_run
from tests.articles.api.conftest import Api
from tests.builders import make_article, make_project


def test_a_run_over_named_articles(project: Project, manager: User, call: Api) -> None:
    ids = [make_article(project).pk for _ in range(3)]
    answer = call(manager, "POST", f"projects/{project.slug}/runs/", {"articles": ids[:2]})
    assert answer.status == 202
    assert {item.article_id for item in RunItem.objects.filter(job=answer.body["id"])} <= set(ids[:2])


def test_an_article_of_another_project_is_named_and_nothing_starts(
    project: Project, manager: User, call: Api
) -> None:
    mine, foreign = make_article(project), make_article(make_project("elsewhere"))
    ids = [mine.pk, foreign.pk]
    answer = call(manager, "POST", f"projects/{project.slug}/runs/", {"articles": ids})
    assert answer.status == 400
    assert f"no article {foreign.pk}" in answer.body["detail"]
    assert not Job.objects.exists()


def make_run(project: Project) -> Job:
    ids = [make_article(project, f"Story number {n}.").pk for n in range(3)]
    engines = [ProjectEngine.objects.get(project=project, name="newswire")]
    return start_run(project=project, engines=engines, article_ids=ids, by=None, enqueue=lambda _: None)


def test_a_run_pauses_and_goes_on(project: Project, manager: User, call: Api) -> None:
    job = make_run(project)
    assert call(manager, "POST", f"jobs/{job.pk}/pause/").body["state"] == "paused"
    assert call(manager, "POST", f"jobs/{job.pk}/pause/").status == 409
    assert call(manager, "POST", f"jobs/{job.pk}/resume/").body["state"] == "queued"


def test_failures_come_in_pages_and_are_tried_again(
    project: Project, manager: User, viewer: User, call: Api
) -> None:
    job = make_run(project)
    job.items.update(state=RunItem.State.FAILED, tries=3, error="newswire: Too strange.")
    Job.objects.filter(pk=job.pk).update(state=Job.State.SUCCEEDED, done=3)
    page = call(viewer, "GET", f"jobs/{job.pk}/failures/?page_size=2").body
    assert page["next"]
    first = page["results"][0]
    assert (first["reason"], first["tries"]) == ("newswire: Too strange.", 3)
    assert call(viewer, "POST", f"jobs/{job.pk}/retry/", {}).status == 403
    answer = call(manager, "POST", f"jobs/{job.pk}/retry/", {"articles": [first["article"]]})
    assert (answer.body["state"], answer.body["done"]) == ("queued", 2)
    assert call(manager, "POST", f"jobs/{job.pk}/retry/", {}).body["done"] == 0
    assert call(viewer, "GET", f"jobs/{job.pk}/failures/").body["results"] == []


def test_a_cancelled_job_is_taken_up(project: Project, manager: User, call: Api) -> None:
    job = make_run(project)
    call(manager, "POST", f"jobs/{job.pk}/cancel/")
    assert call(manager, "POST", f"jobs/{job.pk}/retry/", {}).body["state"] == "queued"
