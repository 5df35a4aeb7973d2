from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.users.models import Project, User
from articles.models import Span
from tests.articles.api.conftest import Api
from tests.builders import PASSWORD, make_article, make_submitted


def add_span(**more: Any) -> dict[str, Any]:
    span = {"id": str(uuid4()), "start": 25, "end": 39, "label": "PERSON", **more}
    return {"id": str(uuid4()), "op": "add_span", "span": span}


def test_edits_are_applied_once(project: Project, annotator: User, call: Api) -> None:
    article = make_article(project)
    body = {"edits": [add_span()]}
    first = call(annotator, "POST", f"articles/{article.pk}/layers/me/edits/", body)
    second = call(annotator, "POST", f"articles/{article.pk}/layers/me/edits/", body)
    assert (first.status, first.body["version"], first.body["results"][0]["status"]) == (200, 1, "applied")
    assert (second.body["version"], second.body["results"][0]["status"]) == (1, "duplicate")
    layer = call(annotator, "GET", f"articles/{article.pk}/layers/me/").body
    assert [span["label"] for span in layer["spans"]] == ["PERSON"]


def test_gold_is_for_reviewers(project: Project, annotator: User, reviewer: User, call: Api) -> None:
    article = make_article(project)
    path = f"articles/{article.pk}/layers/gold/edits/"
    refused = call(annotator, "POST", path, {"edits": [add_span()]})
    assert (refused.status, refused.type) == (403, "application/problem+json")
    assert "reviewers" in refused.body["detail"]
    assert call(reviewer, "POST", path, {"edits": [add_span()]}).status == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'{"edits": [{"id": 1}]}',
        b'{"edits": [{"id": "\\ud800"}]}',
        b'{"edits": [], "note": "\\u0000"}',
        b"[" * 100_000,
        b"[" * 900 + b"]" * 900,
        b"[" * 900 + b'"\\u0000"' + b"]" * 900,
        b'{"edits": ' + b'{"a":' * 200 + b"1" + b"}" * 201,
        b"\xff\xfe",
    ],
)
def test_a_broken_body_is_a_problem_and_not_a_500(
    project: Project, annotator: User, call: Api, raw: bytes
) -> None:
    article = make_article(project)
    answer = call(
        annotator,
        "POST",
        f"articles/{article.pk}/layers/me/edits/",
        data=raw,
        content_type="application/json",
    )
    assert (answer.status, answer.type) == (400, "application/problem+json")
    assert answer.body["detail"]
    assert not Span.objects.exists()


def test_somebody_else_s_layer_is_not_there_for_an_annotator(
    project: Project, annotator: User, reviewer: User, stranger: User, call: Api
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    path = f"articles/{article.pk}/layers/user:annotator/"
    assert call(reviewer, "GET", path).status == 200
    assert call(stranger, "GET", path).status == 404
    assert call(reviewer, "POST", path + "edits/", {"edits": []}).status == 403


def test_blind_annotators_see_neither_each_other_nor_gold(
    project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    from tests.builders import make_member

    article = make_article(project)
    make_submitted(article, annotator)
    other = make_member(project)
    heads = call(other, "GET", f"articles/{article.pk}/layers/").body
    assert heads == []
    assert call(other, "GET", f"articles/{article.pk}/layers/user:annotator/").status == 404
    assert call(other, "GET", f"articles/{article.pk}/layers/gold/").status == 404
    assert len(call(reviewer, "GET", f"articles/{article.pk}/layers/").body) == 2


def test_a_session_needs_the_csrf_token(project: Project, annotator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.login(username="annotator", password=PASSWORD)
    article = make_article(project)
    answer = client.post(
        f"/api/v1/articles/{article.pk}/layers/me/edits/", {"edits": []}, content_type="application/json"
    )
    assert answer.status_code == 403


def test_without_a_session_the_answer_is_401(project: Project, call: Api) -> None:
    article = make_article(project)
    assert call(None, "POST", f"articles/{article.pk}/layers/me/edits/", {"edits": []}).status == 401
