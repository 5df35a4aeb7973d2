from __future__ import annotations

from uuid import uuid4

import pytest

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Membership, Project, Role, User
from articles.domain.bulk_edits import LABEL, RELABEL, REMOVE, Wish
from articles.domain.layers.edits import EditRequest
from articles.models import Article, BulkEdit, BulkPlace, Edit, Job, Layer, Span
from articles.queries.bulk_plans import (
    APPROVED,
    LINKED,
    NOT_YOURS,
    SUBMITTED,
    BulkRequest,
    Place,
    Target,
    plan_bulk_edit,
)
from articles.queries.concordance.search import UNLABELLED, Search
from articles.queries.layers.choice import LayerChoice
from articles.services.assignments.claiming import submit_article
from articles.services.bulk_articles import change_article
from articles.services.bulk_edits import (
    AT_WORK,
    PlanChanged,
    start_bulk_edit,
    undo_bulk_edit,
    work_on_bulk_edit,
)
from articles.services.edits import edit_gold_layer
from articles.services.gold.approving import send_back
from articles.services.jobs.lifecycle import retry_job
from tests.at_once import at_once
from tests.builders import add_span, annotate, make_article
from tests.scenarios.bulk_edits import change_in_bulk, places_of
from tests.scenarios.doubts import finish

MAKE_ORG = Wish(RELABEL, "ORG", of="GPE")


@pytest.fixture
def finished(project: Project) -> list[Article]:
    """Bergen: GPE twice, once without a label, once PERSON."""
    return [
        finish(project, "Ships left Bergen at noon.", ("Bergen", "GPE")),
        finish(project, "Bergen is calm.", ("Bergen", "GPE")),
        finish(project, "Nobody in Bergen knows.", ("Nobody", "PERSON")),
        finish(project, "Mr Bergen knows.", ("Bergen", "PERSON")),
    ]


def gold(article: Article) -> list[tuple[int, int, str]]:
    rows = Span.objects.filter(layer__article=article, layer__kind="gold").order_by("start")
    return list(rows.values_list("start", "end", "label"))


def states(bulk: BulkEdit) -> dict[str, int]:
    counts: dict[str, int] = {}
    for state in bulk.places.values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


def test_approved_gold_is_relabelled_by_logged_edits_and_stays_approved(
    project: Project, reviewer: User, finished: list[Article]
) -> None:
    bulk = change_in_bulk(project, reviewer, MAKE_ORG, Search("Bergen", labelled="GPE"))
    assert gold(finished[0]) == [(11, 17, "ORG")]
    assert gold(finished[3]) == [(3, 9, "PERSON")]
    assert (states(bulk), bulk.job.state, bulk.job.done) == ({"done": 2}, "succeeded", 2)
    layer = Layer.objects.gold().get(article=finished[0])
    assert layer.approved_by == reviewer
    edit = Edit.objects.get(layer=layer, op="change_span")
    assert (edit.author, edit.data["span"]["label"]) == (reviewer, "ORG")


def test_the_same_bulk_edit_asked_for_twice_is_done_once(
    project: Project, reviewer: User, manager: User, finished: list[Article]
) -> None:
    search = Search("Bergen", labelled=UNLABELLED)
    first = change_in_bulk(project, reviewer, Wish(LABEL, "GPE"), search)
    again = change_in_bulk(project, reviewer, Wish(LABEL, "GPE"), search, bulk_id=first.pk)
    assert (first, BulkEdit.objects.count(), Job.objects.count()) == (again, 1, 1)
    assert gold(finished[2]) == [(0, 6, "PERSON"), (10, 16, "GPE")]
    work_on_bulk_edit(first.job_id)
    assert Edit.objects.filter(op="add_span").count() == 1
    with pytest.raises(Invalid):
        change_in_bulk(project, manager, Wish(LABEL, "GPE"), search, bulk_id=first.pk)


def test_one_that_was_killed_goes_on_where_it_stopped(
    project: Project, reviewer: User, finished: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.services.bulk_edits.AT_ONCE", 0)
    asked: list[int] = []
    bulk = change_in_bulk(project, reviewer, Wish(REMOVE), Search("Bergen"), enqueue=asked.append)
    assert (asked, states(bulk)) == ([bulk.job_id], {"waiting": 3, "refused": 1})
    seen: list[int] = []

    def killed(**given: object) -> int:
        if seen:
            raise SystemExit
        seen.append(1)
        return change_article(**given)  # type: ignore[arg-type]

    monkeypatch.setattr("articles.services.bulk_edits.change_article", killed)
    with pytest.raises(SystemExit):
        work_on_bulk_edit(bulk.job_id)
    assert states(bulk) == {"done": 1, "waiting": 2, "refused": 1}
    monkeypatch.setattr("articles.services.bulk_edits.change_article", change_article)
    Job.objects.filter(pk=bulk.job_id).update(heartbeat_at="2020-01-01T00:00Z")
    work_on_bulk_edit(bulk.job_id)
    bulk.refresh_from_db()
    assert (states(bulk), bulk.job.state, bulk.job.done) == ({"done": 3, "refused": 1}, "succeeded", 3)
    assert [gold(one) for one in finished] == [[], [], [(0, 6, "PERSON")], []]
    assert Edit.objects.filter(op="remove_span").count() == 3


def test_undoing_brings_back_what_was_but_what_was_changed_since(
    project: Project, reviewer: User, finished: list[Article]
) -> None:
    before = [gold(one) for one in finished]
    (kept, *_) = Span.objects.filter(layer__article=finished[0]).values_list("pk", flat=True)
    bulk = change_in_bulk(project, reviewer, MAKE_ORG, Search("Bergen"))
    send_back(article=finished[0], by=reviewer, comment="")
    edit = EditRequest(uuid4(), "change_span", {"id": str(kept), "label": "LOC"})
    edit_gold_layer(article=finished[0], by=reviewer, edits=[edit])
    undo_bulk_edit(bulk=bulk, by=reviewer, enqueue=lambda _: None)
    assert gold(finished[0]) == [(11, 17, "LOC")]
    assert [gold(one) for one in finished[1:]] == before[1:]
    assert states(bulk) == {"kept": 1, "undone": 1, "refused": 2}
    assert bulk.places.get(state="kept").reason == "This place has been changed since."
    back = EditRequest(uuid4(), "change_span", {"id": str(kept), "label": "ORG"})
    edit_gold_layer(article=finished[0], by=reviewer, edits=[back])
    undo_bulk_edit(bulk=bulk, by=reviewer, enqueue=lambda _: None)
    assert [gold(one) for one in finished] == before
    with pytest.raises(Refused, match="Nothing of this bulk edit is left"):
        undo_bulk_edit(bulk=bulk, by=reviewer, enqueue=lambda _: None)


@pytest.mark.django_db(transaction=True)
def test_two_who_undo_at_once_are_answered_and_it_is_undone_once(
    project: Project, reviewer: User, finished: list[Article]
) -> None:
    bulk = change_in_bulk(project, reviewer, MAKE_ORG, Search("Bergen", labelled="GPE"))
    answers: list[str] = []

    def undo(_: int) -> None:
        try:
            answers.append(undo_bulk_edit(bulk=bulk, by=reviewer, enqueue=lambda _: None).job.state)
        except Refused as refusal:
            answers.append(refusal.reason)

    at_once(3, undo)
    assert sum(answer == "succeeded" for answer in answers) == 1
    assert {*answers} <= {"succeeded", AT_WORK, "Nothing of this bulk edit is left to undo."}
    assert states(bulk) == {"undone": 2}


@pytest.mark.parametrize("wish", [Wish(LABEL, "GPE"), Wish(RELABEL, "ORG"), Wish(REMOVE)])
def test_every_kind_is_undone_to_the_very_spans(
    project: Project, reviewer: User, finished: list[Article], wish: Wish
) -> None:
    fields = ("pk", "start", "end", "label")
    before = set(Span.objects.values_list(*fields))
    bulk = change_in_bulk(project, reviewer, wish, Search("Bergen"))
    assert set(Span.objects.values_list(*fields)) != before
    undo_bulk_edit(bulk=bulk, by=reviewer, enqueue=lambda _: None)
    assert set(Span.objects.values_list(*fields)) == before


def test_the_preview_tells_what_would_be_refused_and_why(
    project: Project, annotator: User, finished: list[Article]
) -> None:
    mine, handed_in, free = (make_article(project, f"Bergen, number {n}.") for n in range(3))
    annotate(mine, annotator, add_span(0, 6, "GPE"))
    annotate(handed_in, annotator, add_span(0, 6, "GPE"))
    submit_article(article=handed_in, by=annotator)
    places = places_of(project, Search("Bergen"), annotator)
    plan = plan_bulk_edit(project, Target(annotator, is_gold=False), Wish(REMOVE), places, bulk=uuid4())
    assert plan.articles == [(mine.pk, 1)]
    assert plan.standing == [("GPE", 1)]
    assert dict(plan.reasons) == {NOT_YOURS: 5, SUBMITTED: 1}
    assert free.pk in [place.article for place, _ in plan.refused]


def test_annotators_change_their_own_open_layers_only(
    project: Project, annotator: User, finished: list[Article]
) -> None:
    mine = make_article(project, "Bergen and Bergen.")
    annotate(mine, annotator, add_span(0, 6, "GPE"))
    bulk = change_in_bulk(project, annotator, Wish(LABEL, "GPE"), Search("Bergen"), gold=False)
    rows = Span.objects.filter(layer__article=mine, layer__user=annotator).order_by("start")
    assert list(rows.values_list("start", "label")) == [(0, "GPE"), (11, "GPE")]
    assert states(bulk) == {"done": 1, "refused": 5}
    assert gold(finished[2]) == [(0, 6, "PERSON")]


def test_rules_of_the_schema_and_relations_hold(project: Project, annotator: User) -> None:
    article = make_article(project, "Mara of Bergen Bank.")
    person, bank, link = add_span(0, 4), add_span(8, 19, "ORG"), uuid4()
    ends = {"source": person.data["id"], "target": bank.data["id"]}
    works = EditRequest(link, "add_relation", {"id": str(link), "type": "COREF", **ends})
    assert [one.status for one in annotate(article, annotator, person, bank, works).results] == [
        "applied"
    ] * 3
    target = Target(annotator, is_gold=False)

    def reasons(wish: Wish, start: int, end: int) -> list[tuple[str, int]]:
        places = [Place(article.pk, start, end)]
        return plan_bulk_edit(project, target, wish, places, bulk=uuid4()).reasons

    assert reasons(Wish(REMOVE), 8, 19) == [(LINKED, 1)]
    assert reasons(Wish(REMOVE), 8, 14) == [("Exactly these words are not labelled.", 1)]
    assert reasons(Wish(LABEL, "ORG"), 8, 19) == [("This is labelled ORG already.", 1)]
    assert "lies outside the text" in reasons(Wish(LABEL, "GPE"), 8, 99)[0][0]
    assert "crosses" in reasons(Wish(LABEL, "GPE"), 5, 14)[0][0]
    assert reasons(Wish(LABEL, "GPE"), 8, 14) == []


def test_approved_gold_is_left_alone_unless_asked_for(
    project: Project, reviewer: User, finished: list[Article]
) -> None:
    places = places_of(project, Search("Bergen"), reviewer)
    target = Target(reviewer, is_gold=True)
    plan = plan_bulk_edit(project, target, MAKE_ORG, places, bulk=uuid4())
    assert plan.reasons == [(APPROVED, 4)]
    wanted = BulkRequest(uuid4(), target, MAKE_ORG, places, {})
    with pytest.raises(Refused, match="Nothing can be changed"):
        start_bulk_edit(project=project, request=wanted, enqueue=lambda _: None)
    assert not BulkEdit.objects.exists()


def test_a_plan_that_has_changed_since_it_was_seen_is_not_carried_out(
    project: Project, reviewer: User, finished: list[Article]
) -> None:
    places, id_ = places_of(project, Search("Bergen"), reviewer), uuid4()
    plan = plan_bulk_edit(project, Target(reviewer, is_gold=True, reopens=True), MAKE_ORG, places, bulk=id_)
    finish(project, "Bergen again.", ("Bergen", "GPE"))
    with pytest.raises(PlanChanged):
        change_in_bulk(project, reviewer, MAKE_ORG, Search("Bergen"), bulk_id=id_, seen=plan.digest)
    assert gold(finished[0]) == [(11, 17, "GPE")]


def test_who_has_lost_the_right_meanwhile_changes_nothing(
    project: Project, reviewer: User, finished: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.services.bulk_edits.AT_ONCE", 0)
    bulk = change_in_bulk(project, reviewer, MAKE_ORG, Search("Bergen"))
    Membership.objects.filter(user=reviewer).update(role=Role.ANNOTATOR)
    work_on_bulk_edit(bulk.job_id)
    bulk.job.refresh_from_db()
    assert (bulk.job.state, bulk.job.error) == ("failed", "Only reviewers and managers decide what is gold.")
    Membership.objects.filter(user=reviewer).update(role=Role.REVIEWER)
    retry_job(job=bulk.job, enqueue=work_on_bulk_edit)
    assert BulkPlace.objects.filter(state="done").count() == 2


def test_a_label_in_a_layer_is_the_one_that_was_searched_by(
    project: Project, annotator: User, finished: list[Article]
) -> None:
    mine = LayerChoice("user", annotator.username)
    article = make_article(project, "Bergen.")
    annotate(article, annotator, add_span(0, 6, "GPE"))
    search = Search("Bergen", labelled="GPE", layer=mine)
    change_in_bulk(project, annotator, Wish(RELABEL, "LOC", of="GPE"), search, gold=False)
    assert Span.objects.get(layer__article=article, layer__user=annotator).label == "LOC"
