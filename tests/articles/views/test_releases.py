from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from annotator.users.models import Project, User
from articles.models import Article, Job, Release
from articles.services.jobs.lifecycle import cancel_job
from articles.services.releases.releasing import work_on_release
from articles.views import releases as view
from tests.builders import TEXT, make_articles, make_project, make_span
from tests.pages import Visitor, words
from tests.scenarios.releases import begin_release, make_release


@pytest.fixture
def articles(project: Project) -> list[Article]:
    return make_articles(project, 2, spans=(make_span(),), title="Ships")


def _path(project: Project, rest: str = "") -> str:
    return f"/projects/{project.slug}/releases/{rest}"


def _form(export: str = "format=jsonl", **fields: Any) -> dict[str, Any]:
    return {"export": export, "keep_parts": "on", **fields}


def test_an_empty_list_says_what_a_release_is(
    project: Project, manager: User, viewer: User, articles: list[Article]
) -> None:
    assert "Make the first release" in words(Visitor(manager).get(_path(project)))
    shown = words(Visitor(viewer).get(_path(project)))
    assert "nobody can alter it" in shown
    assert "Make the first release" not in shown


def test_a_release_is_made_and_shown(project: Project, manager: User, articles: list[Article]) -> None:
    visitor = Visitor(manager)
    assert "Articles keep the part" in words(visitor.get(_path(project, "new/")))
    answer = visitor.post(
        _path(project, "new/"),
        **_form("split=train:80,test:20", title="<Spring>", licence="CC0-1.0"),
    )
    release = Release.objects.get()
    assert answer.url == _path(project, "1/")
    at_work = words(visitor.get(answer.url))
    assert f"/jobs/{release.job_id}/progress/" in at_work
    assert "Queued" in at_work
    work_on_release(release.job_id)
    page = words(visitor.get(answer.url))
    release = Release.objects.get()
    assert "Release 1: &lt;Spring&gt;" in page
    assert release.file
    assert release.file.sha256 in page
    assert f"/api/v1/releases/{release.pk}/download/?file=data%2Ftrain.jsonl" in page
    assert "curl -C -" in page
    assert "CC0-1.0" in page
    assert "1. &lt;Spring&gt;" in words(visitor.get(_path(project)))


def test_what_changed_is_shown(project: Project, manager: User, articles: list[Article]) -> None:
    make_release(project, manager)
    Article.objects.filter(pk=articles[0].pk).update(title="<b>Other</b> ships")
    make_release(project, manager)
    page = words(Visitor(manager).get(_path(project, "2/")))
    assert f'<a href="{_path(project, "1/")}">1</a>' in page
    assert "Articles changed" in page
    assert "&lt;b&gt;Other&lt;/b&gt; ships" in page
    assert "0 added, 1 changed, 0 removed since 1" in words(Visitor(manager).get(_path(project)))


def test_what_cannot_be_released_is_said_in_the_form(
    project: Project, manager: User, articles: list[Article]
) -> None:
    visitor = Visitor(manager)
    wrong = [
        _form("format=papyrus"),
        _form("split=train"),
        _form("seed=x"),
        _form("mine=1"),
        _form(title="x" * 201),
        _form("layer=user:manager"),
    ]
    for form in wrong:
        answer = visitor.post(_path(project, "new/"), **form)
        assert answer.status_code == 400, form
    assert "No article fits" in words(answer)
    assert not Job.objects.exists()


def test_what_is_chosen_among_the_exports_becomes_the_release(
    project: Project, manager: User, viewer: User, articles: list[Article]
) -> None:
    chosen = {"format": "conll", "overlap": "innermost", "split": "train:2,test:1"}
    exported = words(Visitor(manager).get(f"/projects/{project.slug}/export/", **chosen))
    link = "/releases/new/?format=conll&amp;layer=gold&amp;overlap=innermost&amp;split=train%3A2%2Ctest%3A1"
    assert link in exported
    assert "releases/new/" not in words(Visitor(viewer).get(f"/projects/{project.slug}/export/", **chosen))
    page = words(Visitor(manager).get(_path(project, "new/"), **chosen))
    (hidden,) = re.findall(r'name="export" value="([^"]+)"', page)
    Visitor(manager).post(_path(project, "new/"), **_form(unescape(hidden)))
    query = Release.objects.get().query
    assert (query["format"], query["options"], query["split"]["shares"]) == (
        "conll",
        {"overlap": "innermost"},
        "train:2,test:1",
    )


def test_a_release_that_failed_can_be_tried_again(
    project: Project, manager: User, viewer: User, articles: list[Article]
) -> None:
    release = begin_release(project, manager)
    cancel_job(job=release.job)
    page = words(Visitor(manager).get(_path(project, "1/")))
    assert "Cancelled" in page
    assert "Try again" in page
    assert "Try again" not in words(Visitor(viewer).get(_path(project, "1/")))


def test_the_job_leads_to_its_release(project: Project, manager: User, articles: list[Article]) -> None:
    release = make_release(project, manager)
    page = words(Visitor(manager).get(f"/projects/{project.slug}/jobs/{release.job_id}/"))
    assert _path(project, "1/") in page


@pytest.mark.parametrize("rest", ["", "1/"])
def test_who_may_read(
    rest: str,
    project: Project,
    manager: User,
    viewer: User,
    reviewer: User,
    annotator: User,
    stranger: User,
    articles: list[Article],
) -> None:
    make_release(project, manager)
    found = [
        Visitor(user).get(_path(project, rest)).status_code
        for user in (viewer, reviewer, annotator, stranger)
    ]
    assert found == [200, 200, 403, 404]


def test_only_managers_make_releases(
    project: Project, viewer: User, reviewer: User, annotator: User, articles: list[Article]
) -> None:
    for user in (viewer, reviewer, annotator):
        assert Visitor(user).get(_path(project, "new/")).status_code == 403
        assert Visitor(user).post(_path(project, "new/"), **_form()).status_code == 403
    assert not Release.objects.exists()


def test_a_release_is_found_in_its_own_project_only(
    project: Project, manager: User, articles: list[Article], administrator: User
) -> None:
    make_release(project, manager)
    assert Visitor(administrator).get(_path(make_project(), "1/")).status_code == 404


def test_an_archived_project_shows_its_releases(
    project: Project, manager: User, articles: list[Article]
) -> None:
    make_release(project, manager)
    Project.objects.filter(pk=project.pk).update(archived_at="2026-01-01T00:00Z")
    visitor = Visitor(manager)
    assert visitor.get(_path(project, "1/")).status_code == 200
    assert "New release" not in words(visitor.get(_path(project)))
    assert "archived" in words(visitor.post(_path(project, "new/"), **_form()))


def test_twenty_releases_need_as_many_queries_as_ten(
    project: Project,
    manager: User,
    articles: list[Article],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    visitor = Visitor(manager)
    for _ in range(10):
        make_release(project, manager)
    visitor.get(_path(project))
    with django_assert_num_queries(6):
        visitor.get(_path(project))
    for _ in range(10):
        begin_release(project, manager)
    with django_assert_num_queries(6):
        assert len(visitor.get(_path(project)).context["page"].rows) == 20


def test_a_release_of_many_changes_needs_as_many_queries_as_one_of_few(
    project: Project, manager: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor = Visitor(manager)
    make_articles(project, 1, spans=(make_span(),))
    make_release(project, manager)
    for number, count in ((2, 10), (3, 20)):
        make_articles(project, count, spans=(make_span(),), text=f"{TEXT} {number}")
        make_release(project, manager)
        visitor.get(_path(project, f"{number}/"))
        with django_assert_num_queries(8):
            shown = visitor.get(_path(project, f"{number}/")).context["changes"]
        assert shown["added"] == count
        assert len(shown["articles"]["added"]) == view.SHOWN_ARTICLES


def test_pages_go_forth_and_back(
    project: Project, manager: User, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE_SIZE", 2)
    for _ in range(3):
        begin_release(project, manager)
    visitor = Visitor(manager)
    first = visitor.get(_path(project)).context["page"]
    assert [one.number for one in first.rows] == [3, 2]
    assert [one.number for one in visitor.get(_path(project), cursor=first.next).context["page"].rows] == [1]
