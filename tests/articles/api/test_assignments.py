from __future__ import annotations

from typing import Any

from django.test import Client

from annotator.users.models import Project, User
from articles.models import Assignment
from tests.builders import annotate, make_articles, make_member


def call(user: User, path: str, body: dict[str, Any] | None = None) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(path) if body is None else client.post(path, body, "application/json")


def test_articles_are_given_after_a_preview_and_passed_on(
    project: Project, annotator: User, manager: User
) -> None:
    make_member(project, name="other")
    taken, *free = make_articles(project, 4)
    annotate(taken, annotator)
    path = f"/api/v1/projects/{project.slug}/assignments/"
    wish = {"people": {"annotator": 1, "other": 2}, "filter": {"q": "ships"}, "due_on": "2030-01-31"}
    planned = call(manager, path, {**wish, "preview": True})
    assert planned.json() == {
        "people": {"annotator": 1, "other": 2},
        "articles": 3,
        "full": [taken.pk],
        "left": [],
    }
    assert Assignment.objects.count() == 1
    assert call(manager, path, wish).json() == planned.json()

    work = {row["username"]: row for row in call(manager, path).json()}
    assert (work["annotator"]["open"], work["annotator"]["given"]) == (2, 1)
    assert (work["other"]["first_due"], work["other"]["overdue"]) == ("2030-01-31", 0)

    ids = [one.pk for one in free]
    moved = call(manager, f"{path}withdraw/", {"username": "other", "articles": ids, "to": "annotator"})
    assert moved.json() == {"withdrawn": 2, "given": 2}
    gone = call(manager, f"{path}withdraw/", {"username": "annotator", "articles": ids})
    assert gone.json() == {"withdrawn": 3, "given": 0}


def test_what_cannot_be_given_is_said(project: Project, annotator: User, manager: User) -> None:
    path = f"/api/v1/projects/{project.slug}/assignments/"
    make_articles(project, 1)
    assert "stranger" in call(manager, path, {"people": {"stranger": 1}}).json()["detail"]
    assert call(manager, path, {"people": {"annotator": -1}}).status_code == 400
    assert call(manager, path, {"people": {"annotator": 1}, "filter": {"status": "odd"}}).status_code == 400
    missing = call(manager, f"{path}withdraw/", {"username": "nobody", "articles": [1]})
    assert missing.status_code == 404
