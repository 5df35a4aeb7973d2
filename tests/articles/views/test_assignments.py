from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from annotator.users.models import Project, User
from annotator.users.services.members import remove_member
from articles.models import Assignment
from articles.services.assignments.claiming import claim_next
from tests.builders import annotate, make_articles, make_member
from tests.pages import Visitor, words

TODAY = timezone.localdate()


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/assignments/"


def test_a_manager_sees_who_would_get_how_many_before_anything_is_given(
    project: Project, annotator: User, manager: User, address: str
) -> None:
    taken, *_ = make_articles(project, 4)
    annotate(taken, annotator)
    visitor = Visitor(manager)
    wish: dict[str, Any] = {"each": 1, "share-annotator": 2, "share-manager": 1, "due_on": TODAY.isoformat()}
    page = words(visitor.get(f"{address}give/", **wish))
    assert "3 articles would be given" in page
    assert f"1 article stays as it is: it has all its annotators, or is gold. Number {taken.pk}" in page
    assert Assignment.objects.count() == 1
    page = words(visitor.post(f"{address}give/", follow=True, **wish))
    assert "Given: 3 articles, 3 assignments in all." in page
    assert "Due today" in page
    assert "3 assignments" in page
    assert Assignment.objects.given().filter(user=annotator).count() == 2


def test_the_form_opens_with_a_filter_and_even_shares(
    project: Project, annotator: User, manager: User, address: str
) -> None:
    make_articles(project, 1)
    page = words(Visitor(manager).get(f"{address}give/", q="ships"))
    assert 'value="ships"' in page
    assert 'name="share-annotator" value="1"' in page
    assert 'name="share-manager" value="0"' in page
    assert "would be given" not in page


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"each": 9, "share-annotator": 1}, "less than or equal to 5"),
        ({"each": 1, "share-annotator": 0}, "at least one person"),
        ({"each": 1, "share-annotator": 1, "due_on": "2020-01-01"}, "This day is past"),
        ({"each": 1, "share-annotator": 1, "numbers": "1, x"}, "Write numbers only"),
        ({"each": 1, "share-annotator": -1}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_given_is_said(
    project: Project, annotator: User, manager: User, address: str, wish: dict[str, Any], told: str
) -> None:
    make_articles(project, 1)
    for answer in (
        Visitor(manager).get(f"{address}give/", **wish),
        Visitor(manager).post(f"{address}give/", **wish),
    ):
        assert (answer.status_code, told in words(answer)) == (400, True)
    assert not Assignment.objects.exists()


def test_one_persons_articles_are_withdrawn_or_given_to_somebody_else(
    project: Project, annotator: User, manager: User, address: str
) -> None:
    first, second = make_articles(project, 2)
    for article in (first, second):
        annotate(article, annotator)
    visitor, other = Visitor(manager), make_member(project, name="other")
    page = words(visitor.get(f"{address}annotator/"))
    ends = timezone.localtime(Assignment.objects.get(article=first).touched_at + timedelta(days=7))
    assert date_format(ends, "j M, H:i") in page
    answer = visitor.post(f"{address}annotator/take/", follow=True, articles=[first.pk], to="other")
    assert "1 of 1 articles went from annotator to other." in words(answer)
    answer = visitor.post(f"{address}annotator/take/", follow=True, articles=[second.pk], to="")
    assert "Withdrawn from annotator: 1." in words(answer)
    assert claim_next(project=project, user=other) == first
    assert visitor.post(f"{address}annotator/take/", articles=[first.pk], to="").status_code == 302
    assert Assignment.objects.of(other).unfinished().count() == 1


def test_who_is_no_longer_a_member_is_shown_with_what_they_left(
    project: Project, annotator: User, manager: User, address: str
) -> None:
    annotate(make_articles(project, 1)[0], annotator)
    remove_member(project=project, user=annotator)
    visitor = Visitor(manager)
    assert "No longer annotates here" in words(visitor.get(address))
    assert visitor.get(f"{address}annotator/").status_code == 200


@pytest.mark.parametrize(
    ("days", "told"), [(-3, "1 overdue"), (0, "due today"), (1, "due tomorrow"), (5, "due ")]
)
def test_annotators_see_what_is_due_on_their_pages_and_in_the_editor(
    project: Project, annotator: User, manager: User, address: str, days: int, told: str
) -> None:
    (article,) = make_articles(project, 1)
    wish: dict[str, Any] = {"each": 1, "share-annotator": 1}
    Visitor(manager).post(f"{address}give/", **wish)
    due_on = TODAY + timedelta(days=days)
    Assignment.objects.update(due_on=due_on)
    visitor = Visitor(annotator)
    assert told in words(visitor.get("/"))
    assert told in words(visitor.get(f"/projects/{project.slug}/"))
    due = visitor.get(f"/api/v1/articles/{article.pk}/editor/").json()["claim"]["due"]
    assert due["is_overdue"] == (days < 0)
    assert due["words"] == {
        -3: f"overdue since {date_format(due_on, 'j F')}",
        5: f"due {date_format(due_on, 'l')}",
    }.get(days, told)
