from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from annotator.lib.errors import NotPermitted
from annotator.users.models import Project, User
from articles.models import Article, Assignment, Span, Status
from articles.services.assignments.claiming import claim_next, reopen_own, skip_article, submit_article
from articles.services.assignments.handouts import give_articles
from articles.services.assignments.leases import return_expired, withdraw_articles
from articles.services.assignments.sittings import record_time
from articles.services.projects.managing import change_project
from articles.tasks.assignments import return_expired_assignments
from tests.builders import annotate, make_article, make_articles, make_member, make_submitted


def leave_alone(days: float) -> None:
    Assignment.objects.update(touched_at=timezone.now() - timedelta(days=days))


def test_what_is_left_alone_goes_back_and_what_was_typed_stays(project: Project, annotator: User) -> None:
    article = make_article(project)
    annotate(article, annotator)
    leave_alone(6.9)
    assert return_expired_assignments() == 0
    leave_alone(7.1)
    assert return_expired_assignments() == 1
    assert return_expired_assignments() == 0
    assert Article.objects.get().status == Status.NEW
    assert Span.objects.filter(layer__user=annotator).count() == 1
    other = make_member(project)
    assert claim_next(project=project, user=other) == article
    with pytest.raises(NotPermitted, match="Somebody else"):
        annotate(article, annotator)


def test_who_comes_back_takes_it_up_again_while_there_is_room(project: Project, annotator: User) -> None:
    older, begun = make_articles(project, 2)
    skip_article(article=older, user=annotator, reason="A table")
    annotate(begun, annotator)
    leave_alone(8)
    return_expired()
    assert claim_next(project=project, user=annotator) == begun
    assert Assignment.objects.get(article=begun).returned_at is None
    leave_alone(8)
    return_expired()
    annotate(begun, annotator)
    assert Article.objects.get(pk=begun.pk).status == Status.IN_PROGRESS
    assert return_expired() == 0


def test_edits_and_sittings_prolong_and_so_does_taking_work_back(project: Project, annotator: User) -> None:
    edited, sat_at, reopened = make_articles(project, 3)
    for article in (edited, sat_at):
        annotate(article, annotator)
    make_submitted(reopened, annotator)
    leave_alone(8)
    annotate(edited, annotator)
    record_time(article=sat_at, user=annotator, sitting=uuid4(), seconds=5)
    reopen_own(article=reopened, by=annotator)
    assert return_expired() == 0


def test_handed_in_given_and_projects_without_leases_are_left_alone(
    project: Project, annotator: User, manager: User
) -> None:
    done, given, taken = make_articles(project, 3)
    make_submitted(done, annotator)
    weights = {"annotator": 1}
    give_articles(project=project, articles=[given.pk], weights=weights, each=1, due_on=None, by=manager)
    leave_alone(400)
    assert return_expired() == 0
    annotate(taken, annotator)
    leave_alone(400)
    change_project(project=project, changes={"lease_days": 0})
    assert return_expired() == 0
    change_project(project=project, changes={"lease_days": 365})
    assert return_expired() == 1
    assert Assignment.objects.get(article=taken).returned_by is None


def test_what_a_manager_withdraws_is_not_offered_again_but_can_be_taken_up(
    project: Project, annotator: User, manager: User
) -> None:
    article = make_article(project)
    annotate(article, annotator)
    gone = withdraw_articles(project=project, user=annotator, articles=[article.pk], by=manager)
    assert gone == [article.pk]
    assert withdraw_articles(project=project, user=annotator, articles=[article.pk], by=manager) == []
    assert claim_next(project=project, user=annotator) is None
    annotate(article, annotator)
    assert submit_article(article=article, by=annotator) == Status.SUBMITTED
