from __future__ import annotations

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.models import Article, Edit, Layer, Review, Span, Status
from articles.services.assignments.claiming import submit_article
from articles.services.edits import edit_gold_layer
from articles.services.gold.approving import approve, send_back
from articles.services.projects.managing import change_project
from tests.builders import add_span, annotate, make_article, make_member, make_submitted


def gold_spans(article: Article) -> set[tuple[int, int, str]]:
    rows = Span.objects.filter(layer__article=article, layer__kind=Layer.Kind.GOLD)
    return set(rows.values_list("start", "end", "label"))


def test_one_annotator_s_submission_is_the_draft_of_gold(project: Project, annotator: User) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    assert gold_spans(article) == {(25, 39, "PERSON")}
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED


def test_of_two_submissions_gold_begins_with_what_both_say(project: Project, annotator: User) -> None:
    change_project(project=project, changes={"annotators_per_article": 2})
    article, other = make_article(project), make_member(project)
    annotate(article, annotator, add_span(), add_span(0, 6, "GPE"))
    annotate(article, other, add_span(), add_span(0, 6, "LOC"))
    assert submit_article(article=article, by=annotator) == Status.IN_PROGRESS
    assert submit_article(article=article, by=other) == Status.SUBMITTED
    assert gold_spans(article) == {(25, 39, "PERSON")}


def test_the_draft_is_in_the_history(project: Project, annotator: User) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    edit = Edit.objects.get(layer__kind=Layer.Kind.GOLD)
    assert (edit.op, len(edit.data["spans"]), edit.version) == ("draft_gold", 1, 1)


def test_approving_makes_gold_and_closes_it(project: Project, annotator: User, reviewer: User) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    assert approve(article=article, by=reviewer) == Status.GOLD
    assert approve(article=article, by=reviewer) == Status.GOLD
    assert Review.objects.count() == 1
    with pytest.raises(Refused, match="approved"):
        edit_gold_layer(article=article, by=reviewer, edits=[add_span(0, 6, "GPE")])


def test_only_what_the_reviewer_saw_becomes_gold(project: Project, annotator: User, reviewer: User) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    seen = Layer.objects.gold().get(article=article).version
    edit_gold_layer(article=article, by=make_member(project, "reviewer"), edits=[add_span(0, 6, "GPE")])
    with pytest.raises(Refused, match="Somebody else has changed gold"):
        approve(article=article, by=reviewer, version=seen)
    assert approve(article=article, by=reviewer, version=seen + 1) == Status.GOLD


def test_sending_back_reopens_the_annotator_s_layer(
    project: Project, annotator: User, reviewer: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    assert send_back(article=article, by=reviewer, comment="Label the place.") == Status.IN_PROGRESS
    outcome = annotate(article, annotator, add_span(0, 6, "GPE"))
    assert outcome.results[0].status == "applied"
    assert submit_article(article=article, by=annotator) == Status.SUBMITTED
    assert gold_spans(article) == {(25, 39, "PERSON"), (0, 6, "GPE")}


def test_a_reviewer_s_corrections_outlive_sending_back(
    project: Project, annotator: User, reviewer: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    edit_gold_layer(article=article, by=reviewer, edits=[add_span(0, 6, "GPE")])
    send_back(article=article, by=reviewer, comment="")
    submit_article(article=article, by=annotator)
    assert (0, 6, "GPE") in gold_spans(article)
    article.refresh_from_db()
    assert article.status == Status.IN_REVIEW


def test_gold_can_be_taken_back_into_review(project: Project, annotator: User, reviewer: User) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    approve(article=article, by=reviewer)
    assert send_back(article=article, by=reviewer, comment="") == Status.IN_REVIEW


def test_nobody_to_send_back_to_is_said(project: Project, reviewer: User) -> None:
    with pytest.raises(Refused, match="Nobody has submitted"):
        send_back(article=make_article(project), by=reviewer, comment="")
