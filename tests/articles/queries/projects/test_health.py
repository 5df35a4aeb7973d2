from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotator.users.models import Project, User
from articles.models import Assignment, Job, ProjectEngine
from articles.queries.projects.health import with_health, worries_of
from tests.builders import annotate, make_article, make_project


def worries() -> dict[str, list[str]]:
    return {one.slug: worries_of(one) for one in with_health(Project.objects.all())}


def test_what_somebody_should_look_at(project: Project, annotator: User) -> None:
    other, long_ago = make_project(), timezone.now() - timedelta(days=2)
    assert worries() == {project.slug: [], other.slug: []}
    annotate(make_article(project), annotator)
    Assignment.objects.update(due_on=long_ago.date())
    Job.objects.create(project=project, kind=Job.Kind.TWINS, state=Job.State.FAILED, finished_at=long_ago)
    for kind in (Job.Kind.RUN, Job.Kind.TWINS):
        Job.objects.create(project=project, kind=kind, created_at=long_ago)
    ProjectEngine.objects.create(project=project, name="lost", kind="gone-with-its-package")
    assert worries()[project.slug] == [
        "1 job failed this week",
        "2 jobs do not get on",
        "1 assignment is overdue",
        "the engine lost cannot load",
    ]
    assert worries()[other.slug] == []


def test_many_projects_cost_as_many_queries_as_few(project: Project, administrator: User) -> None:
    browser = Client()
    browser.force_login(administrator)

    def queries(address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    addresses = ("/admin/", "/admin/users/project/")
    few = [queries(address) for address in addresses]
    for _ in range(9):
        make_project()
    assert [queries(address) for address in addresses] == few
