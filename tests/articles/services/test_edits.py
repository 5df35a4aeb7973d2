"""How nothing is lost: edits arrive once, in order, and are answered the same every time."""

from __future__ import annotations

import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from annotator.lib.errors import NotPermitted, Refused
from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.models import Article, Assignment, Edit, Layer, Span, Status
from articles.services.assignments.claiming import submit_article
from articles.services.edits import edit_gold_layer
from tests.builders import add_span, annotate, make_article, make_member


def test_the_first_edit_opens_the_layer_and_claims_the_article(project: Project, annotator: User) -> None:
    article = make_article(project)
    outcome = annotate(article, annotator)
    assert (outcome.version, outcome.results[0].status) == (1, "applied")
    assert Assignment.objects.filter(article=article, user=annotator).exists()
    article.refresh_from_db()
    assert article.status == Status.IN_PROGRESS


def test_sending_a_batch_twice_changes_nothing(project: Project, annotator: User) -> None:
    article = make_article(project)
    batch = [add_span(), add_span(0, 6, "GPE"), add_span(0, 999, "GPE")]
    first = annotate(article, annotator, *batch)
    second = annotate(article, annotator, *batch)
    assert [one.status for one in first.results] == ["applied", "applied", "rejected"]
    assert [one.status for one in second.results] == ["duplicate", "duplicate", "rejected"]
    assert second.results[2].reason == first.results[2].reason
    assert (second.version, Span.objects.count()) == (2, 2)


def test_a_refused_edit_stays_refused_though_it_would_fit_now(project: Project, annotator: User) -> None:
    article = make_article(project)
    first = add_span(label="PERSON")
    crossing = add_span(30, 45, "ORG")
    remove = EditRequest(uuid4(), "remove_span", {"id": first.data["id"]})
    for _ in range(2):
        outcome = annotate(article, annotator, first, crossing, remove)
        assert outcome.results[1].status == "rejected"
    assert not Span.objects.exists()


def test_an_edit_id_of_another_layer_is_refused(project: Project, annotator: User) -> None:
    edit = add_span()
    annotate(make_article(project), annotator, edit)
    outcome = annotate(
        make_article(project, "Another text that is long enough for all of it."), annotator, edit
    )
    assert outcome.results[0].reason == "This edit id is in use elsewhere. Make a new one."


def test_a_span_id_of_another_layer_cannot_be_touched(project: Project, annotator: User) -> None:
    mine = add_span()
    annotate(make_article(project), annotator, mine)
    other = make_article(project, "Another text that is long enough for all of it.")
    stolen = replace(add_span(), data={**add_span().data, "id": mine.data["id"]})
    remove = EditRequest(uuid4(), "remove_span", {"id": mine.data["id"]})
    outcome = annotate(other, annotator, stolen, remove)
    assert [one.status for one in outcome.results] == ["rejected", "rejected"]
    assert Span.objects.count() == 1


def test_a_removed_span_comes_back_with_its_own_id(project: Project, annotator: User) -> None:
    """That is how undo works."""
    article = make_article(project)
    edit = add_span()
    annotate(article, annotator, edit, EditRequest(uuid4(), "remove_span", {"id": edit.data["id"]}))
    outcome = annotate(article, annotator, replace(edit, id=uuid4()))
    assert outcome.results[0].status == "applied"
    assert str(Span.objects.get().id) == edit.data["id"]


def test_a_change_of_a_span_that_is_gone_says_so(project: Project, annotator: User) -> None:
    article = make_article(project)
    outcome = annotate(
        article, annotator, EditRequest(uuid4(), "change_span", {"id": str(uuid4()), "end": 9})
    )
    assert "gone" in outcome.results[0].reason


def test_a_submitted_layer_is_closed_and_the_edit_is_not_used_up(project: Project, annotator: User) -> None:
    article = make_article(project)
    annotate(article, annotator)
    submit_article(article=article, by=annotator)
    with pytest.raises(Refused, match="Reopen"):
        annotate(article, annotator, add_span(0, 6, "GPE"))
    assert Edit.objects.filter(author=annotator).count() == 1


def test_an_article_that_is_taken_stays_with_its_annotator(project: Project, annotator: User) -> None:
    article = make_article(project)
    annotate(article, annotator)
    with pytest.raises(NotPermitted, match="Somebody else"):
        annotate(article, make_member(project))
    assert Layer.objects.count() == 1


def test_a_reviewer_may_make_gold_directly(project: Project, reviewer: User) -> None:
    article = make_article(project)
    edit_gold_layer(article=article, by=reviewer, edits=[add_span()])
    article.refresh_from_db()
    assert article.status == Status.IN_REVIEW


def test_history_rows_never_change(project: Project, annotator: User) -> None:
    annotate(make_article(project), annotator)
    with pytest.raises(Exception, match="never changes"):
        Edit.objects.update(op="remove_span")


def test_the_database_refuses_a_span_outside_the_text(project: Project, annotator: User) -> None:
    article = make_article(project)
    annotate(article, annotator)
    layer = Layer.objects.get(article=article)
    with pytest.raises(Exception, match="outside article"):
        Span.objects.create(id=uuid4(), layer=layer, start=0, end=article.length + 1, label="ORG")


def test_one_more_span_of_a_thousand_takes_no_more_queries(
    project: Project, annotator: User, django_assert_max_num_queries
) -> None:
    article = make_article(project, "ab " * 1100)
    annotate(article, annotator, *(add_span(3 * n, 3 * n + 2) for n in range(500)))
    with django_assert_max_num_queries(14):
        annotate(article, annotator, add_span(3000, 3002))


@pytest.mark.django_db(transaction=True)
def test_eight_clients_on_one_layer_lose_nothing(project: Project, reviewer: User) -> None:
    article = make_article(project, "ab " * 400)

    def client(number: int) -> None:
        try:
            for n in range(10):
                start = 3 * (number * 10 + n)
                outcome = edit_gold_layer(article=article, by=reviewer, edits=[add_span(start, start + 2)])
                assert outcome.results[0].status == "applied"
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Span.objects.count() == 80
    assert Layer.objects.get().version == 80
    assert list(Edit.objects.order_by("version").values_list("version", flat=True)) == list(range(1, 81))


def test_edits_of_an_archived_article_are_not_reachable(project: Project, annotator: User) -> None:
    article = make_article(project)
    assert Article.objects.visible_to(annotator).filter(pk=article.pk).exists()
    Article.objects.filter(pk=article.pk).update(archived_at="2026-01-01T00:00Z")
    assert not Article.objects.visible_to(annotator).filter(pk=article.pk).exists()
