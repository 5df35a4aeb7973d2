"""Uploads of every format as programs send them; what they were told and what became of it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from annotator.schemas.services.publishing import publish
from annotator.users.models import Project, User
from articles.models import Article, Import, Job, Layer, Status, StoredFile
from articles.services.imports.importing import work_on_import
from tests.articles.api.conftest import Api
from tests.articles.domain.newswire.test_header import STORY
from tests.builders import make_token


def send(
    user: User, project: Project, content: bytes, name: str, **fields: str
) -> tuple[int, dict[str, Any]]:
    answer = Client(raise_request_exception=False).post(
        f"/api/v1/projects/{project.slug}/imports/",
        {"file": SimpleUploadedFile(name, content), **fields},
        headers={"Authorization": f"Bearer {make_token(user)}"},
    )
    return answer.status_code, answer.json()


def bring_in(user: User, project: Project, content: bytes, name: str, **fields: str) -> Job:
    status, body = send(user, project, content, name, **fields)
    assert status == 202, body
    work_on_import(body["id"], enqueue_run=lambda _: None)
    return Job.objects.get(pk=body["id"])


def archive(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return stream.getvalue()


CSV = '\ufefftitle;text;desk\r\nOne;"First line\r\nsecond ""line""";world\r\n'.encode()


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("a.txt", STORY.encode(), [STORY]),
        ("a.csv", CSV, ['First line\r\nsecond "line"']),
        ("a.tsv", "text\tdesk\nقال\tعالم\n".encode(), ["قال"]),
        ("a.jsonl", b'{"text": "One \\ud83d\\udc69"}\r\n\r\n{"text": "Two\\r\\n"}', ["One 👩", "Two\r\n"]),
        (
            "a.zip",
            archive(a__txt=b"One", b__csv=b"text\nTwo\n", c__jsonl=b'{"text": "Three"}'),
            ["One", "Two", "Three"],
        ),
        ("a", b'{"text": "known by its content"}', ["known by its content"]),
    ],
)
def test_texts_arrive_exactly(
    project: Project, manager: User, name: str, content: bytes, texts: list[str]
) -> None:
    job = bring_in(manager, project, content, name)
    assert (job.state, job.report["imported"], job.done) == (Job.State.SUCCEEDED, len(texts), len(texts))
    articles = Article.objects.of(project).order_by("pk")
    assert [one.text for one in articles] == texts
    assert [one.sha256 for one in articles] == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def test_a_wire_story_is_told_from_its_header(project: Project, manager: User, call: Api) -> None:
    bring_in(manager, project, STORY.encode(), "story.txt")
    (row,) = call(manager, "GET", f"projects/{project.slug}/articles/").body["results"]
    assert (row["published_on"], row["agency"], row["dateline"]) == (
        "2024-05-30",
        "Steppe Herald",
        "SHYMKENT, Kazakhstan, May 30",
    )


LINES = b"""{"text": "Mara went.", "spans": [{"start": 0, "end": 4, "label": "PERSON"}]}
{"text": "Bo went.", "spans": [{"start": 0, "end": 2, "label": "NOPE"}]}
{"text": "Ida went.", "labels": ["nope"]}
{"text": "Ada went.", "spans": [{"start": 0, "end": 99, "label": "PERSON"}]}
{"text": "Eva went.", "spans": [{"start": 0, "end": 3, "label": "PERSON", "attributes": {"age": 3}}]}
"""


def test_all_or_nothing_and_every_line_is_named(project: Project, manager: User) -> None:
    status, body = send(manager, project, LINES, "a.jsonl")
    assert status == 400
    assert [one["detail"] for one in body["errors"]] == [
        "a.jsonl, line 2: There is no label 'NOPE' in the schema.",
        "a.jsonl, line 3: There is no article label 'nope' in the schema.",
        "a.jsonl, line 4: The span 0-99 lies outside the text, which has 9 characters.",
        "a.jsonl, line 5: There is no attribute 'age' in the schema.",
    ]
    assert not Article.objects.exists()
    assert not Import.objects.exists()


def test_or_what_is_valid(project: Project, manager: User) -> None:
    job = bring_in(manager, project, LINES, "a.jsonl", only_valid="true")
    assert (job.report["imported"], job.report["left_out"], len(job.report["problems"])) == (1, 4, 4)
    assert Article.objects.of(project).get().status == Status.GOLD


def test_the_same_file_twice_adds_nothing(project: Project, manager: User) -> None:
    for imported, repeats in ((1, 0), (0, 1)):
        job = bring_in(manager, project, CSV, "a.csv")
        assert (job.report["imported"], job.report["repeats"]) == (imported, repeats)


def test_spans_of_a_person(project: Project, manager: User, annotator: User) -> None:
    bring_in(manager, project, LINES.splitlines()[0], "a.jsonl", layer="user:annotator")
    assert Layer.objects.by_user(annotator).get().submitted_at


def test_one_upload_without_an_article_is_refused(project: Project, manager: User) -> None:
    status, body = send(manager, project, b"text\n", "a.csv")
    assert status in (400, 409)
    assert "no article" in body["detail"]


def test_without_a_file(project: Project, manager: User) -> None:
    answer = Client().post(
        f"/api/v1/projects/{project.slug}/imports/",
        {"format": "auto"},
        headers={"Authorization": f"Bearer {make_token(manager)}"},
    )
    assert answer.status_code == 400
    assert "multipart" in answer.json()["detail"]


def test_who_may(project: Project, annotator: User, reviewer: User, viewer: User, stranger: User) -> None:
    for user, expected in ((annotator, 403), (reviewer, 403), (viewer, 403), (stranger, 404)):
        assert send(user, project, b"Text", "a.txt")[0] == expected
    assert not Import.objects.exists()


def test_problems_after_the_first_entries_end_the_job(project: Project, manager: User) -> None:
    rows = [orjson.dumps({"text": f"Article {number}."}) for number in range(510)]
    status, body = send(manager, project, b"\n".join([*rows, b"{broken"]), "a.jsonl")
    assert status == 202
    work_on_import(body["id"], enqueue_run=lambda _: None)
    job = Job.objects.get(pk=body["id"])
    assert job.state == Job.State.FAILED
    assert [problem.split(":")[0] for problem in job.report["problems"]] == ["a.jsonl, line 511"]
    assert not Article.objects.exists()
    job = bring_in(manager, project, b"\n".join([*rows, b"{broken"]), "a.jsonl", only_valid="true")
    assert (job.report["imported"], job.report["left_out"]) == (510, 1)


def test_every_wish_is_heard(project: Project, manager: User, annotator: User) -> None:
    rows = "Mara B-PER\nпела O\n\nBo B-PER\nслушал O\n".encode("koi8-r")
    job = bring_in(
        manager,
        project,
        rows,
        "a.txt",
        format="conll",
        encoding="koi8-r",
        options='{"sentences": "1"}',
        layer="user:annotator",
        mapping='{"labels": {"PER": "PERSON"}}',
        unknown="leave_out",
        twins="skip",
    )
    assert job.report["imported"] == 2
    assert [one.text for one in Article.objects.all()] == ["Mara пела", "Bo слушал"]
    assert {layer.author for layer in Layer.objects.by_people()} == {"user:annotator"}


DEEP = '{"a":' * 20_000 + "1" + "}" * 20_000


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"format": "papyrus"}, "There is no format 'papyrus'"),
        ({"encoding": "rot13"}, "There is no encoding"),
        ({"options": "[]"}, '"options" is a JSON object.'),
        ({"options": DEEP}, '"options" is a JSON object.'),
        ({"options": '{"a": {"b": 1}}'}, "Options are an object of texts"),
        ({"options": '{"colour": "red"}', "format": "jsonl"}, "has no option colour"),
        ({"mapping": "{"}, '"mapping" is a JSON object.'),
        ({"mapping": DEEP}, '"mapping" is a JSON object.'),
        ({"mapping": '{"labels": {"a": {"b": {}}}}'}, '"labels" is an object'),
        ({"mapping": '{"labels": {"\\u0000": "a"}}'}, "NUL"),
        ({"mapping": '{"labels": {"\\ud800": "a"}}'}, '"mapping" is a JSON object.'),
        ({"unknown": "ask"}, "unknown is refuse"),
        ({"twins": "ask"}, "twins is import"),
        ({"layer": "user:\u202e"}, "cannot have a layer here"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused(
    project: Project, manager: User, fields: dict[str, str], words: str
) -> None:
    status, body = send(manager, project, b'{"text": "a"}', "a.jsonl", **fields)
    assert (status, words in body["detail"]) == (400, True), body
    assert len(body["detail"]) < 400
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"", "a.txt", 400),
        (b"text\n", "a.csv", 409),
        (b" \n ", "a.txt", 400),
        (b"[]", "a.json", 409),
        (b"\xef\xbb\xbf", "a.jsonl", 400),
        (b"[" * 100_000, "a.json", 400),
        (b'{"text": ' * 20_000, "a.jsonl", 400),
        (b'{"text": "a", "x": ' + b"[" * 900 + b"]" * 900 + b"}", "a.jsonl", 400),
        (b'{"text": "a", "x": 1e999}', "a.jsonl", 400),
        (b'{"text": "a\\u0000"}', "a.jsonl", 400),
        (b'{"text": "a\\ud800"}', "a.jsonl", 400),
        (b"\x00" * 100_000, "a.txt", 400),
    ],
)
def test_what_holds_no_article_leaves_nothing_behind(
    project: Project, manager: User, content: bytes, name: str, status: int
) -> None:
    found, body = send(manager, project, content, name)
    assert found == status, body
    assert body["detail"]
    assert not Import.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Article.objects.exists()


@override_settings(MAX_UPLOAD_BYTES=1_000)
def test_what_is_too_large_is_refused(project: Project, manager: User) -> None:
    assert send(manager, project, b"x" * 1_000, "a.txt")[0] == 202
    status, body = send(manager, project, b"x" * 1_001, "a.txt")
    assert (status, "MAX_UPLOAD_BYTES" in body["detail"]) == (400, True)
    assert StoredFile.objects.count() == 1


def test_a_label_that_was_retired_while_the_import_waited_is_a_problem(
    project: Project, manager: User
) -> None:
    content = LINES.splitlines()[0]
    status, body = send(manager, project, content, "a.jsonl")
    assert status == 202
    publish(project=project, data={"labels": [{"name": "ORG"}]}, by=manager)
    work_on_import(body["id"], enqueue_run=lambda _: None)
    job = Job.objects.get(pk=body["id"])
    assert job.error.startswith("a.jsonl, line 1: There is no label 'PERSON' in the schema.")
    assert not Article.objects.exists()
