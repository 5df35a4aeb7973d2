from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.domain.assignments.draws import is_drawn
from articles.models import Article, Job, Layer, Status
from articles.services.articles import refresh_status
from articles.services.assignments import rooms
from articles.services.assignments.claiming import claim_article, claim_next, skip_article
from articles.services.projects.managing import change_project
from articles.tasks.assignments import draft_gold_where_missing
from articles.tasks.rooms import settle_rooms
from tests.builders import annotate, make_articles, make_member, make_submitted

HALF = {"annotators_per_article": 2, "overlap_share": 50}


def with_room(project: Project) -> set[int]:
    return set(Article.objects.of(project).with_room().values_list("pk", flat=True))


def drawn(articles: list[Article], percent: int) -> set[int]:
    return {one.pk for one in articles if is_drawn(percent, one.pk)}


def test_only_a_drawn_share_is_annotated_by_several(project: Project, annotator: User) -> None:
    change_project(project=project, changes=HALF)
    articles = make_articles(project, 12)
    twice = drawn(articles, 50)
    assert 0 < len(twice) < 12
    for article in articles:
        make_submitted(article, annotator)
    assert with_room(project) == twice
    done = Article.objects.filter(status=Status.SUBMITTED).values_list("pk", flat=True)
    assert set(done) == {one.pk for one in articles} - twice
    second, third = make_member(project), make_member(project)
    got = set()
    while following := claim_next(project=project, user=second):
        make_submitted(following, second)
        got.add(following.pk)
    assert got == twice
    assert claim_next(project=project, user=third) is None


def test_changing_the_share_or_the_number_settles_what_was_claimed_before(
    project: Project, annotator: User
) -> None:
    articles = make_articles(project, 12)
    for article in articles:
        make_submitted(article, annotator)
    assert with_room(project) == set()
    change_project(project=project, changes={"annotators_per_article": 2})
    assert with_room(project) == {one.pk for one in articles}
    assert not Article.objects.filter(status=Status.SUBMITTED).exists()
    change_project(project=project, changes={"overlap_share": 50})
    assert with_room(project) == drawn(articles, 50)
    change_project(project=project, changes={"overlap_share": 80})
    assert with_room(project) == drawn(articles, 80) >= drawn(articles, 50)
    assert Article.objects.filter(status=Status.SUBMITTED).count() == 12 - len(drawn(articles, 80))


def test_where_many_were_claimed_a_worker_settles_them_and_twice_does_no_harm(
    project: Project, annotator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = make_articles(project, 3)
    for article in articles:
        claim_article(article=article, user=annotator)
        refresh_status(article_id=article.pk)
    monkeypatch.setattr(rooms, "AT_ONCE", 2)
    monkeypatch.setattr(rooms, "BATCH", 2)
    jobs: list[int] = []
    changes = {"annotators_per_article": 2}
    change_project(project=project, changes=changes, enqueue_rooms=jobs.append)
    assert with_room(project) == set()
    (job,) = jobs
    settle_rooms(job)
    settle_rooms(job)
    assert with_room(project) == {one.pk for one in articles}
    done = Job.objects.get(pk=job)
    assert (done.state, done.done, done.total, done.attempts) == (Job.State.SUCCEEDED, 3, 3, 1)


def test_what_waits_for_review_because_fewer_are_asked_for_has_a_draft_of_gold(
    project: Project, annotator: User
) -> None:
    change_project(project=project, changes={"annotators_per_article": 2})
    (article,) = make_articles(project, 1)
    make_submitted(article, annotator)
    assert draft_gold_where_missing() == 0
    change_project(project=project, changes={"annotators_per_article": 1})
    assert (draft_gold_where_missing(), draft_gold_where_missing()) == (1, 0)
    assert Layer.objects.gold().get().spans.count() == 1


def test_room_follows_claims_skips_and_gold(project: Project, annotator: User) -> None:
    (article,) = make_articles(project, 1)
    assert with_room(project) == {article.pk}
    annotate(article, annotator)
    assert with_room(project) == set()
    skip_article(article=article, user=annotator, reason="No")
    assert with_room(project) == {article.pk}
