from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.users.models import Project, User
from articles.models import KnownArticle
from articles.queries.suggestions.guard import FEWEST_ARTICLES
from articles.services.projects.managing import change_project
from tests.builders import add_span, make_member
from tests.pages import Visitor, words
from tests.scenarios.exercises import make_gold
from tests.scenarios.known_articles import a_day_later, hand_in_known, make_known, take_known


def page(project: Project, *rest: object) -> str:
    return f"/projects/{project.slug}/known/" + "".join(f"{one}/" for one in rest)


def test_managers_choose_by_lot_by_filter_and_take_out(project: Project, manager: User) -> None:
    make_gold(project, manager)
    visitor = Visitor(manager)
    assert "1 article can join" in words(visitor.get(page(project)))
    assert "1 article joined" in words(visitor.post(page(project, "draw"), count=3, follow=True))
    assert "No article could join" in words(visitor.post(page(project, "draw"), count=3, follow=True))
    make_gold(project, manager)
    assert "1 article joined" in words(visitor.post(page(project, "add") + "?status=gold", follow=True))
    for known in KnownArticle.objects.all():
        visitor.post(page(project, known.pk, "remove"))
    assert not KnownArticle.objects.of(project).exists()
    assert "Say how many articles" in words(visitor.post(page(project, "draw"), count="x", follow=True))


def test_people_see_their_own_result_a_day_later_and_reviewers_everybodys(
    project: Project, manager: User, reviewer: User, annotator: User
) -> None:
    make_known(project, manager)
    assert "whose answers are known" in words(Visitor(annotator).get(f"/projects/{project.slug}/"))
    assert "whose answers are known" in words(Visitor(annotator).get(f"/projects/{project.slug}/guidelines/"))
    copy = take_known(project, annotator)
    reading = hand_in_known(copy, annotator, add_span(30, 39), add_span(50, 55, "ORG"))
    path, mine, boss = page(project, "readings", reading.pk), Visitor(annotator), Visitor(reviewer)
    assert mine.get(path).status_code == 404
    assert "No figures yet" in words(mine.get(page(project)))
    assert "too few" in words(boss.get(page(project)))
    for said in ("Other boundary", "Missed", "Not an entity here"):
        assert said in words(boss.get(path))
    assert annotator.name in words(boss.get(page(project, "people", annotator.username)))
    a_day_later(reading)
    assert f"{page(project, 'readings', reading.pk)}" in words(mine.get(page(project)))
    assert f"articles/{copy.pk}/?at=" in words(mine.get(path))
    assert mine.get(page(project, "people", annotator.username)).status_code == 403
    assert Visitor(make_member(project)).get(path).status_code == 404


def test_enough_articles_have_a_figure_with_an_interval(
    project: Project, manager: User, annotator: User
) -> None:
    for _ in range(FEWEST_ARTICLES):
        make_known(project, manager)
        hand_in_known(take_known(project, annotator), annotator)
    change_project(project=project, changes={"known_share": 0})
    shown = words(Visitor(manager).get(page(project)))
    assert "100 %" in shown
    assert "None are given out now" in shown
    assert "two weeks are needed" in words(Visitor(manager).get(page(project, "people", annotator.username)))


def test_the_page_asks_as_often_for_many(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    make_known(project, manager)
    hand_in_known(take_known(project, first := make_member(project)), first)
    visitor.get(page(project))
    with CaptureQueriesContext(connection) as few:
        visitor.get(page(project))
    for _ in range(2):
        make_known(project, manager)
        hand_in_known(take_known(project, one := make_member(project)), one)
    with CaptureQueriesContext(connection) as many:
        visitor.get(page(project))
    assert len(many) == len(few)
