from __future__ import annotations

import hashlib
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, Role, User
from articles.formats.base import ParsedArticle
from articles.formats.jsonl import JsonlWriter
from articles.models import Article, Edit, Import, Job, Layer, Span, Status, StoredFile, Thread
from articles.queries.exports.stream import stored_articles
from articles.queries.layers.choice import LayerChoice
from articles.services.imports.importing import (
    add_articles,
    change_import,
    confirm_import,
    discard_import,
    forget_old_uploads,
    work_on_import,
)
from articles.services.imports.wishes import Wishes
from articles.services.intake.articles import lock_intake, store_articles
from articles.services.jobs.lifecycle import cancel_job, retry_job
from tests.articles.domain.newswire.test_header import STORY
from tests.at_once import at_once
from tests.builders import make_member, make_project
from tests.scenarios.imports import bring_in, confirmed, line, stage, work


def test_a_wire_story_gets_its_metadata_and_keeps_its_text(project: Project, manager: User) -> None:
    job = bring_in(project, manager, STORY.encode(), "story.txt")
    assert job.report == {"imported": 1, "repeats": 0, "left_out": 0}
    article = Article.objects.get()
    assert (str(article.published_on), article.agency) == ("2024-05-30", "Steppe Herald")
    assert article.dateline == "SHYMKENT, Kazakhstan, May 30"
    assert article.language == "en"
    assert article.text == STORY
    assert article.sha256 == hashlib.sha256(STORY.encode()).hexdigest()


def test_one_bad_line_and_nothing_is_imported(project: Project, manager: User) -> None:
    content = line(text="Good.") + line(text="Bad.", spans=[{"start": 0, "end": 3, "label": "NOPE"}])
    upload = stage(project, manager, content, "a.jsonl")
    assert upload.preview["problems"] == ["a.jsonl, line 2: There is no label 'NOPE' in the schema."]
    with pytest.raises(Refused, match="line 2"):
        confirm_import(upload=upload, only_valid=False, enqueue=lambda _: None)
    assert not Article.objects.exists()


def test_or_only_what_is_valid(project: Project, manager: User) -> None:
    content = line(text="Good.") + b"{\n" + line(text="Good too.")
    job = bring_in(project, manager, content, only_valid=True)
    assert (job.report["imported"], job.report["repeats"], job.report["left_out"]) == (2, 0, 1)
    assert job.report["problems"][0].startswith("a.jsonl, line 2: This is not JSON")


def test_the_same_file_twice_adds_nothing(project: Project, manager: User) -> None:
    content = line(text="One.", external_id="1") + line(text="Two.") + line(text="Two.")
    assert bring_in(project, manager, content).report["imported"] == 2
    again = bring_in(project, manager, content)
    assert (again.report["imported"], again.report["repeats"]) == (0, 3)
    assert Article.objects.count() == 2


def test_spans_become_gold_with_their_history(project: Project, manager: User) -> None:
    span = {"start": 0, "end": 4, "label": "PERSON"}
    bring_in(project, manager, line(text="Mara went.", spans=[span]))
    layer = Layer.objects.get()
    assert (layer.kind, layer.version, layer.approved_by) == (Layer.Kind.GOLD, 1, manager)
    assert Article.objects.get().status == Status.GOLD
    edit = Edit.objects.get()
    assert edit.op == "import_layer"
    assert [one["id"] for one in edit.data["spans"]] == [str(Span.objects.get().id)]


def test_spans_of_a_person_are_submitted_and_draft_gold(
    project: Project, manager: User, annotator: User
) -> None:
    content = line(text="Mara went.", spans=[{"start": 0, "end": 4, "label": "PERSON"}])
    bring_in(project, manager, content, layer="user:annotator")
    assert Article.objects.get().status == Status.SUBMITTED
    assert Layer.objects.by_user(annotator).get().submitted_at is not None
    assert Span.objects.filter(layer__kind=Layer.Kind.GOLD).count() == 1


@pytest.mark.parametrize("layer", ["user:stranger", "engine:No Name", "me", ""])
def test_spans_go_to_gold_or_to_a_member(project: Project, manager: User, stranger: User, layer: str) -> None:
    with pytest.raises(Invalid):
        stage(project, manager, b"Text", "a.txt", layer=layer)


def test_a_worker_that_dies_in_the_middle_imports_once(project: Project, manager: User) -> None:
    upload = stage(project, manager, line(text="One."), "a.jsonl")
    job = confirm_import(upload=upload, only_valid=False, enqueue=lambda _: None)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, heartbeat_at="2020-01-01T00:00Z")
    for _ in range(2):
        work_on_import(job.pk, enqueue_run=lambda _: None)
    assert Article.objects.count() == 1
    assert not StoredFile.objects.exists()


def test_a_confirmed_import_is_not_confirmed_again(project: Project, manager: User) -> None:
    upload = stage(project, manager, b"Text", "a.txt")
    confirm_import(upload=upload, only_valid=False, enqueue=lambda _: None)
    with pytest.raises(Refused, match="already"):
        confirm_import(upload=upload, only_valid=False, enqueue=lambda _: None)


def test_new_articles_are_read_by_the_engines_when_the_project_says_so(
    project: Project, manager: User
) -> None:
    queued: list[int] = []
    upload = stage(project, manager, b"Text", "a.txt")
    job = confirm_import(upload=upload, only_valid=False, enqueue=lambda _: None)
    work_on_import(job.pk, enqueue_run=queued.append)
    engines = ["newswire", "gazetteer", "rules", "spacy", "ensemble"]
    assert Job.objects.get(pk=queued[0]).params["engines"] == engines


@pytest.mark.django_db(transaction=True)
def test_one_file_imported_by_four_at_once_is_there_once() -> None:
    project = make_project()
    manager = make_member(project, Role.MANAGER)
    content = b"".join(line(text=f"Article {n}.") for n in range(700))
    jobs: list[Job] = []
    at_once(4, lambda _: jobs.append(bring_in(project, manager, content)))
    assert sorted(job.report["imported"] for job in jobs) == [0, 0, 0, 700]
    assert Article.objects.count() == 700


@pytest.mark.django_db(transaction=True)
def test_articles_do_not_wait_for_a_long_import_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.services.imports.importing.PATIENCE_SECONDS", 1)
    project = make_project()
    manager = make_member(project, Role.MANAGER)
    refusals: list[str] = []

    def bring(_: int) -> None:
        parsed = [ParsedArticle(text="Same text.", file="request")]
        try:
            add_articles(project=project, articles=parsed, by=manager, enqueue_run=lambda _: None)
        except Refused as refusal:
            refusals.append(refusal.reason)

    with transaction.atomic():
        lock_intake(project)
        at_once(1, bring)
    bring(0)
    assert [reason.split(". ")[0] for reason in refusals] == ["An import into this project is at work"]
    assert Article.objects.count() == 1


def test_an_upload_that_nobody_confirmed_is_forgotten_after_a_day(project: Project, manager: User) -> None:
    for name in ("old.jsonl", "fresh.jsonl", "taken.jsonl"):
        stage(project, manager, line(text=name), name)
    taken = Import.objects.get(file_name="taken.jsonl")
    confirm_import(upload=taken, only_valid=False, enqueue=lambda _: None)
    yesterday = timezone.now() - timedelta(hours=25)
    Import.objects.exclude(file_name="fresh.jsonl").update(created_at=yesterday)
    assert forget_old_uploads() == 1
    assert forget_old_uploads() == 0
    assert {one.file_name for one in Import.objects.all()} == {"fresh.jsonl", "taken.jsonl"}


def test_a_comment_follows_its_span_to_the_new_id(project: Project, manager: User) -> None:
    span = {"id": "6f6a3c2e-5d0b-4c7e-9a39-6a5f0f6d2b11", "start": 0, "end": 4, "label": "PERSON"}
    said = {"start": 0, "end": 4, "span": span["id"], "comments": [{"author": "ana", "text": "Who?"}]}
    bring_in(project, manager, line(text="Mara went.", spans=[span], threads=[said]))
    thread = Thread.objects.get()
    assert thread.span == Span.objects.get().pk
    assert [one.text for one in thread.comments.all()] == ["ana: Who?"]


def test_the_files_of_imports_that_failed_are_forgotten_too(project: Project, manager: User) -> None:
    for content in (b"{broken", line(text="One.")):
        bring_in(project, manager, content)
    failed, fresh = bring_in(project, manager, b"{broken"), bring_in(project, manager, b"{broken")
    Import.objects.filter(job=failed).update(created_at=timezone.now() - timedelta(hours=25))
    assert StoredFile.objects.count() == 3
    assert forget_old_uploads() == 0
    assert StoredFile.objects.count() == 2
    assert Import.objects.get(job=failed).file is None
    assert Import.objects.get(job=fresh).file is not None


def test_a_retry_when_the_file_is_gone_says_so(project: Project, manager: User) -> None:
    job = bring_in(project, manager, b"{broken")
    Import.objects.filter(job=job).update(created_at=timezone.now() - timedelta(hours=25))
    forget_old_uploads()
    retry_job(job=job, enqueue=lambda _: None)
    assert work(job).state == Job.State.FAILED
    assert job.error == "The file of this import is gone. Upload it again."


def test_a_retry_takes_the_whole_file_again(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = confirmed(project, manager, line(text="One."))
    with monkeypatch.context() as patched:
        patched.setattr("articles.services.imports.importing.preannotate_new", None)
        assert work(job).state == Job.State.FAILED
    assert not Article.objects.exists()
    retry_job(job=job, enqueue=lambda _: None)
    assert work(job).report["imported"] == 1
    with pytest.raises(Refused, match="has done its work"):
        retry_job(job=job, enqueue=lambda _: None)


def test_problems_far_down_end_the_job_with_a_report(project: Project, manager: User) -> None:
    rows = [line(text=f"Article {number}.") for number in range(700)]
    rows[600] = b"{broken\n"
    job = bring_in(project, manager, b"".join(rows))
    assert job.state == Job.State.FAILED
    assert job.report["imported"] == 0
    assert job.report["problems"][0].startswith("a.jsonl, line 601: This is not JSON")
    assert job.error == f"{job.report['problems'][0]} Mend the file, or import only what is valid."
    assert not Article.objects.exists()
    assert StoredFile.objects.count() == 1


def test_only_a_thousand_problems_are_listed_and_all_are_counted(project: Project, manager: User) -> None:
    job = bring_in(project, manager, b"{broken\n" * 1_200 + line(text="Good."), only_valid=True)
    assert (job.report["imported"], job.report["left_out"], len(job.report["problems"])) == (1, 1200, 1000)


def test_cancelled_at_the_last_moment_nothing_is_imported(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = confirmed(project, manager, line(text="One."))

    def cancel_meanwhile(**given: Any) -> list[int]:
        cancel_job(job=job)
        return store_articles(**given)

    monkeypatch.setattr("articles.services.imports.intake.store_articles", cancel_meanwhile)
    assert work(job).state == Job.State.CANCELLED
    assert not Article.objects.exists()
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_cancelled_in_the_middle_the_rest_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.services.jobs.heartbeats.HEARTBEAT_SECONDS", 0.01)
    project = make_project()
    job = confirmed(project, make_member(project, Role.MANAGER), line(text="Text.") * 5_000, only_valid=True)
    batches: list[int] = []

    def cancel_meanwhile(**given: Any) -> list[int]:
        batches.append(len(given["articles"]))
        at_once(1, lambda _: cancel_job(job=job))
        time.sleep(0.5)
        return store_articles(**given)

    monkeypatch.setattr("articles.services.imports.intake.store_articles", cancel_meanwhile)
    assert work(job).state == Job.State.CANCELLED
    assert batches == [1]
    assert not Article.objects.exists()


def test_what_was_discarded_can_be_neither_confirmed_nor_changed(project: Project, manager: User) -> None:
    upload = stage(project, manager, b"Text", "a.txt")
    discard_import(upload=Import.objects.get(pk=upload.pk))
    discard_import(upload=upload)
    with pytest.raises(Refused, match="was discarded"):
        confirm_import(upload=upload, only_valid=False, enqueue=lambda _: None)
    with pytest.raises(Refused, match="was discarded"):
        change_import(upload=upload, wishes=Wishes())
    assert not StoredFile.objects.exists()


def test_what_is_being_imported_can_be_neither_discarded_nor_changed(project: Project, manager: User) -> None:
    job = confirmed(project, manager, b"Text", "a.txt")
    upload = Import.objects.get(job=job)
    discard_import(upload=upload)
    with pytest.raises(Refused, match="being imported"):
        change_import(upload=upload, wishes=Wishes(layer="engine:ner"))
    assert work(job).report["imported"] == 1


@pytest.mark.django_db(transaction=True)
def test_two_managers_confirm_at_once() -> None:
    project = make_project()
    upload = stage(project, make_member(project, Role.MANAGER), b"Text", "a.txt")
    refusals: list[str] = []

    def confirm(_: int) -> None:
        try:
            confirm_import(upload=upload, only_valid=False, enqueue=lambda _: None)
        except Refused as refusal:
            refusals.append(refusal.reason)

    at_once(2, confirm)
    assert refusals == ["This file is being imported already."]
    assert Job.objects.count() == 1


def test_the_same_text_is_a_repeat_unless_two_ids_say_otherwise(project: Project, manager: User) -> None:
    rows = [
        {"text": "Same.", "external_id": "1"},
        {"text": "Same.", "external_id": "2"},
        {"text": "Same."},
        {"text": "Other."},
        {"text": "Other.", "external_id": "3"},
    ]
    job = bring_in(project, manager, b"".join(line(**row) for row in rows))
    assert (job.report["imported"], job.report["repeats"]) == (3, 2)
    assert sorted(Article.objects.values_list("text", "external_id")) == [
        ("Other.", ""),
        ("Same.", "1"),
        ("Same.", "2"),
    ]


def test_an_export_of_the_project_itself_adds_nothing(project: Project, manager: User) -> None:
    bring_in(project, manager, line(text="One.") + line(text="Two.", external_id="2"))
    articles = stored_articles(Article.objects.of(project), LayerChoice("all"))
    content = b"".join(JsonlWriter().write_stored(articles))
    assert bring_in(project, manager, content).report == {"imported": 0, "repeats": 2, "left_out": 0}


def test_an_error_nobody_expected_keeps_the_file_and_says_what_it_was(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: Any) -> list[int]:
        raise OSError("No space left on device")

    monkeypatch.setattr("articles.services.imports.intake.store_articles", full)
    job = bring_in(project, manager, b"Text", "a.txt")
    assert (job.state, job.error) == (Job.State.FAILED, "No space left on device")
    assert StoredFile.objects.count() == 1
