from __future__ import annotations

import pytest

from annotator.lib.errors import NotPermitted, Refused
from annotator.users.models import Project, User
from articles.models import Article, Assignment, Edit, Status
from articles.services.assignments.claiming import (
    claim_article,
    claim_next,
    flag_article,
    skip_article,
    submit_article,
)
from tests.builders import annotate, make_article, make_articles, make_member


def test_asking_ahead_claims_the_article_after_the_open_one(project: Project, annotator: User) -> None:
    first, second = make_articles(project, 2)
    assert claim_next(project=project, user=annotator) == first
    assert claim_next(project=project, user=annotator, after=first.pk) == second
    assert claim_next(project=project, user=annotator, after=second.pk) == first
    submit_article(article=first, by=annotator)
    assert claim_next(project=project, user=annotator, after=second.pk) is None


def test_a_skipped_article_is_free_for_others_and_not_offered_again(
    project: Project, annotator: User
) -> None:
    first, second = make_articles(project, 2)
    claim_next(project=project, user=annotator)
    skip_article(article=first, user=annotator, reason=" no news ")
    assert Assignment.objects.get().skip_reason == "no news"
    assert Article.objects.get(pk=first.pk).status == Status.NEW
    assert claim_next(project=project, user=annotator) == second
    assert claim_next(project=project, user=make_member(project)) == first


def test_what_was_done_before_skipping_stays_and_editing_takes_it_up_again(
    project: Project, annotator: User
) -> None:
    article = make_article(project)
    annotate(article, annotator)
    skip_article(article=article, user=annotator, reason="Twice the same story")
    assert Edit.objects.count() == 1
    annotate(article, annotator)
    assert Assignment.objects.get().skipped_at is None
    assert Article.objects.get().status == Status.IN_PROGRESS


def test_a_skipped_article_that_somebody_else_took_has_no_room(project: Project, annotator: User) -> None:
    article = make_article(project)
    skip_article(article=article, user=annotator, reason="Hard")
    claim_article(article=article, user=make_member(project))
    with pytest.raises(NotPermitted, match="Somebody else"):
        claim_article(article=article, user=annotator)


def test_skipping_needs_a_reason_and_an_article_not_handed_in(project: Project, annotator: User) -> None:
    article = make_article(project)
    with pytest.raises(Refused, match="few words"):
        skip_article(article=article, user=annotator, reason=" \n")
    submit_article(article=article, by=annotator)
    with pytest.raises(Refused, match="submitted"):
        skip_article(article=article, user=annotator, reason="Late")


def test_flagged_articles_come_last(project: Project, annotator: User) -> None:
    first, second, third = make_articles(project, 3)
    flag_article(article=first, user=annotator, flagged=True, note="Is this a name?")
    assert claim_next(project=project, user=annotator) == second
    flag_article(article=second, user=annotator, flagged=True)
    assert claim_next(project=project, user=annotator) == third
    submit_article(article=third, by=annotator)
    assert claim_next(project=project, user=annotator) == first
    assert claim_next(project=project, user=annotator, after=first.pk) == second
    flag_article(article=second, user=annotator, flagged=False)
    assert claim_next(project=project, user=annotator) == second


def test_handing_in_takes_the_flag_away(project: Project, annotator: User) -> None:
    article = make_article(project)
    flag_article(article=article, user=annotator, flagged=True, note="?")
    submit_article(article=article, by=annotator)
    assert (Assignment.objects.get().flagged_at, Assignment.objects.get().flag_note) == (None, "")
