"""Texts that are corrected, with what people had made."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import AuditEntry, Project, User
from articles.domain.layers.edits import EditRequest
from articles.models import (
    Article,
    Assignment,
    Correction,
    CorrectionTodo,
    Edit,
    Layer,
    Notification,
    Span,
    Status,
    Thread,
)
from articles.queries.corrections.versions import TextCorrected, text_that_counts, versions_of
from articles.queries.layers.history import layer_at
from articles.services.assignments.claiming import submit_article
from articles.services.corrections.correcting import correct_text, undo_correction
from articles.services.gold.approving import approve
from articles.services.threads import Anchor, begin_thread
from tests.builders import TEXT, add_span, annotate, make_article

NEW = "CORRECTED. " + TEXT.replace("14 ships", "41 ferries")


def correct(article: Article, text: str, by: User) -> Correction:
    return correct_text(article=article, text=text, by=by, reason="A number", enqueue_run=lambda _: None)


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def surfaces(article: Article, **of: object) -> list[str]:
    spans = Span.objects.filter(layer__in=Layer.objects.filter(article=article, **of)).order_by("start")
    return [article.text[one.start : one.end] for one in spans]


@pytest.fixture
def article(project: Project, annotator: User) -> Article:
    """An annotator marked a person and a count, linked them, and has begun a thread at the person."""
    article = make_article(project, external_id="wire-1")
    person, count = add_span(*place("Mara Ellingsen")), add_span(*place("14 ships"), label="ORG")
    annotate(article, annotator, person, count)
    where = Anchor(*place("Mara Ellingsen"), span=person.data["id"])
    begin_thread(article=article, by=annotator, thread=uuid4(), comment=uuid4(), text="Who?", place=where)
    return article


def test_the_new_text_has_what_people_made_and_the_old_one_stays_as_it_was(
    article: Article, annotator: User, manager: User
) -> None:
    rows = Span.objects.filter(layer__article=article)
    before = set(rows.values_list("id", "start", "end", "label"))
    new = correct(article, NEW, manager).article
    assert set(rows.all().values_list("id", "start", "end", "label")) == before
    assert surfaces(new, user=annotator) == ["Mara Ellingsen", "41 ferries"]
    article.refresh_from_db()
    new.refresh_from_db()
    assert (article.text, article.external_id, article.archived_at is None) == (TEXT, "", False)
    assert (new.text, new.external_id, new.archived_at) == (NEW, "wire-1", None)
    assert new.status == Status.IN_PROGRESS
    assert Assignment.objects.get(article=new).user == annotator
    thread = Thread.objects.get(article=new)
    assert NEW[thread.start : thread.end] == "Mara Ellingsen"
    assert thread.span in new.layers.values_list("spans", flat=True)
    assert [(one.number, one.is_current) for one in versions_of(article)] == [(2, True), (1, False)]


def test_the_sum_of_the_edits_is_the_carried_layer(article: Article, annotator: User, manager: User) -> None:
    suggestion = {"start": 0, "end": 6, "label": "GPE", "id": str(uuid4())}
    annotate(article, annotator, EditRequest(uuid4(), "reject_suggestion", suggestion))
    new = correct(article, NEW, manager).article
    layer = Layer.objects.get(article=new, user=annotator)
    past = layer_at(layer, new, layer.version)
    assert len(past["spans"]) == layer.spans.count() == 2
    assert [NEW[one["start"] : one["end"]] for one in past["rejected"]] == ["BERGEN"]


def test_what_is_doubtful_is_listed_and_settled_by_an_edit_of_the_span(
    article: Article, annotator: User, manager: User
) -> None:
    new = correct(article, NEW, manager).article
    listed = CorrectionTodo.objects.open().for_caller(annotator, reviews=False)
    kinds = {(one.kind, NEW[one.start : one.end]) for one in listed}
    assert kinds == {("new", "CORRECTED"), ("changed", "41 ferries")}
    todo = listed.get(kind="changed")
    assert TEXT[todo.was_start : todo.was_end] == "14 ships"
    annotate(new, annotator, EditRequest(uuid4(), "remove_span", {"id": str(todo.span)}))
    assert [one.kind for one in listed.all()] == ["new"]
    assert not CorrectionTodo.objects.open().for_caller(manager, reviews=True)
    told = Notification.objects.get(user=annotator, kind="corrected")
    assert (told.article, told.data["count"]) == (new, 2)


def test_gold_stays_final_only_where_nothing_is_doubtful(
    article: Article, annotator: User, reviewer: User, manager: User
) -> None:
    submit_article(article=article, by=annotator)
    approve(article=article, by=reviewer)
    cut = correct(article, TEXT.replace(" on Monday", ""), manager).article
    cut.refresh_from_db()
    assert cut.status == Status.GOLD
    changed = correct(cut, NEW, manager).article
    changed.refresh_from_db()
    assert changed.status == Status.IN_REVIEW
    assert Layer.objects.get(article=changed, user=annotator).submitted_at
    assert Notification.objects.filter(user=reviewer, kind="corrected", article=changed).exists()


def test_a_correction_is_taken_back_until_somebody_has_worked(
    article: Article, annotator: User, manager: User
) -> None:
    first = correct(article, NEW, manager)
    undo_correction(correction=first, by=manager)
    article.refresh_from_db()
    assert (article.archived_at, article.external_id) == (None, "wire-1")
    assert text_that_counts(first.article_id) == text_that_counts(article.pk) == article.pk
    annotate(article, annotator, add_span(*place("Monday"), label="GPE"))
    second = correct(article, NEW, manager)
    assert second.number == 2
    annotate(second.article, annotator, add_span(*place("BERGEN", NEW), label="GPE"))
    with pytest.raises(Refused, match="worked on the corrected text"):
        undo_correction(correction=second, by=manager)
    verbs = AuditEntry.objects.filter(verb__contains="correct").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["text-corrected", "correction-undone", "text-corrected"]


def test_nothing_is_written_into_the_old_text_any_more(
    article: Article, annotator: User, manager: User
) -> None:
    new = correct(article, NEW, manager).article
    edits = Edit.objects.count()
    with pytest.raises(TextCorrected) as refusal:
        annotate(article, annotator)
    assert refusal.value.article == new.pk
    with pytest.raises(TextCorrected):
        annotate(article, manager)
    with pytest.raises(TextCorrected):
        submit_article(article=article, by=annotator)
    with pytest.raises(TextCorrected):
        correct(article, "Another text.", manager)
    assert Edit.objects.count() == edits


@pytest.mark.parametrize("text", ["", " \n", "a\0b", "x" * 1_000_001])
def test_what_is_no_text_is_refused(article: Article, manager: User, text: str) -> None:
    with pytest.raises(Invalid):
        correct(article, text, manager)


def test_the_same_text_is_no_correction(article: Article, manager: User) -> None:
    with pytest.raises(Refused, match="already"):
        correct(article, TEXT, manager)
