from __future__ import annotations

import pytest

from annotator.users.models import Invitation, Project, User
from articles.models import Article
from tests.pages import Visitor, words

PATH = "/projects/morning-news/first-steps/"


def test_from_nothing_to_the_first_article(administrator: User) -> None:
    visitor = Visitor(administrator)
    form = {"name": "Morning news", "template": "newsroom", "annotators_per_article": 1}
    started = visitor.post("/projects/new/", follow=True, **form)
    assert started.redirect_chain[-1][0] == PATH
    assert "PERSON" in words(started)
    added = visitor.post(
        f"{PATH}texts/", follow=True, texts="Mara sails.\r\n---\r\nBergen\r\nsleeps.\r\n---\r\n"
    )
    assert "2 articles are in." in words(added)
    assert list(Article.objects.values_list("text", flat=True)) == ["Mara sails.", "Bergen\nsleeps."]
    invited = words(visitor.post(f"{PATH}invite/", role="annotator"))
    assert "http://testserver/join/" in invited
    assert Invitation.objects.get().role == "annotator"
    assert "Start annotating" in invited


def test_samples_are_added_once(project: Project, manager: User) -> None:
    visitor, path = Visitor(manager), f"/projects/{project.slug}/first-steps/"
    assert "three invented articles" in words(visitor.get(path))
    visitor.post(f"{path}samples/")
    visitor.post(f"{path}samples/")
    assert Article.objects.of(project).count() == 3
    assert "three invented articles" not in words(visitor.get(path))


@pytest.mark.parametrize("texts", ["", " \n---\n ", "a\n---\n" * 51])
def test_what_cannot_be_added_is_refused_with_a_reason(project: Project, manager: User, texts: str) -> None:
    answer = Visitor(manager).post(f"/projects/{project.slug}/first-steps/texts/", texts=texts)
    assert answer.status_code == 400
    assert "errors" in words(answer)
    assert not Article.objects.exists()
