from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from annotator.lib.errors import Invalid, Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.domain.spans import Suggestion
from articles.models import (
    Article,
    Doubt,
    Edit,
    Job,
    Layer,
    Plant,
    ProjectEngine,
    SchemaChange,
    Span,
    Status,
)
from articles.queries.layers.history import layer_at
from articles.queries.schema_changes.changes import mapping_for
from articles.services.assignments.claiming import submit_article
from articles.services.edits import edit_own_layer
from articles.services.gold.approving import approve
from articles.services.jobs.lifecycle import create_job
from articles.services.runs.layers import write_layers
from articles.services.schema_changes import migration
from articles.services.schema_changes.changing import drop_plan, keep_plan, start_change, undo_change
from articles.services.schema_changes.migration import work_on_schema_change
from tests.builders import TEXT, add_span, annotate, make_article, make_articles, make_member, make_project
from tests.scenarios.schema_changes import MERGE, RENAME, carry_out, change, plan, publish, step, undo

ORG: dict[str, Any] = {"start": 43, "end": 58, "label": "ORG"}
COMPANY: dict[str, Any] = {"start": 0, "end": 6, "label": "COMPANY"}


@pytest.fixture
def project(project: Project, manager: User) -> Project:
    """With a label more than the template has."""
    change(project, manager, step("add", "label", to="COMPANY"))
    return project


@pytest.fixture
def finished(project: Project, annotator: User, reviewer: User) -> Article:
    """Gold, with PERSON, ORG and COMPANY in the annotator's layer and in gold."""
    article = make_article(project)
    annotate(article, annotator, add_span(), add_span(**ORG), add_span(**COMPANY))
    submit_article(article=article, by=annotator)
    approve(article=article, by=reviewer)
    return article


def labels(article: Article, kind: str = Layer.Kind.USER) -> list[str]:
    rows = Span.objects.filter(layer__article=article, layer__kind=kind).order_by("start")
    return list(rows.values_list("label", flat=True))


def is_sum_of_its_edits(layer: Layer) -> bool:
    past = layer_at(layer, layer.article, layer.version)
    rows = Span.objects.filter(layer=layer).values_list("id", "label")
    return {(UUID(str(one["id"])), one["label"]) for one in past["spans"]} == set(rows)


def test_a_rename_and_a_merge_change_every_layer_and_leave_what_was_decided(
    project: Project, manager: User, finished: Article
) -> None:
    before = Layer.objects.gold().get(article=finished)
    made = change(project, manager, RENAME, MERGE)
    assert labels(finished) == labels(finished, Layer.Kind.GOLD) == ["ORG", "HUMAN", "ORG"]
    finished.refresh_from_db()
    gold, own = Layer.objects.gold().get(article=finished), Layer.objects.by_people().get(article=finished)
    assert (finished.status, gold.approved_at, gold.approved_by) == (
        Status.GOLD,
        before.approved_at,
        before.approved_by,
    )
    assert own.submitted_at
    assert gold.version == before.version + 2
    assert is_sum_of_its_edits(gold)
    assert is_sum_of_its_edits(own)
    edit = Edit.objects.filter(layer=own).latest("version")
    assert (edit.author, edit.op, edit.data["was"]) == (manager, "change_span", {"label": "PERSON"})
    assert made.job is not None
    assert made.job.report == {"gold_spans": 2, "user_spans": 2, "articles": 1}
    assert "PERSON" not in {label.name for label in published_definition(project.pk).labels}


def test_engines_suggestions_get_the_new_label_without_a_history(project: Project, manager: User) -> None:
    article = make_article(project)
    engine = ProjectEngine.objects.filter(project=project)[0]
    found = [Suggestion(25, 39, "PERSON", 0.9), Suggestion(43, 58, "ORG"), Suggestion(43, 58, "COMPANY")]
    write_layers(engine=engine, version="1", articles=[article], suggestions=[found])
    made = change(project, manager, RENAME, MERGE)
    assert labels(article, Layer.Kind.ENGINE) == ["HUMAN", "ORG"]
    assert not Edit.objects.filter(layer__kind=Layer.Kind.ENGINE).exists()
    undo(made, manager)
    assert sorted(labels(article, Layer.Kind.ENGINE)) == ["COMPANY", "ORG", "PERSON"]


def test_an_undo_brings_back_what_each_span_was_and_lists_what_was_changed_since(
    project: Project, manager: User, finished: Article, annotator: User
) -> None:
    other = make_article(project)
    annotate(other, annotator, add_span(), add_span(**COMPANY))
    made = change(project, manager, RENAME, MERGE)
    touched, kept = Span.objects.filter(layer__article=other).order_by("-start")
    since = EditRequest(uuid4(), "change_span", {"id": str(touched.pk), "label": "ORG"})
    annotate(other, annotator, since, add_span(60, 62, "HUMAN"))
    back = undo(made, manager)
    assert labels(finished) == labels(finished, Layer.Kind.GOLD) == ["COMPANY", "PERSON", "ORG"]
    assert labels(other) == ["COMPANY", "ORG", "PERSON"]
    assert [one.left for one in back.layers.all() if one.left] == [[str(touched.pk)]]
    assert kept.label == "ORG"
    assert {"PERSON", "COMPANY"} < published_definition(project.pk).active_names
    assert is_sum_of_its_edits(Layer.objects.by_user(annotator).get(article=other))
    with pytest.raises(Refused, match="undone already"):
        undo_change(change=made, by=manager, enqueue=lambda job: None)


def test_deleted_labels_take_their_spans_with_them_and_an_undo_brings_both_back(
    project: Project, manager: User, finished: Article
) -> None:
    made = change(project, manager, step("delete", "label", "COMPANY"))
    assert labels(finished) == ["PERSON", "ORG"]
    undo(made, manager)
    assert labels(finished) == labels(finished, Layer.Kind.GOLD) == ["COMPANY", "PERSON", "ORG"]


def test_a_worker_that_dies_between_chunks_leaves_the_rest_to_the_next_one(
    project: Project, manager: User, annotator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = make_articles(project, 5)
    for article in articles:
        annotate(article, annotator)
    monkeypatch.setattr(migration, "CHUNK", 2)
    started = publish(project, manager, RENAME)
    migration._carry_next(started.pk, mapping_for(started))
    done = [labels(article) for article in articles]
    assert done == [["HUMAN"]] * 2 + [["PERSON"]] * 3
    versions = Layer.objects.get(article=articles[0]).version
    carry_out(started)
    work_on_schema_change(started.job_id or 0)  # run twice
    assert [labels(article) for article in articles] == [["HUMAN"]] * 5
    assert Layer.objects.get(article=articles[0]).version == versions
    assert Edit.objects.filter(author=manager).count() == 5


def test_an_annotator_at_work_loses_nothing(project: Project, manager: User, annotator: User) -> None:
    """Edits that know the old labels only arrive while no layer has been carried over yet, and afterwards."""
    article = make_article(project)
    annotate(article, annotator, add_span())
    (span,) = Span.objects.filter(layer__article=article)
    started = publish(project, manager, RENAME, MERGE, step("delete", "label", "LAW"))
    sent = [
        EditRequest(uuid4(), "change_span", {"id": str(span.pk), "start": 20}),
        add_span(**COMPANY),
        add_span(60, 62, "LAW"),
    ]
    outcome = edit_own_layer(article=article, by=annotator, edits=sent)
    assert [(one.status, one.reason) for one in outcome.results] == [
        ("applied", ""),
        ("applied", "COMPANY is ORG by now."),
        ("rejected", "The label LAW was deleted from this project's schema."),
    ]
    assert labels(article) == ["ORG", "HUMAN"]
    assert outcome.version == 4  # the first span, its new label, and two edits
    again = edit_own_layer(article=article, by=annotator, edits=sent)
    assert [one.status for one in again.results] == ["duplicate", "duplicate", "rejected"]
    carry_out(started)
    late = edit_own_layer(article=article, by=annotator, edits=[add_span(70, 73, "PERSON")])
    assert late.results[0].reason == "PERSON is HUMAN by now."
    assert labels(article) == ["ORG", "HUMAN", "HUMAN"]
    assert is_sum_of_its_edits(Layer.objects.get(article=article))


def test_a_plan_is_a_draft_until_it_is_carried_out(project: Project, manager: User) -> None:
    keep_plan(project=project, data=plan(RENAME), by=manager)
    keep_plan(project=project, data=plan(RENAME, MERGE), by=manager)
    drop_plan(project=project)
    assert not SchemaChange.objects.drafts().exists()
    draft = keep_plan(project=project, data=plan(RENAME), by=manager)
    made = start_change(project=project, by=manager, enqueue=lambda job: None)
    assert made.pk == draft.pk
    with pytest.raises(Refused, match="Another change of the labels is at work"):
        publish(project, manager, MERGE)
    carry_out(made)
    with pytest.raises(Invalid) as refused:
        publish(project, manager, step("retire", "label", "PERSON"))
    assert refused.value.problems == ["There is no label 'PERSON'."]


def test_an_import_at_work_must_end_first(project: Project, manager: User) -> None:
    create_job(project=project, kind=Job.Kind.IMPORT, by=manager)
    with pytest.raises(Refused, match=r"Import \d+ is at work"):
        publish(project, manager, RENAME)


def test_changes_are_undone_the_newest_first(project: Project, manager: User) -> None:
    first, second = change(project, manager, RENAME), change(project, manager, MERGE)
    with pytest.raises(Refused, match="newest first"):
        undo_change(change=first, by=manager, enqueue=lambda job: None)
    undo(second, manager)
    undo(first, manager)
    assert {"PERSON", "COMPANY"} < published_definition(project.pk).active_names


def test_another_projects_layers_stay(project: Project, manager: User, annotator: User) -> None:
    elsewhere = make_article(make_project())
    stranger = make_member(elsewhere.project)
    annotate(elsewhere, stranger)
    change(project, manager, RENAME)
    assert labels(elsewhere) == ["PERSON"]
    assert TEXT in elsewhere.text


def test_what_else_knows_the_names_is_changed_along_and_set_back(project: Project, manager: User) -> None:
    engine = ProjectEngine.objects.get(project=project, kind="gazetteer")
    before = {"entries": "Northline Press\tCOMPANY\nMara\tPERSON\n"}
    ProjectEngine.objects.filter(pk=engine.pk).update(settings=before)
    article = make_article(project)
    Plant.objects.create(id=uuid4(), article=article, start=0, end=6, label="COMPANY")
    made = change(project, manager, MERGE)
    engine.refresh_from_db()
    assert engine.settings["entries"] == "Northline Press\tORG\nMara\tPERSON\n"
    assert made.notes == ["gazetteer: 1 line of its settings get the new names."]
    assert Plant.objects.get().label == "ORG"
    back = undo(made, manager)
    engine.refresh_from_db()
    assert (engine.settings, back.notes) == (before, ["gazetteer is set as it was."])


def test_doubts_about_old_names_are_cast_anew_and_what_people_settled_stays(
    project: Project, manager: User, finished: Article
) -> None:
    place = {"project": project, "article": finished, "start": 0, "end": 6, "score": 0.9, "reason": "?"}
    other = {"other_start": 0, "other_end": 6}
    Doubt.objects.create(**place, **other, label="COMPANY", other_label="GPE", kind="words")
    Doubt.objects.create(
        **place, **other, label="COMPANY", other_label="LOC", kind="words", state="dismissed"
    )
    change(project, manager, MERGE)
    assert list(Doubt.objects.values_list("label", "other_label", "state")) == [("ORG", "LOC", "dismissed")]


def test_an_engine_that_was_loaded_before_says_it_under_the_new_names(
    project: Project, manager: User
) -> None:
    article = make_article(project)
    engine = ProjectEngine.objects.filter(project=project)[0]
    change(project, manager, RENAME)
    found = [Suggestion(25, 39, "PERSON", 0.9), Suggestion(43, 58, "HUMAN")]
    write_layers(engine=engine, version="1", articles=[article], suggestions=[found])
    assert labels(article, Layer.Kind.ENGINE) == ["HUMAN", "HUMAN"]
