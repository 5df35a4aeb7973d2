from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine
from articles.services.agreement import count_agreement
from articles.services.assignments.claiming import claim_next
from articles.services.jobs.lifecycle import create_job
from articles.services.projects.managing import change_project
from tests.builders import make_article, make_articles, make_member, make_submitted
from tests.pages import Visitor, words
from tests.scenarios.agreement import make_read_twice
from tests.scenarios.training import gold, train


def test_overview_shows_each_role_what_it_may_do(
    project: Project, annotator: User, reviewer: User, viewer: User, manager: User, stranger: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    path = f"/projects/{project.slug}/"
    seen = {user: words(Visitor(user).get(path)) for user in (annotator, reviewer, viewer, manager)}

    assert "<h2>People</h2>" not in seen[annotator]
    assert "<h2>Export</h2>" not in seen[annotator]
    assert "Start reviewing (1)" in seen[reviewer]
    assert "<h2>People</h2>" in seen[reviewer]
    assert "<h2>Export</h2>" in seen[viewer]
    assert "Your work" not in seen[viewer]
    assert "/members/" in seen[manager]
    assert "/members/" not in seen[reviewer]
    assert f"{path}articles/?status=submitted" in seen[viewer]
    assert Visitor(stranger).get(path).status_code == 404
    assert Visitor().get(path).status_code == 302


def test_guidelines_are_shown_and_cannot_harm(project: Project, annotator: User) -> None:
    project.guidelines = "# Rules\n\n<script>alert(1)</script> *mark*"
    project.save()
    page = words(Visitor(annotator).get(f"/projects/{project.slug}/"))
    assert "<em>mark</em>" in page
    assert "<script>alert" not in page


def test_running_jobs_show_their_progress(project: Project, manager: User) -> None:
    job = create_job(project=project, kind=Job.Kind.RUN, by=manager, total=40)
    page = words(Visitor(manager).get(f"/projects/{project.slug}/"))
    assert f'data-src="/api/v1/jobs/{job.pk}/"' in page
    assert '<progress aria-label="Pre-annotation' in page


def test_overview_needs_no_more_queries_for_more_people(
    project: Project, manager: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_articles(project, 3)
    visitor, path = Visitor(manager), f"/projects/{project.slug}/"
    visitor.get(path)
    with django_assert_num_queries(15):
        visitor.get(path)
    for _ in range(5):
        make_member(project)
    with django_assert_num_queries(15):
        visitor.get(path)


def test_start_claims_the_next_article_and_opens_it(
    project: Project, annotator: User, viewer: User, stranger: User
) -> None:
    article = make_article(project)
    path = f"/projects/{project.slug}/start/"
    assert Visitor(viewer).post(path).status_code == 403
    assert Visitor(stranger).post(path).status_code == 404
    assert Visitor(annotator).get(path).status_code == 405
    assert not article.assignments.exists()

    assert Visitor(annotator).post(path).url == f"/projects/{project.slug}/articles/{article.pk}/"
    assert article.assignments.get().user == annotator


def test_start_says_when_nothing_is_left(project: Project, annotator: User, reviewer: User) -> None:
    make_article(project)
    claim_next(project=project, user=annotator)
    answer = Visitor(reviewer).post(f"/projects/{project.slug}/start/", follow=True)
    assert "Nothing is left to annotate" in words(answer)


def test_start_review_opens_what_waits(project: Project, annotator: User, reviewer: User) -> None:
    path = f"/projects/{project.slug}/start-review/"
    assert "No article waits" in words(Visitor(reviewer).post(path, follow=True))
    article = make_article(project)
    make_submitted(article, annotator)
    assert Visitor(annotator).post(path).status_code == 403
    answer = Visitor(reviewer).post(path)
    assert answer.url == f"/projects/{project.slug}/articles/{article.pk}/review/"


def test_a_site_administrator_creates_a_project(administrator: User, stranger: User) -> None:
    form: dict[str, Any] = {"name": "Morning News", "template": "conll-2003", "annotators_per_article": 2}
    refused = Visitor(stranger).post("/projects/new/", **form)
    assert refused.status_code == 403
    assert "Only site administrators" in words(refused)

    visitor = Visitor(administrator)
    assert "WORK_OF_ART" in words(visitor.get("/projects/new/"))
    assert visitor.post("/projects/new/", **form).url == "/projects/morning-news/first-steps/"
    assert Project.objects.get(slug="morning-news").annotators_per_article == 2
    again = visitor.post("/projects/new/", **form)
    assert again.status_code == 400
    assert "short name" in words(again)


def test_a_project_begins_with_labels_of_its_own_and_a_cyrillic_name(administrator: User) -> None:
    labels = "PERSON, Work of art;  Жер-су\nPERSON,\n"
    form: dict[str, Any] = {"name": "Жаңа Щит", "template": "own", "labels": labels}
    form["annotators_per_article"] = 1
    assert Visitor(administrator).post("/projects/new/", **form).url == "/projects/zhana-shchit/first-steps/"
    schema = Project.objects.get(slug="zhana-shchit").label_schema.versions.get().definition
    assert [label.name for label in schema.labels] == ["PERSON", "Work_of_art", "Жер-су"]
    assert len({label.colour for label in schema.labels}) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "new"},
        {"slug": "a b"},
        {"name": ""},
        {"template": "x"},
        {"name": "新闻"},
        {"template": "own", "labels": " ,\n"},
        {"template": "own", "labels": "1st, 2nd"},
    ],
)
def test_an_unusable_project_is_refused_with_a_reason(administrator: User, change: dict[str, str]) -> None:
    form: dict[str, Any] = {"name": "News", "template": "newsroom", "annotators_per_article": 1, **change}
    answer = Visitor(administrator).post("/projects/new/", **form)
    assert answer.status_code == 400
    assert "errors" in words(answer) or "notice bad" in words(answer)
    assert not Project.objects.filter(name=form["name"]).exists()


def _settings(**changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"name": "Renamed", "description": "", "guidelines": "# Rules\n\nAll."}
    form |= {"annotators_per_article": 3, "preannotate": "on", "confidence_shown": "hidden"}
    form |= {"queue_order": "random", "blind_share": 5, "planted_share": 2, "lease_days": 0}
    form |= {"gold_rule": "majority", "readers_shown": "on"}
    form |= {"overlap_share": 10, "openness": "after"}
    form |= {"practice_articles": 3, "pass_mark": 80, "known_share": 5}
    form |= {"carries_over": "on"}
    return form | changes


def test_settings_are_kept(project: Project, manager: User) -> None:
    visitor, path = Visitor(manager), f"/projects/{project.slug}/settings/"
    assert visitor.get(path).status_code == 200
    assert visitor.post(path, **_settings()).url == path
    project.refresh_from_db()
    assert (project.name, project.annotators_per_article, project.preannotate) == ("Renamed", 3, True)
    assert (project.confidence_shown, project.queue_order, project.blind_share) == ("hidden", "random", 5)
    assert (project.planted_share, project.lease_days) == (2, 0)
    assert (project.gold_rule, project.readers_shown) == ("majority", True)
    assert (project.overlap_share, project.openness) == (10, "after")
    assert (project.practice_articles, project.pass_mark, project.known_share) == (3, 80, 5)
    assert project.carries_over
    assert visitor.post(path, **_settings(annotators_per_article=9)).status_code == 400


def test_what_somebody_else_changed_meanwhile_stays(project: Project, manager: User) -> None:
    change_project(project=project, changes={"guidelines": "# Old\n\nAll.", "preannotate": True})
    path = f"/projects/{project.slug}/settings/"
    page = words(Visitor(manager).get(path))
    opened = {
        "initial-guidelines": "# Old\r\n\r\nAll.",
        "initial-preannotate": "True",
        "initial-lease_days": "7",
    }
    assert all(f'name="{name}"' in page for name in opened)
    change_project(project=project, changes={"guidelines": "# New", "preannotate": False})
    mine = _settings(guidelines="# Old\r\n\r\nAll.", lease_days=3)
    assert Visitor(manager).post(path, **(mine | opened)).url == path
    project.refresh_from_db()
    assert (project.guidelines, project.preannotate, project.lease_days) == ("# New", False, 3)


def test_a_preview_keeps_nothing(project: Project, manager: User) -> None:
    answer = Visitor(manager).post(f"/projects/{project.slug}/settings/", preview="1", **_settings())
    assert "<h1>Rules</h1>" in words(answer)
    project.refresh_from_db()
    assert project.guidelines == ""
    assert project.name != "Renamed"


def test_archive_and_restore(project: Project, manager: User, annotator: User) -> None:
    visitor, path = Visitor(manager), f"/projects/{project.slug}/"
    visitor.post(f"{path}archive/")
    assert "archived" in words(Visitor(annotator).get(path))
    refused = Visitor(annotator).post(f"{path}start/")
    assert refused.status_code == 403
    assert "This project is archived" in words(refused)
    visitor.post(f"{path}restore/")
    project.refresh_from_db()
    assert not project.is_archived


@pytest.mark.parametrize("page", ["settings/", "archive/", "restore/"])
def test_only_managers_settle(
    page: str, project: Project, annotator: User, reviewer: User, viewer: User, stranger: User
) -> None:
    path = f"/projects/{project.slug}/{page}"
    assert [Visitor(user).post(path).status_code for user in (annotator, reviewer, viewer)] == [403] * 3
    assert Visitor(stranger).post(path).status_code == 404
    project.refresh_from_db()
    assert not project.is_archived


def test_state_changes_need_a_csrf_token(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    visitor.client.handler.enforce_csrf_checks = True
    answer = visitor.post(f"/projects/{project.slug}/archive/")
    assert answer.status_code == 403
    assert "Please try again" in words(answer)


def test_pages_hold_nothing_that_the_security_policy_forbids(project: Project, manager: User) -> None:
    make_articles(project, 2)
    for page in ("", "articles/", "import/", "members/", "settings/"):
        text = words(Visitor(manager).get(f"/projects/{project.slug}/{page}"))
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text


def test_managers_and_reviewers_see_what_people_disagree_on(
    project: Project, annotator: User, reviewer: User
) -> None:
    second, path = make_member(project), f"/projects/{project.slug}/"
    make_read_twice(project, 9, annotator, second)
    count_agreement()
    assert "No label stands out" in words(Visitor(reviewer).get(path))
    make_read_twice(project, 1, annotator, second)
    count_agreement()
    page = words(Visitor(reviewer).get(path))
    # Of GPE the first has two, the second two others; of ORG the first has one and the second none.
    assert page.index("?label=GPE") < page.index("?label=ORG") < page.index("All figures of agreement")
    assert page.count('<b class="figure">0.00</b>') == 2
    assert "?label=PERSON" not in page
    assert "Where people differ" not in words(Visitor(annotator).get(path))


def test_they_see_how_good_engines_became(project: Project, manager: User, learner: ProjectEngine) -> None:
    path = f"/projects/{project.slug}/"
    gold(project, 20)
    assert "begins with the tenth gold article" in words(Visitor(manager).get(path))
    version = train(learner)
    f1 = version.figures["scores"]["exact"]["micro"]["f1"][0]
    page = words(Visitor(manager).get(path))
    assert f'<b>words</b>: F1 <b class="figure">{f1:.2f}</b>, from {version.articles} gold articles' in page
