"""Reprints and updates among what is imported: taken like any other, linked, or left out."""

from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import Article, Fingerprint, Job, Twin
from articles.services.imports.importing import work_on_import
from articles.services.twins import work_on_twins
from tests.articles.services.test_twins import story
from tests.builders import make_member, make_project
from tests.scenarios.imports import bring_in, confirmed, line, stage

FIRST, REPRINT, OTHER = story(1), f"BERGEN. {story(1)}", story(2)
FILE = line(text=FIRST) + line(text=REPRINT) + line(text=OTHER)


def linked(project: Project, by: User, content: bytes, twins: str = "link") -> list[int]:
    """Imported by a worker who also hands on what comes next. Answers the jobs that look for twins."""
    queued: list[int] = []
    job = confirmed(project, by, content, twins=twins)
    work_on_import(job.pk, enqueue_run=lambda _: None, enqueue_twins=queued.append)
    return queued


def texts(project: Project) -> list[str]:
    return list(Article.objects.of(project).order_by("pk").values_list("text", flat=True))


def pairs() -> dict[str, str]:
    return dict(Twin.objects.values_list("article__text", "original__text"))


def test_they_are_linked_when_all_is_in(project: Project, manager: User) -> None:
    (number,) = linked(project, manager, FILE)
    job = Job.objects.get(pk=number)
    assert (job.kind, job.total, pairs()) == (Job.Kind.TWINS, 3, {})
    work_on_twins(job.pk)
    assert pairs() == {REPRINT: FIRST}
    (number,) = linked(project, manager, line(text=f"{FIRST} More tomorrow."))
    work_on_twins(number)
    assert pairs() == {REPRINT: FIRST, f"{FIRST} More tomorrow.": FIRST}


def test_nothing_new_is_nothing_to_look_at(project: Project, manager: User) -> None:
    linked(project, manager, FILE)
    assert linked(project, manager, FILE) == []


def test_they_are_taken_like_any_other(project: Project, manager: User) -> None:
    assert linked(project, manager, FILE, "import") == []
    assert len(texts(project)) == 3
    assert not Fingerprint.objects.exists()


def test_they_are_left_out_within_a_file_and_against_the_project(project: Project, manager: User) -> None:
    job = bring_in(project, manager, FILE, twins="skip")
    assert job.report == {"imported": 2, "repeats": 0, "left_out": 0, "twins": 1}
    assert texts(project) == [FIRST, OTHER]
    job = bring_in(project, manager, line(text=f"{OTHER} Corrected.") + line(text=OTHER), twins="skip")
    assert job.report == {"imported": 0, "repeats": 1, "left_out": 0, "twins": 1}
    assert pairs() == {}


def test_they_are_left_out_also_when_nobody_had_looked_at_what_is_there(
    project: Project, manager: User
) -> None:
    bring_in(project, manager, line(text=FIRST), twins="import")
    assert bring_in(project, manager, line(text=REPRINT), twins="skip").report["twins"] == 1
    assert texts(project) == [FIRST]


def test_they_are_left_out_across_batches(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.services.imports.source.BATCH", 1)
    assert bring_in(project, manager, FILE, twins="skip").report["twins"] == 1
    assert texts(project) == [FIRST, OTHER]


def test_other_projects_are_neither_seen_nor_linked(project: Project, manager: User) -> None:
    elsewhere = make_project()
    bring_in(elsewhere, make_member(elsewhere, "manager"), line(text=FIRST), twins="skip")
    assert stage(project, manager, line(text=REPRINT)).preview["twins"] == 0
    assert bring_in(project, manager, line(text=REPRINT), twins="skip").report["imported"] == 1
    (number,) = linked(project, manager, line(text=OTHER))
    work_on_twins(number)
    assert pairs() == {}


@pytest.mark.parametrize(("twins", "count"), [("import", 0), ("link", 1), ("skip", 1)])
def test_the_preview_says_how_many_there_are(project: Project, manager: User, twins: str, count: int) -> None:
    assert stage(project, manager, FILE, twins=twins).preview["twins"] == count


def test_an_import_that_fails_leaves_no_fingerprints(project: Project, manager: User) -> None:
    assert bring_in(project, manager, FILE + b"{broken\n", twins="skip").state == Job.State.FAILED
    assert not Fingerprint.objects.exists()
