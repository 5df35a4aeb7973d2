"""A manager sees a project as a lower role does, changes nothing meanwhile, and never sees more."""

from __future__ import annotations

import pytest
from django.test import Client

from annotator.users.models import AuditEntry, Project, Role, User, Verb
from annotator.users.services.members import add_member, remove_member
from tests.builders import make_article, make_member, make_submitted, make_token
from tests.pages import Visitor, words


def seeing(user: User, project: Project, role: str) -> Visitor:
    visitor = Visitor(user)
    assert visitor.post(f"/projects/{project.slug}/see-as/", role=role).status_code == 302
    return visitor


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_as_an_annotator(
    who: str, project: Project, manager: User, administrator: User, annotator: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    layer = f"/api/v1/articles/{article.pk}/layers/user:annotator/"
    person = manager if who == "manager" else administrator
    assert Visitor(person).get(layer).status_code == 200
    visitor = seeing(person, project, Role.ANNOTATOR)
    assert visitor.get(layer).status_code == 404
    assert visitor.get(f"/projects/{project.slug}/members/").status_code == 403
    page = words(visitor.get(f"/projects/{project.slug}/"))
    assert "<b>Annotator</b>" in page
    assert "Settings" not in page
    assert "see-as/stop" in words(visitor.get(f"/projects/{project.slug}/articles/{article.pk}/"))


def test_nothing_can_be_changed_meanwhile(project: Project, manager: User) -> None:
    visitor = seeing(manager, project, Role.REVIEWER)
    article = make_article(project)
    assert visitor.post(f"/projects/{project.slug}/start/").status_code == 403
    answer = visitor.client.post(f"/api/v1/articles/{article.pk}/submit/")
    assert (answer.status_code, answer["content-type"]) == (403, "application/problem+json")
    program = Client(headers={"authorization": f"Bearer {make_token(manager)}"})
    assert program.get(f"/api/v1/projects/{project.slug}/members/").status_code == 200


def test_stopping(project: Project, manager: User) -> None:
    visitor = seeing(manager, project, Role.VIEWER)
    assert visitor.post("/see-as/stop/").status_code == 302
    assert visitor.get(f"/projects/{project.slug}/members/").status_code == 200
    entry = AuditEntry.objects.get(verb=Verb.SEEN_AS)
    assert (entry.by, entry.project, entry.data) == (manager, project, {"role": "viewer"})


def test_it_never_gives_more_than_one_has(project: Project, manager: User, annotator: User) -> None:
    assert Visitor(annotator).post(f"/projects/{project.slug}/see-as/", role="viewer").status_code == 403
    assert Visitor(manager).post(f"/projects/{project.slug}/see-as/", role="manager").status_code == 302
    assert not AuditEntry.objects.filter(verb=Verb.SEEN_AS).exists()
    visitor = seeing(manager, project, Role.REVIEWER)
    make_member(project, Role.MANAGER)
    add_member(project=project, user=manager, role=Role.ANNOTATOR)
    assert visitor.get(f"/projects/{project.slug}/agreement/").status_code == 403


def test_stopping_where_the_project_is_closed_to_them_meanwhile(project: Project, manager: User) -> None:
    visitor = seeing(manager, project, Role.VIEWER)
    make_member(project, Role.MANAGER)
    remove_member(project=project, user=manager)
    assert visitor.get(f"/projects/{project.slug}/").status_code == 404
    answer = visitor.post("/see-as/stop/", follow=True)
    assert answer.status_code == 200
    assert "is not open to you any more" in words(answer)
    assert "seen-as" not in words(answer)


def test_the_role_is_named_in_the_language_of_who_looks(project: Project, manager: User) -> None:
    visitor = seeing(manager, project, Role.VIEWER)
    visitor.post("/account/language/", language="ru")
    assert "<b>Наблюдатель</b>" in words(visitor.get(f"/projects/{project.slug}/"))
