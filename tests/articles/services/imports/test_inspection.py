"""Looking through uploads, at once and by a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.models import Import, Job
from articles.services.imports import inspection
from articles.services.imports.findings import known_already
from articles.services.imports.importing import change_import, confirm_import, discard_import, stage_import
from articles.services.imports.inspection import (
    look_through,
    start_look_through,
    work_on_look_through,
)
from articles.services.imports.wishes import Wishes
from articles.services.jobs.lifecycle import Cancelled, Progress
from tests.scenarios.imports import line, stage

ROWS = b"".join(line(text=f"Text {number}.") for number in range(3)) + b"{broken\n"


def waiting(project: Project, by: User, content: bytes = ROWS) -> Import:
    return stage_import(project=project, by=by, file_name="a.jsonl", pieces=[content])


def looked(upload: Import) -> Job:
    job = start_look_through(upload=upload, enqueue=lambda _: None)
    work_on_look_through(job.pk)
    job.refresh_from_db()
    return job


def meanwhile(monkeypatch: pytest.MonkeyPatch, do: Callable[[], Any]) -> None:
    """Somebody does something while the upload is read."""

    def known(project: Project, batch: Any) -> set[int]:
        do()
        return known_already(project, batch)

    monkeypatch.setattr(inspection, "known_already", known)


def test_a_worker_finds_what_a_page_would(project: Project, manager: User) -> None:
    upload = waiting(project, manager)
    job = looked(upload)
    assert (job.kind, job.state, job.done, job.total) == (Job.Kind.INSPECT, Job.State.SUCCEEDED, 4, 4)
    upload.refresh_from_db()
    assert upload.preview == stage(project, manager, ROWS).preview
    assert (upload.preview["articles"], upload.preview["problem_count"]) == (3, 1)


def test_the_first_entries_say_whether_there_are_more(project: Project, manager: User) -> None:
    upload = waiting(project, manager)
    assert look_through(upload=upload, most=5).complete
    found = look_through(upload=upload, most=2)
    assert (found.articles, found.problem_count, found.complete) == (2, 0, False)


def test_an_upload_that_is_discarded_meanwhile(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = waiting(project, manager)
    meanwhile(monkeypatch, lambda: discard_import(upload=upload))
    job = looked(upload)
    assert job.state == Job.State.FAILED
    assert job.error == "This upload was discarded, or is read in another way by now."
    assert looked(upload).state == Job.State.CANCELLED


def test_the_job_of_a_discarded_upload_is_cancelled(project: Project, manager: User) -> None:
    upload = waiting(project, manager)
    job = start_look_through(upload=upload, enqueue=lambda _: None)
    discard_import(upload=upload)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_what_was_found_in_another_reading_is_not_kept(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = waiting(project, manager)
    changed = Import.objects.get(pk=upload.pk)
    meanwhile(monkeypatch, lambda: change_import(upload=changed, wishes=Wishes(layer="engine:old")))
    with pytest.raises(Refused, match="in another way"):
        look_through(upload=upload)
    upload.refresh_from_db()
    assert (upload.layer, upload.preview) == ("engine:old", {})


def test_one_that_is_stopped_keeps_nothing(project: Project, manager: User) -> None:
    upload = waiting(project, manager)
    with pytest.raises(Cancelled):
        look_through(upload=upload, progress=Progress(cancelled=True))
    upload.refresh_from_db()
    assert upload.preview == {}


def test_what_is_being_imported_is_not_looked_through(project: Project, manager: User) -> None:
    upload = waiting(project, manager)
    confirm_import(upload=upload, only_valid=True, enqueue=lambda _: None)
    assert looked(upload).state == Job.State.CANCELLED


def test_looking_twice_does_no_harm(project: Project, manager: User) -> None:
    upload = waiting(project, manager)
    job = looked(upload)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, heartbeat_at="2020-01-01T00:00Z")
    work_on_look_through(job.pk)
    work_on_look_through(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.SUCCEEDED, 2)
