from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from annotator.users.models import Project, User
from articles.models import Article, Import, Job
from articles.services.import_inspection import look_through
from articles.services.imports import stage_import
from tests.builders import make_project
from tests.pages import Visitor, words

GOOD = {"text": "Mara Ellingsen spoke in Bergen.", "spans": [{"start": 0, "end": 14, "label": "PERSON"}]}


def _path(project: Project, rest: str = "") -> str:
    return f"/projects/{project.slug}/import/{rest}"


def _file(content: bytes, name: str = "news.jsonl") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _lines(*rows: Any) -> bytes:
    return b"\n".join(row if isinstance(row, bytes) else orjson.dumps(row) for row in rows)


def _stage(project: Project, by: User, *rows: Any) -> Import:
    upload = stage_import(project=project, by=by, file_name="news.jsonl", pieces=[_lines(*rows)])
    look_through(upload=upload)
    return upload


def test_a_file_is_previewed_before_anything_is_imported(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    answer = visitor.post(_path(project), file=_file(_lines(GOOD, b"{broken", {"title": "No text"})))
    staged = Import.objects.get()
    assert answer.url == _path(project, f"{staged.pk}/")
    page = words(visitor.get(answer.url))
    assert "1 new article" in page
    assert "2 entries cannot be imported" in page
    assert "news.jsonl, line 2:" in page
    assert "news.jsonl, line 3:" in page
    assert "Mara Ellingsen<small>PERSON</small>" in page
    assert "Import only the valid 1" in page
    assert not Article.objects.exists()


def test_confirming_starts_the_job(project: Project, manager: User) -> None:
    staged = _stage(project, manager, GOOD)
    visitor = Visitor(manager)
    answer = visitor.post(_path(project, f"{staged.pk}/confirm/"))
    job = Job.objects.get()
    assert job.kind == Job.Kind.IMPORT
    assert answer.url == f"/projects/{project.slug}/jobs/{job.pk}/"
    assert visitor.get(_path(project, f"{staged.pk}/")).url == answer.url
    again = visitor.post(_path(project, f"{staged.pk}/confirm/"), follow=True)
    assert "being imported already" in words(again)
    assert Job.objects.count() == 1


def test_problems_are_left_out_only_on_purpose(project: Project, manager: User) -> None:
    staged = _stage(project, manager, GOOD, {"title": "No text"})
    visitor = Visitor(manager)
    refused = visitor.post(_path(project, f"{staged.pk}/confirm/"), follow=True)
    assert "line 2" in words(refused)
    assert not Job.objects.exists()
    visitor.post(_path(project, f"{staged.pk}/confirm/"), only_valid="1")
    staged.refresh_from_db()
    assert staged.only_valid
    assert staged.job


def test_discarding_forgets_the_file(project: Project, manager: User) -> None:
    staged = _stage(project, manager, GOOD)
    answer = Visitor(manager).post(_path(project, f"{staged.pk}/discard/"))
    assert answer.url == _path(project)
    assert not Import.objects.exists()


def test_several_files_come_as_one_upload(project: Project, manager: User) -> None:
    files = [_file(b"The first text.", "a.txt"), _file(b"The second text.", "b.txt")]
    Visitor(manager).post(_path(project), file=files)
    staged = Import.objects.get()
    assert staged.file_name == "2 files.zip"
    assert staged.preview["articles"] == 2


def test_files_of_one_name_are_kept_apart(project: Project, manager: User) -> None:
    files = [_file(b"one", "a.txt"), _file(b"two", "a.txt"), _file(b"three", "notes")]
    Visitor(manager).post(_path(project), file=files, format="plain")
    examples = Import.objects.get().preview["examples"]
    assert [one["text"] for one in examples] == ["one", "two"]
    assert [one["file"] for one in examples] == ["a.txt", "a (2).txt"]


def test_files_of_a_folder_keep_their_paths(project: Project, manager: User) -> None:
    files = [_file(b"one", "a.txt"), _file(b"two", "a.txt")]
    Visitor(manager).post(_path(project), file=files, paths='["x/a.txt", "y/a.txt"]')
    examples = Import.objects.get().preview["examples"]
    assert [one["file"] for one in examples] == ["x/a.txt", "y/a.txt"]


def test_pasted_text_keeps_its_line_breaks(project: Project, manager: User) -> None:
    Visitor(manager).post(_path(project), title="Ships", text="Two lines.\r\n\r\nOf news. ")
    found = Import.objects.get().preview["examples"][0]
    assert found["title"] == "Ships"
    assert found["text"] == "Two lines.\n\nOf news. "


def test_what_cannot_be_read_is_refused_in_the_form(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    wrong: list[dict[str, Any]] = [
        {},
        {"file": _file(b"")},
        {"file": _file(b"\xff\xfe\x00 nothing", "x.bin")},
        {"file": _file(_lines(GOOD)), "format": "papyrus"},
        {"file": _file(_lines(GOOD)), "layer": "user:nobody"},
        {"text": "   "},
    ]
    for form in wrong:
        answer = visitor.post(_path(project), **form)
        assert answer.status_code == 400, form
        assert "errors" in words(answer) or "notice bad" in words(answer)
    with override_settings(MAX_UPLOAD_BYTES=10):
        assert "Split it" in words(visitor.post(_path(project), file=_file(_lines(GOOD))))
    assert not Import.objects.exists()


@pytest.mark.parametrize("rest", ["", "{id}/", "{id}/confirm/", "{id}/discard/"])
def test_only_managers_import(
    rest: str, project: Project, annotator: User, reviewer: User, viewer: User, manager: User, stranger: User
) -> None:
    staged = _stage(project, manager, GOOD)
    path = _path(project, rest.format(id=staged.pk))
    ask = "get" if rest in ("", "{id}/") else "post"
    for user in (annotator, reviewer, viewer):
        assert getattr(Visitor(user), ask)(path).status_code == 403
    assert getattr(Visitor(stranger), ask)(path).status_code == 404
    assert Import.objects.filter(pk=staged.pk, job__isnull=True).exists()


def test_an_upload_is_found_in_its_own_project_only(project: Project, manager: User) -> None:
    staged = _stage(project, manager, GOOD)
    assert Visitor(manager).get(_path(make_project(), f"{staged.pk}/")).status_code == 404
