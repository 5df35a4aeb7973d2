"""Edits that come after the text they were made in was corrected."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotator.users.models import Project, Role, User
from articles.domain.layers.edits import EditRequest
from articles.models import Article, CorrectionTodo, Edit, Layer, Relation, Span
from articles.services.corrections.correcting import correct_text, undo_correction
from articles.services.corrections.late_edits import edit_layer
from tests.at_once import at_once
from tests.builders import TEXT, add_span, annotate, make_article, make_member, make_project

NEW = "CORRECTED. " + TEXT.replace("14 ships", "a fleet")
NEWER = "Again " + NEW


def correct(article: Article, text: str, by: User) -> Article:
    return correct_text(article=article, text=text, by=by, enqueue_run=lambda _: None).article


def at(words: str, label: str = "GPE") -> EditRequest:
    return add_span(TEXT.index(words), TEXT.index(words) + len(words), label)


@pytest.fixture
def article(project: Project, annotator: User) -> Article:
    article = make_article(project)
    annotate(article, annotator, at("Mara Ellingsen", "PERSON"))
    return article


def test_they_are_made_on_the_same_words_of_the_text_as_it_is_now(
    article: Article, annotator: User, manager: User
) -> None:
    person = Span.objects.get(layer__user=annotator)
    correct(article, NEW, manager)
    current = correct(Article.objects.select_related("project").get(text=NEW), NEWER, manager)
    norway = at("Norway")
    link = {"id": str(uuid4()), "type": "located_in", "source": str(person.pk), "target": norway.data["id"]}
    edits = [
        norway,
        EditRequest(uuid4(), "change_span", {"id": str(person.pk), "label": "ORG"}),
        EditRequest(uuid4(), "remove_span", {"id": norway.data["id"]}),
        EditRequest(uuid4(), "add_relation", link),
    ]
    outcome = edit_layer(article=article, by=annotator, edits=edits, gold=False)
    assert outcome.current == current.pk
    assert [one.status for one in outcome.results] == ["applied", "applied", "applied", "rejected"]
    layer = Layer.objects.get(article=current, user=annotator)
    assert [(NEWER[one.start : one.end], one.label) for one in layer.spans.all()] == [
        ("Mara Ellingsen", "ORG")
    ]
    assert not Relation.objects.exists()
    assert Span.objects.get(pk=person.pk).label == "PERSON"


def test_sent_twice_they_are_made_once(article: Article, annotator: User, manager: User) -> None:
    first, late = at("Norway"), at("Monday")
    annotate(article, annotator, first)
    current = correct(article, NEW, manager)
    gone = at("14 ships", "ORG")
    answers = [
        edit_layer(article=article, by=annotator, edits=[first, late, gone], gold=False) for _ in range(2)
    ]
    statuses = [[one.status for one in answer.results] for answer in answers]
    assert statuses == [["duplicate", "applied", "rejected"], ["duplicate", "duplicate", "rejected"]]
    assert Span.objects.filter(layer__article=current).count() == 3
    assert Edit.objects.filter(pk=gone.id).count() == 1


def test_what_has_no_place_any_more_is_refused_with_its_words_and_listed(
    article: Article, annotator: User, manager: User
) -> None:
    correct(article, NEW, manager)
    outcome = edit_layer(article=article, by=annotator, edits=[at("14 ships", "ORG")], gold=False)
    assert "“14 ships”" in outcome.results[0].reason
    lost = CorrectionTodo.objects.open().for_caller(annotator, reviews=False).get(kind="lost")
    assert TEXT[lost.was_start : lost.was_end] == "14 ships"


def test_edits_of_a_text_that_was_taken_back_go_to_the_one_before(
    article: Article, annotator: User, manager: User
) -> None:
    person = Span.objects.get(layer__user=annotator)
    made = correct_text(article=article, text=NEW, by=manager, enqueue_run=lambda _: None)
    undone = Span.objects.get(layer__article=made.article)
    undo_correction(correction=made, by=manager)
    edit = EditRequest(uuid4(), "remove_span", {"id": str(undone.pk)})
    outcome = edit_layer(article=made.article, by=annotator, edits=[edit], gold=False)
    assert (outcome.current, outcome.results[0].status) == (article.pk, "applied")
    assert not Span.objects.filter(pk=person.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_when_a_correction_meets_those_who_work() -> None:
    project, people = make_project(annotators_per_article=5), []
    manager = make_member(project, Role.MANAGER)
    article = make_article(project, text="ab " * 100)
    for _ in range(3):
        people.append(make_member(project))
        annotate(article, people[-1], add_span(0, 2))

    def work(number: int) -> None:
        if number == len(people):
            correct(article, "New words. " + "ab " * 100, manager)
            return
        for n in range(1, 9):
            edits = [add_span(3 * n, 3 * n + 2)]
            outcome = edit_layer(article=article, by=people[number], edits=edits, gold=False)
            assert outcome.results[0].status == "applied"

    at_once(len(people) + 1, work)
    layers = Layer.objects.filter(article__archived_at__isnull=True)
    assert [layer.spans.count() for layer in layers] == [9, 9, 9]


def test_who_had_not_begun_begins_in_the_text_as_it_is_now(
    article: Article, reviewer: User, manager: User
) -> None:
    current = correct(article, NEW, manager)
    outcome = edit_layer(article=article, by=reviewer, edits=[at("Norway")], gold=True)
    assert outcome.current == current.pk
    assert Span.objects.filter(layer__article=current, layer__kind="gold").count() == 1
    assert not Layer.objects.gold().filter(article=article).exists()
