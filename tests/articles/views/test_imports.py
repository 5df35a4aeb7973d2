from __future__ import annotations

import html
import re
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from annotator.users.models import Project, User
from articles.models import Article, Import, Job
from articles.services.imports.importing import stage_import
from articles.services.imports.inspection import look_through, start_look_through, work_on_look_through
from tests.builders import make_project
from tests.pages import Visitor, words
from tests.scenarios.imports import work

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


# --- the preview: names, options, problems

UNKNOWN = {
    "text": "Mara leads Northline.",
    "spans": [
        {"id": "m", "start": 0, "end": 4, "label": "PER", "attributes": {"sure": True}},
        {"id": "n", "start": 11, "end": 20, "label": "<script>alert(1)</script>"},
    ],
    "relations": [{"source": "m", "target": "n", "type": "=HYPERLINK(1)"}],
    "labels": ["two words"],
    "layers": [{"author": "user:Ghost", "spans": []}],
}


def _selects(page: str) -> dict[str, dict[str, str]]:
    """The selects for names, by what they are called: titles by value, and which value is chosen."""
    found: dict[str, dict[str, str]] = {}
    for name, body in re.findall(r'<select name="([^"]*:[^"]*)"[^>]*>(.*?)</select>', page):
        rows = re.findall(r'<option value="([^"]*)"( selected)?>(.*?)</option>', body)
        chosen = next((html.unescape(value) for value, is_chosen, _ in rows if is_chosen), "")
        titles = {html.unescape(value): html.unescape(title) for value, _, title in rows}
        found[html.unescape(name)] = {**titles, "chosen": chosen}
    return found


def test_names_that_are_not_known_can_be_decided(project: Project, manager: User) -> None:
    staged = _stage(project, manager, UNKNOWN)
    page = words(Visitor(manager).get(_path(project, f"{staged.pk}/")))
    selects = _selects(page)
    assert set(selects) == {
        "labels:PER",
        "labels:<script>alert(1)</script>",
        "relations:=HYPERLINK(1)",
        "attributes:sure",
        "article_labels:two words",
        "authors:user:Ghost",
    }
    assert selects["labels:PER"]["chosen"] == "=PERSON"
    assert selects["labels:PER"]["+"] == "add PER to the schema"
    assert "+" not in selects["labels:<script>alert(1)</script>"]
    assert "+" not in selects["article_labels:two words"]
    assert "+" not in selects["authors:user:Ghost"]
    assert "=user:manager" in selects["authors:user:Ghost"]
    assert {one[""] for one in selects.values()} == {"a problem"}
    assert "<script>alert" not in page
    assert "proposed" in page


def test_what_was_decided_is_applied_and_can_be_changed(project: Project, manager: User) -> None:
    staged = _stage(project, manager, UNKNOWN)
    visitor = Visitor(manager)
    chosen: dict[str, Any] = {
        "labels:PER": "=PERSON",
        "labels:<script>alert(1)</script>": "-",
        "attributes:sure": "+",
        "article_labels:two words": "-",
        "authors:user:Ghost": "=user:manager",
    }
    answer = visitor.post(_path(project, f"{staged.pk}/change/"), **chosen)
    assert answer.url == _path(project, f"{staged.pk}/")
    staged.refresh_from_db()
    assert staged.mapping == {
        "labels": {"PER": "PERSON", "<script>alert(1)</script>": ""},
        "attributes": {"sure": "sure"},
        "article_labels": {"two words": ""},
        "authors": {"user:Ghost": "user:manager"},
    }
    assert staged.preview["problems"] == []
    page = words(visitor.get(answer.url))
    assert "1 new article. 1 span goes to gold" in page
    assert "1 spans left out" in page
    again = _selects(page)
    assert {name: one["chosen"] for name, one in again.items() if one["chosen"]} == chosen
    visitor.post(_path(project, f"{staged.pk}/change/"))
    staged.refresh_from_db()
    assert (staged.mapping, staged.preview["problem_count"]) == ({}, 1)


@pytest.mark.parametrize(
    ("policy", "titles"),
    [
        ("add", {"labels:PER": "added, as all others", "article_labels:two words": "a problem"}),
        (
            "leave_out",
            {"labels:PER": "left out, as all others", "authors:user:Ghost": "left out, as all others"},
        ),
    ],
)
def test_what_becomes_of_a_name_by_itself_is_said(
    project: Project, manager: User, policy: str, titles: dict[str, str]
) -> None:
    staged = _stage(project, manager, UNKNOWN)
    visitor = Visitor(manager)
    visitor.post(_path(project, f"{staged.pk}/change/"), unknown=policy)
    selects = _selects(words(visitor.get(_path(project, f"{staged.pk}/"))))
    assert {name: selects[name][""] for name in titles} == titles


def test_options_of_the_format_are_offered_and_used(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    rows = b"Mara NNP B-PERSON\nwent VBD O\n\nBo NNP B-PERSON\nslept VBD O\n"
    visitor.post(_path(project), file=_file(rows, "a.conll"))
    staged = Import.objects.get()
    change = _path(project, f"{staged.pk}/change/")
    assert 'name="option:sentences"' in words(visitor.get(_path(project, f"{staged.pk}/")))
    chosen: dict[str, Any] = {"format": "conll", "option:sentences": "1", "option:scheme": "iob2"}
    visitor.post(change, **chosen)
    staged.refresh_from_db()
    assert staged.options == {"sentences": "1", "scheme": "iob2"}
    assert staged.preview["articles"] == 2
    refused = visitor.post(change, follow=True, **{**chosen, "option:sentences": "many"})
    assert "sentences is a number from 1" in words(refused)
    visitor.post(change, **{**chosen, "format": "plain"})
    staged.refresh_from_db()
    assert (staged.format, staged.options, staged.preview["articles"]) == ("plain", {}, 1)


def test_a_wish_that_the_form_does_not_offer_changes_nothing(project: Project, manager: User) -> None:
    staged = _stage(project, manager, GOOD)
    answer = Visitor(manager).post(_path(project, f"{staged.pk}/change/"), follow=True, layer="user:ghost")
    assert "Choose from what the form offers" in words(answer)
    assert "\0" not in words(
        Visitor(manager).post(_path(project, f"{staged.pk}/change/"), follow=True, **{"labels:\0": "-"})
    )
    staged.refresh_from_db()
    assert (staged.layer, staged.mapping) == ("gold", {})


def test_many_problems_come_as_a_file(project: Project, manager: User) -> None:
    staged = _stage(project, manager, *[{"title": f"No text {n}"} for n in range(30)])
    visitor = Visitor(manager)
    page = words(visitor.get(_path(project, f"{staged.pk}/")))
    assert "and 10 more" in page
    answer = visitor.get(_path(project, f"{staged.pk}/problems/"))
    assert answer["Content-Disposition"] == 'attachment; filename="news.jsonl-problems.txt"'
    assert len(answer.content.decode().splitlines()) == 30


# --- large uploads


def test_a_large_upload_is_looked_through_by_a_worker(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.views.imports.LOOK_AT_ONCE_BYTES", 10)
    visitor = Visitor(manager)
    answer = visitor.post(_path(project), file=_file(_lines(GOOD)))
    job = Job.objects.get()
    assert (job.kind, job.state) == (Job.Kind.INSPECT, Job.State.QUEUED)
    waiting = words(visitor.get(answer.url))
    assert "being looked through" in waiting
    assert f"/jobs/{job.pk}/progress/" in waiting
    assert "Discard" in waiting
    work_on_look_through(job.pk)
    assert "Import 1 article" in words(visitor.get(answer.url))
    staged = Import.objects.get()
    visitor.post(_path(project, f"{staged.pk}/change/"), layer="engine:imported")
    assert "being looked through" in words(visitor.get(answer.url))
    second = Job.objects.first()
    assert second
    assert second.pk != job.pk
    work_on_look_through(second.pk)
    assert "1 span goes to the layer of engine:imported" in words(visitor.get(answer.url))


def test_a_large_upload_that_is_discarded_meanwhile(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.views.imports.LOOK_AT_ONCE_BYTES", 10)
    visitor = Visitor(manager)
    visitor.post(_path(project), file=_file(_lines(GOOD)))
    staged = Import.objects.get()
    visitor.post(_path(project, f"{staged.pk}/discard/"))
    job = Job.objects.get()
    assert job.state == Job.State.CANCELLED
    work_on_look_through(job.pk)
    assert "Cancelled" in words(visitor.get(f"/projects/{project.slug}/jobs/{job.pk}/"))
    assert visitor.get(_path(project, f"{staged.pk}/")).status_code == 404


def test_uploads_that_wait_are_found_again(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    _stage(make_project(), manager, GOOD)
    staged = _stage(project, manager, GOOD)
    link = _path(project, f"{staged.pk}/")
    page = words(visitor.get(_path(project)))
    assert f'href="{link}">news.jsonl</a>' in page
    assert page.count("news.jsonl") == 1
    job = start_look_through(upload=staged, enqueue=lambda _: None)
    job_page = f"/projects/{project.slug}/jobs/{job.pk}/"
    assert "See what is in it" not in words(visitor.get(job_page))
    work_on_look_through(job.pk)
    assert f'href="{link}">See what is in it</a>' in words(visitor.get(job_page))
    visitor.post(f"{link}confirm/")
    assert "news.jsonl" not in words(visitor.get(_path(project)))
    assert "See what is in it" not in words(visitor.get(job_page))


# --- names and files from strangers


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "C:\\Windows\\a.txt",
        "\u202etxt.exe.txt",
        '"quoted" & <b>.txt',
        "x" * 300 + ".txt",
        "Жаңалықтар 新聞.txt",
        "=cmd|'/c calc'!A1.txt",
        ".txt",
    ],
)
def test_the_name_of_a_file_is_only_a_name(project: Project, manager: User, name: str) -> None:
    visitor = Visitor(manager)
    answer = visitor.post(_path(project), file=_file(b"A text.", name))
    staged = Import.objects.get()
    assert len(staged.file_name) <= 255
    assert staged.file_name.endswith(".txt")
    assert staged.file_name.isprintable()
    page = visitor.get(answer.url)
    assert page.status_code == 200
    assert "<b>.txt" not in words(page)
    visitor.post(_path(project, f"{staged.pk}/confirm/"))
    job = work(Job.objects.get())
    assert job.report["imported"] == 1
    assert visitor.get(f"/projects/{project.slug}/jobs/{job.pk}/report/").status_code == 200


def test_paths_are_only_names_too(project: Project, manager: User) -> None:
    paths = [
        "../../a.txt",
        "/etc/\0.txt",
        "x" * 70_000 + "/a.txt",
        "\u202ea\n.txt",
        {"a": 1},
        ["[" * 50],
        None,
        "",
    ]
    files = [_file(f"Text {number}.".encode(), "a.txt") for number in range(len(paths))]
    visitor = Visitor(manager)
    answer = visitor.post(_path(project), file=files, paths=orjson.dumps(paths).decode(), format="plain")
    staged = Import.objects.get()
    assert staged.preview["articles"] + staged.preview["problem_count"] == len(paths)
    assert visitor.get(answer.url).status_code == 200


@pytest.mark.parametrize("paths", ["[" * 100_000, "{}", "null", '"a"', "[1]", "\ud800"])
def test_paths_that_fit_no_files_are_passed_over(project: Project, manager: User, paths: str) -> None:
    files = [_file(b"one", "a.txt"), _file(b"two", "b.txt")]
    Visitor(manager).post(_path(project), file=files, paths=paths.encode("utf-8", "replace").decode())
    assert [one["file"] for one in Import.objects.get().preview["examples"]] == ["a.txt", "b.txt"]


def test_more_files_than_a_process_could_open(project: Project, manager: User) -> None:
    files = [_file(f"Text {number}.".encode(), f"{number}.txt") for number in range(1_100)]
    Visitor(manager).post(_path(project), file=files)
    staged = Import.objects.get()
    assert (staged.file_name, staged.preview["articles"]) == ("1100 files.zip", 1_100)


def test_a_folder_may_hold_empty_files(project: Project, manager: User) -> None:
    files = [
        _file(b"Mara went.", "1.txt"),
        _file(b"T1\tPERSON 0 4\tMara\n", "1.ann"),
        _file(b"Nobody went.", "2.txt"),
        _file(b"", "2.ann"),
    ]
    Visitor(manager).post(_path(project), file=files)
    staged = Import.objects.get()
    assert (staged.preview["articles"], staged.preview["problems"]) == (2, [])


def test_labels_that_look_like_markup_are_words(project: Project, manager: User) -> None:
    row = {"text": "<img src=x onerror=alert(1)>", "title": "<b>T</b>", "<i>key</i>": "=1+1"}
    staged = _stage(project, manager, row)
    page = words(Visitor(manager).get(_path(project, f"{staged.pk}/")))
    for markup in ("<img src=x", "<b>T", "<i>key"):
        assert markup not in page
    assert "&lt;i&gt;key" in page
