"""Import and export as programs meet them."""

from __future__ import annotations

import io
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotator.users.models import Project, Role, User
from articles.models import Article
from articles.services.imports.importing import work_on_import
from tests.articles.api.conftest import Api
from tests.builders import make_article, make_member, make_project, make_span, make_token

TEXT = "University of Leeds won 👩‍🔧."
SPANS = [{"start": 0, "end": 19, "label": "ORG"}, {"start": 14, "end": 19, "label": "GPE"}]


def upload(
    user: User, project: Project, content: bytes, name: str = "a.jsonl", **fields: str
) -> tuple[int, dict[str, Any]]:
    answer = Client(raise_request_exception=False).post(
        f"/api/v1/projects/{project.slug}/imports/",
        {"file": SimpleUploadedFile(name, content), **fields},
        headers={"Authorization": f"Bearer {make_token(user)}"},
    )
    return answer.status_code, answer.json()


def test_in_and_out_again(project: Project, manager: User, call: Api) -> None:
    status, job = upload(manager, project, orjson.dumps({"text": TEXT, "spans": SPANS, "desk": "world"}))
    assert status == 202
    work_on_import(job["id"], enqueue_run=lambda _: None)
    raw = call(manager, "GET", f"projects/{project.slug}/export/").raw
    (line,) = [orjson.loads(one) for one in raw.splitlines()]
    assert line["text"] == TEXT
    assert [(one["start"], one["end"], one["label"]) for one in line["spans"]] == [
        (0, 19, "ORG"),
        (14, 19, "GPE"),
    ]
    assert line["metadata"]["desk"] == "world"
    other = make_project()
    status, job = upload(other.created_by, other, raw)  # type: ignore[arg-type]
    work_on_import(job["id"], enqueue_run=lambda _: None)
    assert Article.objects.of(other).get().text == TEXT


def test_a_bad_file_is_answered_with_its_problems(project: Project, manager: User) -> None:
    status, body = upload(manager, project, b'{"text": "a"}\n{')
    assert status == 400
    assert body["errors"][0]["detail"].startswith("a.jsonl, line 2")
    assert not Article.objects.exists()
    status, _ = upload(manager, project, b'{"text": "a"}\n{', only_valid="true")
    assert status == 202


@pytest.mark.parametrize("name", ["a.bin", "a.zip", "a.txt"])
def test_what_cannot_be_read_is_no_500(project: Project, manager: User, name: str) -> None:
    status, body = upload(manager, project, b"\xff\xfe\x00\x01", name)
    assert status == 400
    assert body["detail"]


def test_spans_go_to_members_only(project: Project, manager: User, annotator: User, stranger: User) -> None:
    for layer in ("user:stranger", "user:\0", "user:", "engine:No Name", "gold\0"):
        status, body = upload(manager, project, b'{"text": "a"}', layer=layer)
        assert (status, "member of the project" in body["detail"]) == (400, True)


def test_conll_says_what_it_leaves_out(project: Project, manager: User, call: Api) -> None:
    spans = (make_span(0, 19, "ORG"), make_span(14, 19, "GPE"))
    make_article(project, TEXT, spans=spans)
    answer = call(manager, "GET", f"projects/{project.slug}/export/?format=conll")
    assert b"Leeds -X- O I-ORG" in answer.raw
    assert answer.response["X-Annotator-Report"] == "1 articles, 1 spans written; dropped: 1 nested spans."
    report = call(manager, "GET", f"projects/{project.slug}/export/?format=conll&report=1").body
    assert report["dropped"] == {"nested spans": 1}


def test_spacy_is_a_zip(project: Project, manager: User, call: Api) -> None:
    make_article(project, TEXT, spans=(make_span(0, 19, "ORG"),))
    raw = call(manager, "GET", f"projects/{project.slug}/export/?format=spacy").raw
    assert io.BytesIO(raw).read(2) == b"PK"


def test_gold_means_approved_gold(project: Project, manager: User, reviewer: User, call: Api) -> None:
    from articles.services.edits import edit_gold_layer
    from tests.builders import add_span

    edit_gold_layer(article=make_article(project), by=reviewer, edits=[add_span()])
    assert call(manager, "GET", f"projects/{project.slug}/export/").raw == b""


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=xml", 400),
        ("layer=nobody", 400),
        ("layer=user:ghost", 404),
        ("status=x", 400),
        ("nested=x", 400),
    ],
)
def test_a_wish_that_cannot_be_met_is_explained(
    project: Project, manager: User, call: Api, query: str, status: int
) -> None:
    answer = call(manager, "GET", f"projects/{project.slug}/export/?{query}")
    assert (answer.status, answer.type) == (status, "application/problem+json")


def test_annotators_and_strangers_export_nothing(
    project: Project, annotator: User, stranger: User, call: Api
) -> None:
    assert call(annotator, "GET", f"projects/{project.slug}/export/").status == 403
    assert call(stranger, "GET", f"projects/{project.slug}/export/").status == 404


def test_a_layer_of_another_project_s_member_is_not_there(project: Project, manager: User, call: Api) -> None:
    other = make_member(make_project(), Role.ANNOTATOR, "elsewhere")
    assert call(manager, "GET", f"projects/{project.slug}/export/?layer=user:{other.username}").status == 404


def test_a_token_that_may_only_read_changes_nothing(project: Project, manager: User) -> None:
    token = make_token(manager, scope="read")
    client = Client(headers={"Authorization": f"Bearer {token}"})
    assert client.get(f"/api/v1/projects/{project.slug}/").status_code == 200
    assert client.post(f"/api/v1/projects/{project.slug}/next/").status_code == 403
