from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.users.models import Project, User
from articles.models import Attempt, Clearance, Exercise
from articles.services.projects.managing import change_project
from tests.builders import add_span, make_article, make_member
from tests.pages import Visitor, words
from tests.scenarios.exercises import hand_in, make_exercise


def page(project: Project, *rest: object) -> str:
    return f"/projects/{project.slug}/training/" + "".join(f"{one}/" for one in rest)


def test_the_way_from_a_closed_queue_to_the_answers(project: Project, manager: User, annotator: User) -> None:
    change_project(project=project, changes={"practice_articles": 1})
    exercise, visitor = make_exercise(project, manager), Visitor(annotator)
    article = make_article(project)
    started = visitor.post(f"/projects/{project.slug}/start/", follow=True)
    assert started.redirect_chain[-1][0] == page(project)
    assert "begins with a training" in words(started)
    assert "0 of 1 practice article handed in" in words(started)

    editor = visitor.post(page(project, exercise.pk, "begin"), follow=True)
    boot = editor.context["bootstrap"]
    attempt = Attempt.objects.get()
    assert boot["layer"]["editable"]
    assert (boot["urls"]["next"], boot["urls"]["reopen"]) == ("", "")
    assert boot["urls"]["result"] == page(project, "attempts", attempt.pk)
    assert visitor.get(boot["urls"]["result"]).url == page(project)

    hand_in(exercise, annotator, add_span(30, 39), add_span(50, 55, "ORG"))
    shown = words(visitor.get(boot["urls"]["result"]))
    for said in ("Other boundary", "Missed", "Not an entity here", "Places count.", "You are through"):
        assert said in shown
    opened = visitor.post(f"/projects/{project.slug}/start/")
    assert opened.url == f"/projects/{project.slug}/articles/{article.pk}/"


def test_managers_choose_exercises_and_see_who_stands_where(project: Project, manager: User) -> None:
    exercise, visitor = make_exercise(project, manager), Visitor(manager)
    person = make_member(project)
    form = {"article": exercise.article_id, "kind": "test", "note": "New."}
    assert "Saved." in words(visitor.post(page(project, "add"), follow=True, **form))
    exercise.refresh_from_db()
    assert (exercise.kind, exercise.note) == ("test", "New.")
    change_project(project=project, changes={"pass_mark": 90})
    assert "In training" in words(visitor.get(page(project)))
    attempt = hand_in(exercise, person, add_span())
    assert "Below the mark" in words(visitor.get(page(project)))
    assert person.name in words(visitor.get(page(project, "attempts", attempt.pk)))
    visitor.post(page(project, "people", person.username, "again"))
    assert not Attempt.objects.counting().exists()
    visitor.post(page(project, "people", person.username, "clear"))
    assert Clearance.objects.get().user == person
    visitor.post(page(project, exercise.pk, "retire"))
    assert not Exercise.objects.of(project).exists()


def test_what_cannot_be_an_exercise_is_refused(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    for form in ({"article": make_article(project).pk, "kind": "test"}, {"article": "x", "kind": "test"}, {}):
        visitor.post(page(project, "add"), **form)
    assert not Exercise.objects.exists()


def test_answers_are_for_whom_they_are(project: Project, manager: User, annotator: User) -> None:
    attempt = hand_in(make_exercise(project, manager), annotator)
    path = page(project, "attempts", attempt.pk)
    assert Visitor(annotator).get(path).status_code == 200
    assert Visitor(make_member(project)).get(path).status_code == 404
    copy = reverse("articles:editor", args=[attempt.copy.project.slug, attempt.copy_id])
    assert Visitor(make_member(project)).get(copy).status_code == 404


def test_the_page_asks_as_often_for_many_people(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    hand_in(make_exercise(project, manager), make_member(project))
    visitor.get(page(project))
    with CaptureQueriesContext(connection) as few:
        visitor.get(page(project))
    make_exercise(project, manager)
    for _ in range(3):
        make_member(project)
    with CaptureQueriesContext(connection) as many:
        visitor.get(page(project))
    assert len(many) == len(few)
