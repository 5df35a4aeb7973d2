from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import Project, Role, User
from articles.models import Article, Assignment, Status
from articles.services.assignments.claiming import claim_next, reopen_own, submit_article
from articles.services.gold.approving import approve, send_back
from articles.services.projects.managing import change_project
from tests.at_once import at_once
from tests.builders import annotate, make_article, make_articles, make_member, make_project, make_submitted


def test_next_is_what_one_has_begun_else_the_oldest_free(project: Project, annotator: User) -> None:
    first, second = make_articles(project, 2)
    assert claim_next(project=project, user=annotator) == first
    assert claim_next(project=project, user=annotator) == first
    submit_article(article=first, by=annotator)
    assert claim_next(project=project, user=annotator) == second
    submit_article(article=second, by=annotator)
    assert claim_next(project=project, user=annotator) is None


def test_an_article_goes_to_as_many_as_the_project_asks_for(project: Project, annotator: User) -> None:
    change_project(project=project, changes={"annotators_per_article": 2})
    article = make_article(project)
    second, third = make_member(project), make_member(project)
    assert claim_next(project=project, user=annotator) == article
    assert claim_next(project=project, user=second) == article
    assert claim_next(project=project, user=third) is None


@pytest.mark.django_db(transaction=True)
def test_ten_people_asking_at_once_get_ten_articles() -> None:
    project = make_project()
    make_articles(project, 10)
    people = [make_member(project) for _ in range(10)]
    got: list[int] = []

    def ask(number: int) -> None:
        article = claim_next(project=project, user=people[number])
        assert article is not None
        got.append(article.pk)

    at_once(10, ask)
    assert len(set(got)) == 10
    assert Assignment.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_one_person_asking_six_times_at_once_gets_one_article() -> None:
    project = make_project()
    make_articles(project, 6)
    person = make_member(project)
    found: list[Article | None] = []
    at_once(6, lambda _: found.append(claim_next(project=project, user=person)))
    assert len(found) == 6
    assert len(set(found)) == Assignment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_editing_submitting_and_reviewing_at_once_wait_in_no_circle() -> None:
    project = make_project()
    change_project(project=project, changes={"annotators_per_article": 2})
    article = make_article(project)
    people = [make_member(project), make_member(project)]
    reviewer = make_member(project, Role.REVIEWER)
    verbs: list[Callable[[], object]] = [
        *(partial(submit_article, article=article, by=one) for one in people),
        *(partial(annotate, article, one) for one in people),
        partial(send_back, article=article, by=reviewer, comment=""),
        partial(approve, article=article, by=reviewer),
    ]

    def work(number: int) -> None:
        for _ in range(8):
            with suppress(Refused):
                verbs[number]()

    at_once(len(verbs), work)


def test_submitting_twice_is_harmless(project: Project, annotator: User) -> None:
    article = make_article(project)
    annotate(article, annotator)
    assert submit_article(article=article, by=annotator) == Status.SUBMITTED
    assert submit_article(article=article, by=annotator) == Status.SUBMITTED


def test_one_may_take_back_a_submission_until_a_reviewer_has_begun(
    project: Project, annotator: User, reviewer: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    assert reopen_own(article=article, by=annotator) == Status.IN_PROGRESS
    submit_article(article=article, by=annotator)
    approve(article=article, by=reviewer)
    with pytest.raises(Refused, match="reviewer"):
        reopen_own(article=article, by=annotator)


def test_gold_articles_are_given_to_nobody(project: Project, annotator: User, reviewer: User) -> None:
    approve(article=make_article(project), by=reviewer)
    assert Article.objects.get().status == Status.GOLD
    assert claim_next(project=project, user=annotator) is None
