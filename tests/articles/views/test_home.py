from __future__ import annotations

from pytest_django import DjangoAssertNumQueries

from annotator.users.models import Project, Role, User
from annotator.users.services.members import add_member
from articles.services.projects.managing import archive_project
from tests.builders import make_articles, make_project, make_submitted
from tests.pages import Visitor, words


def test_home_shows_my_projects_with_the_next_action(
    project: Project, annotator: User, reviewer: User, manager: User
) -> None:
    other = make_project(slug="other")
    assert "Import articles" in words(Visitor(manager).get("/"))

    articles = make_articles(project, 2)
    page = words(Visitor(annotator).get("/"))
    assert project.name in page
    assert "Start annotating" in page
    assert other.name not in page

    make_submitted(articles[0], annotator)
    assert "Start reviewing (1)" in words(Visitor(reviewer).get("/"))


def test_home_teaches_those_without_a_project(stranger: User, administrator: User) -> None:
    assert "by invitation" in words(Visitor(stranger).get("/"))
    assert "Create a project" in words(Visitor(administrator).get("/"))
    assert Visitor().get("/").url == "/accounts/login/?next=/"


def test_archived_projects_are_set_apart(project: Project, viewer: User) -> None:
    archive_project(project=project)
    assert "1 archived project" in words(Visitor(viewer).get("/"))


def test_many_projects_need_no_more_queries(
    project: Project, annotator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor = Visitor(annotator)
    with django_assert_num_queries(8):
        visitor.get("/")
    for _ in range(4):
        make_articles(another := make_project(), 2)
        add_member(project=another, user=annotator, role=Role.ANNOTATOR)
    with django_assert_num_queries(8):
        visitor.get("/")
