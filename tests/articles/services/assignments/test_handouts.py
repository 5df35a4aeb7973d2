from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotator.lib.errors import Refused
from annotator.users.models import Project, Role, User
from articles.models import Article, Assignment, Handout, Status
from articles.queries.assignments.handouts import HandoutPlan
from articles.services.assignments.claiming import claim_next, skip_article
from articles.services.assignments.handouts import give_articles, pass_on
from articles.services.gold.approving import approve
from articles.services.projects.managing import change_project
from tests.builders import annotate, make_article, make_articles, make_member, make_project

TODAY = timezone.localdate()


@pytest.fixture
def other(project: Project) -> User:
    return make_member(project, Role.ANNOTATOR, "other")


def give(
    articles: list[Article], by: User, each: int = 1, days: int | None = None, **weights: int
) -> HandoutPlan:
    due_on = TODAY + timedelta(days=days) if days is not None else None
    ids = [one.pk for one in articles]
    project = articles[0].project
    return give_articles(project=project, articles=ids, weights=weights, each=each, due_on=due_on, by=by)[1]


def given_to(user: User) -> list[int]:
    return list(Assignment.objects.of(user).given().order_by("article").values_list("article", flat=True))


def test_articles_are_given_by_weight_and_it_is_kept_who_gave_them(
    project: Project, annotator: User, other: User, manager: User
) -> None:
    articles = make_articles(project, 6)
    give(articles, manager, days=2, annotator=2, other=1)
    assert (len(given_to(annotator)), len(given_to(other))) == (4, 2)
    assert set(Article.objects.values_list("status", flat=True)) == {Status.IN_PROGRESS}
    handout = Handout.objects.get()
    assert (handout.by, handout.chosen, handout.given) == (manager, 6, 6)
    assert handout.weights == {"annotator": 2, "other": 1}
    assert {one.due_on for one in Assignment.objects.all()} == {TODAY + timedelta(days=2)}


def test_full_gold_and_had_before_are_left_alone(
    project: Project, annotator: User, other: User, manager: User
) -> None:
    taken, gold, skipped, free = articles = make_articles(project, 4)
    annotate(taken, other)
    approve(article=gold, by=manager)
    skip_article(article=skipped, user=annotator, reason="A table")
    plan = give(articles, manager, annotator=1)
    assert given_to(annotator) == [free.pk]
    assert (plan.full, plan.left) == ([taken.pk, gold.pk], [skipped.pk])
    with pytest.raises(Refused, match="None of these articles has room"):
        give(articles, manager, annotator=1)


def test_each_article_goes_to_as_many_as_are_wanted_and_have_room(
    project: Project, annotator: User, other: User, manager: User
) -> None:
    change_project(project=project, changes={"annotators_per_article": 2})
    first, second = make_articles(project, 2)
    give([first], manager, each=1, annotator=1, other=1)
    give([first, second], manager, each=2, annotator=1, other=1)
    assert given_to(annotator) == given_to(other) == [first.pk, second.pk]


def test_given_articles_come_before_begun_ones_and_what_is_due_first_before_the_rest(
    project: Project, annotator: User, manager: User
) -> None:
    begun, whenever, later, sooner = make_articles(project, 4)
    annotate(begun, annotator)
    give([whenever], manager, annotator=1)
    give([later], manager, days=5, annotator=1)
    give([sooner], manager, days=1, annotator=1)
    order = [claim_next(project=project, user=annotator)]
    for _ in range(3):
        Assignment.objects.filter(article=order[-1]).update(submitted_at=timezone.now())
        order.append(claim_next(project=project, user=annotator))
    assert order == [sooner, later, whenever, begun]


def test_unfinished_articles_go_to_somebody_else_with_their_due_dates(
    project: Project, annotator: User, other: User, manager: User
) -> None:
    first, second = make_articles(project, 2)
    give([first, second], manager, days=3, annotator=1)
    annotate(first, annotator)
    skip_article(article=second, user=other, reason="No")
    ids = [first.pk, second.pk]
    assert pass_on(project=project, user=annotator, articles=ids, to=other, by=manager) == (2, 1)
    mine = Assignment.objects.of(other).given().get()
    assert (mine.article, mine.due_on) == (first, TODAY + timedelta(days=3))
    assert Assignment.objects.get(article=first, user=annotator).returned_by == manager
    assert claim_next(project=project, user=make_member(project)) == second
    assert pass_on(project=project, user=other, articles=ids, to=annotator, by=manager) == (1, 1)
    assert claim_next(project=project, user=annotator) == first


def test_only_members_who_may_annotate_are_given_articles_of_the_project(
    project: Project, annotator: User, viewer: User, stranger: User, manager: User
) -> None:
    article = make_article(project)
    for name in ("viewer", "stranger", "nobody"):
        with pytest.raises(Refused, match=f"not {name}"):
            give([article], manager, **{name: 1})
    with pytest.raises(Refused, match="at least one person"):
        give([article], manager, annotator=0)
    foreign = make_article(make_project())
    foreign.project = project
    with pytest.raises(Refused, match="None of these"):
        give([foreign], manager, annotator=1)
