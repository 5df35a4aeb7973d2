from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from annotator.users.models import Project, User
from articles.models import Assignment, Sitting
from articles.services.gold.approving import send_back
from articles.services.projects.managing import change_project
from tests.articles.api.conftest import Api
from tests.builders import PASSWORD, annotate, make_article, make_articles, make_member, make_submitted


def test_the_next_article_is_fetched_ahead(project: Project, annotator: User, call: Api) -> None:
    first, second = make_articles(project, 2)
    path = f"projects/{project.slug}/next/"
    assert call(annotator, "POST", path).body["id"] == first.pk
    assert call(annotator, "POST", path, {"after": first.pk}).body["id"] == second.pk
    assert call(annotator, "POST", path, {"after": "x"}).status == 400
    ahead = call(annotator, "GET", f"articles/{second.pk}/editor/")
    assert (ahead.status, ahead.body["article"]["text"]) == (200, second.text)
    assert ahead.body["claim"] == {
        "held": True,
        "flagged": False,
        "flag_note": "",
        "skip_reason": "",
        "due": {"words": "", "is_overdue": False},
        "seconds": 0,
    }


def test_the_editor_on_gold_is_for_reviewers(
    project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    path = f"articles/{make_article(project).pk}/editor/?review=1"
    assert call(annotator, "GET", path).status == 403
    assert call(reviewer, "GET", path).body["layer"]["author"] == "gold"


def test_flag_skip_and_time(project: Project, annotator: User, viewer: User, call: Api) -> None:
    article = make_article(project)
    path = f"articles/{article.pk}"
    assert call(annotator, "POST", f"{path}/flag/", {"flagged": True, "note": "?"}).status == 204
    assert call(annotator, "GET", f"{path}/editor/").body["claim"]["flagged"] is True
    time = {"sitting": str(uuid4()), "seconds": 30}
    assert call(annotator, "POST", f"{path}/time/", time).status == 204
    assert Sitting.objects.get().seconds == 30
    assert call(annotator, "POST", f"{path}/skip/", {"reason": ""}).status == 400
    assert call(annotator, "POST", f"{path}/skip/", {"reason": "x" * 501}).status == 400
    assert call(annotator, "POST", f"{path}/skip/", {"reason": "Duplicate"}).status == 204
    assert Assignment.objects.get().skipped_at
    for verb, body in (("flag", {"flagged": True}), ("skip", {"reason": "x"}), ("time", time)):
        assert call(viewer, "POST", f"{path}/{verb}/", body).status == 403


@pytest.mark.parametrize("seconds", [-1, 86_401, "soon", None])
def test_time_that_cannot_be(seconds: object, project: Project, annotator: User, call: Api) -> None:
    body = {"sitting": str(uuid4()), "seconds": seconds}
    assert call(annotator, "POST", f"articles/{make_article(project).pk}/time/", body).status == 400


def test_work_of_one_person_is_never_stored_as_that_of_another(
    project: Project, annotator: User, reviewer: User
) -> None:
    article = make_article(project)
    browser = Client()
    browser.login(username=reviewer.username, password=PASSWORD)
    path = f"/api/v1/articles/{article.pk}/layers/me/"
    mine = browser.get(path, headers={"X-Annotator-User": reviewer.username})
    foreign = browser.get(path, headers={"X-Annotator-User": annotator.username})
    assert mine.status_code == 200
    assert foreign.status_code == 401
    assert f"signed in as {reviewer.username}" in foreign.json()["detail"]


def test_why_an_article_came_back_is_read_by_whom_it_came_back_to(
    project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    change_project(project=project, changes={"annotators_per_article": 2})
    (article,) = make_articles(project, 1)
    make_submitted(article, annotator)
    other = make_member(project, name="other")
    annotate(article, other)
    send_back(article=article, by=reviewer, comment="Look at the title of Weir.")
    data = f"articles/{article.pk}/editor/"
    assert call(annotator, "GET", data).body["note"]["text"] == "Look at the title of Weir."
    assert call(reviewer, "GET", f"{data}?review=1").body["note"]["text"]
    assert call(other, "GET", data).body["note"] == {"text": "", "by": ""}
