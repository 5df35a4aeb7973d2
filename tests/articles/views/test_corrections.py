"""Corrected texts, as people meet them."""

from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import Article, CorrectionTodo, Layer, Span
from tests.builders import TEXT, annotate, make_article
from tests.pages import Visitor, words
from tests.scenarios.corrections import correct


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project, text=f"{TEXT}\nSecond line.", title="Ships")


def test_a_manager_sees_what_a_correction_changes_before_it_is_made(
    article: Article, project: Project, annotator: User, manager: User
) -> None:
    annotate(article, annotator)
    path = f"/projects/{project.slug}/articles/{article.pk}/text/"
    visitor = Visitor(manager)
    assert "Second line." in words(visitor.get(path))
    text = article.text.replace("Mara", "Maria").replace("\n", "\r\n")
    page = words(visitor.post(path, text=text, reason="A name"))
    assert "1 place to be looked at again" in page
    assert "<ins>Maria</ins>" in page
    assert Article.objects.filter(project=project).count() == 1
    page = words(visitor.post(path, text=text, reason="A name", confirm="1", follow=True))
    assert "The text is corrected." in page
    assert "A name" in page
    current = Article.objects.of(project).get()
    assert current.text == article.text.replace("Mara", "Maria")


@pytest.mark.parametrize("text", ["", "   ", f"{TEXT}\nSecond line."])
def test_what_is_no_correction_is_said_on_the_page(
    article: Article, project: Project, manager: User, text: str
) -> None:
    path = f"/projects/{project.slug}/articles/{article.pk}/text/"
    assert Visitor(manager).post(path, text=text, confirm="1").status_code in (400, 409)
    assert Article.objects.filter(project=project).count() == 1


def test_the_old_text_stays_readable_with_its_layers_and_leads_to_the_new_one(
    article: Article, project: Project, annotator: User, manager: User
) -> None:
    new, _ = correct(article, annotator, manager)
    visitor = Visitor(manager)
    page = words(visitor.get(f"/projects/{project.slug}/articles/{article.pk}/versions/"))
    assert page.index("Version 2") < page.index("Version 1")
    old = words(visitor.get(f"/projects/{project.slug}/articles/{article.pk}/reading/"))
    assert "which does not count any more" in old
    assert "Mara Ellingsen <small>PERSON</small>" in old
    answer = visitor.get(f"/projects/{project.slug}/articles/{article.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/projects/{project.slug}/articles/{new.pk}/")


def test_annotators_stay_blind_to_others_in_old_texts_too(
    article: Article, project: Project, annotator: User, reviewer: User, manager: User
) -> None:
    correct(article, annotator, manager)
    stranger = Visitor(reviewer)
    project.memberships.filter(user=reviewer).update(role="annotator")
    path = f"/projects/{project.slug}/articles/{article.pk}/reading/"
    assert "<mark" not in words(stranger.get(path))
    assert stranger.get(path, layer=f"user:{annotator.username}").status_code == 404


def test_places_are_settled_by_one_press_each(
    article: Article, project: Project, annotator: User, manager: User
) -> None:
    new, todo = correct(article, annotator, manager)
    visitor = Visitor(annotator)
    page = words(visitor.get(f"/projects/{project.slug}/corrections/"))
    assert "was “Mara Ellingsen”, PERSON" in page
    path = f"/projects/{project.slug}/corrections/{todo.pk}/"
    assert visitor.post(path, answer="nonsense").status_code == 400
    assert "Nothing to look at" in words(visitor.post(path, answer="remove", follow=True))
    assert not Span.objects.filter(layer__article=new).exists()
    assert visitor.post(path, answer="keep").status_code == 409


def test_a_correction_is_taken_back_on_its_page(
    article: Article, project: Project, annotator: User, manager: User
) -> None:
    new, _ = correct(article, annotator, manager)
    path = f"/projects/{project.slug}/articles/{new.pk}/versions/undo/"
    page = words(Visitor(manager).post(path, follow=True))
    assert "The text is as it was before." in page
    assert "Taken back" in page
    assert not CorrectionTodo.objects.open()
    assert not Layer.objects.filter(article=article, superseded_at__isnull=False)
