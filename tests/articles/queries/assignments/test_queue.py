from __future__ import annotations

import pytest

from annotator.users.models import Project, QueueOrder, User
from articles.models import Article, Rank
from articles.queries.assignments.queue import queue_of
from articles.services.assignments.claiming import claim_next, skip_article, submit_article
from articles.services.assignments.ranks import set_priority
from articles.services.projects.managing import change_project
from tests.builders import annotate, make_articles, make_member, make_project


def order(project: Project, order: QueueOrder) -> Project:
    return change_project(project=project, changes={"queue_order": order})


def offered(project: Project, user: User, after: int | None = None) -> list[int]:
    return [one.pk for stretch in queue_of(project, user, after=after) for one in stretch]


def ids(articles: list[Article]) -> list[int]:
    return [one.pk for one in articles]


def test_the_oldest_come_first_unless_the_project_says_otherwise(project: Project, annotator: User) -> None:
    articles = make_articles(project, 4)
    assert offered(project, annotator) == ids(articles)


def test_by_priority_the_highest_first_and_what_can_wait_last(project: Project, annotator: User) -> None:
    low, plain, high, higher = make_articles(project, 4)
    order(project, QueueOrder.PRIORITY)
    for article, priority in ((low, -1), (high, 1), (higher, 9)):
        set_priority(articles=[article.pk], project=project, priority=priority)
    assert offered(project, annotator) == ids([higher, high, plain, low])
    set_priority(articles=[high.pk], project=project, priority=0)
    assert offered(project, annotator) == ids([higher, plain, high, low])


@pytest.mark.parametrize("made", [QueueOrder.GAIN, QueueOrder.EASE])
def test_a_made_order_is_followed_and_new_articles_come_after_it(
    project: Project, annotator: User, made: QueueOrder
) -> None:
    first, second, new = make_articles(project, 3)
    Rank.objects.create(article=first, project=project, **{made.value: 0.1})
    Rank.objects.create(article=second, project=project, **{made.value: 0.2})
    Rank.objects.create(article=new, project=project, priority=5)
    order(project, made)
    assert offered(project, annotator) == ids([second, first, new])
    assert claim_next(project=project, user=annotator) == second


def test_at_random_everybody_still_gets_every_article_once(project: Project, annotator: User) -> None:
    articles = make_articles(project, 5)
    order(project, QueueOrder.RANDOM)
    assert sorted(offered(project, annotator)) == ids(articles)
    got = set()
    for _ in articles:
        article = claim_next(project=project, user=annotator)
        assert article
        annotate(article, annotator)
        submit_article(article=article, by=annotator)
        got.add(article.pk)
    assert got == set(ids(articles))


def test_nobody_is_offered_what_is_taken_finished_skipped_or_of_another_project(
    project: Project, annotator: User
) -> None:
    taken, skipped, free = make_articles(project, 3)
    make_articles(make_project(), 2)
    assert claim_next(project=project, user=make_member(project)) == taken
    skip_article(article=skipped, user=annotator, reason="A table")
    assert offered(project, annotator) == [free.pk]
    assert offered(project, annotator, after=free.pk) == []
