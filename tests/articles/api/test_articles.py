from __future__ import annotations

import base64
from typing import Any

import pytest
from django.test import Client

from annotator.users.models import Project, User
from articles.models import Article, Status
from tests.articles.api.conftest import Api
from tests.at_once import at_once
from tests.builders import TEXT, make_article, make_articles, make_project, make_token


def test_one_article_or_many(project: Project, manager: User, call: Api) -> None:
    path = f"projects/{project.slug}/articles/"
    one = call(manager, "POST", path, {"text": TEXT, "external_id": "a1"})
    many = call(manager, "POST", path, [{"text": "First text."}, {"text": "Second text.", "title": "Two"}])
    assert (one.status, one.body["external_id"]) == (201, "a1")
    assert [row["title"] for row in many.body] == ["First text.", "Two"]


def test_all_or_none(project: Project, manager: User, call: Api) -> None:
    path = f"projects/{project.slug}/articles/"
    answer = call(
        manager, "POST", path, [{"text": "Good."}, {"text": ""}, {"text": "x", "published_on": "soon"}]
    )
    assert answer.status == 400
    assert {error["pointer"] for error in answer.body["errors"]} == {"/1/text", "/2/published_on"}
    assert not Article.objects.exists()


def test_the_same_external_id_twice_is_refused(project: Project, manager: User, call: Api) -> None:
    path = f"projects/{project.slug}/articles/"
    call(manager, "POST", path, {"text": "One.", "external_id": "a1"})
    answer = call(manager, "POST", path, [{"text": "Two."}, {"text": "Three.", "external_id": "a1"}])
    assert (answer.status, Article.objects.count()) == (409, 1)
    assert "Article 2" in answer.body["detail"]


@pytest.mark.django_db(transaction=True)
def test_one_external_id_from_six_at_once_is_one_article() -> None:
    project = make_project()
    assert project.created_by
    token, answers = make_token(project.created_by), list[int]()

    def send(_: int) -> None:
        body, path = {"text": TEXT, "external_id": "a1"}, f"/api/v1/projects/{project.slug}/articles/"
        client = Client(headers={"Authorization": f"Bearer {token}"})
        answers.append(client.post(path, body, content_type="application/json").status_code)

    at_once(6, send)
    assert sorted(answers) == [201, 409, 409, 409, 409, 409]
    assert Article.objects.count() == 1


def test_text_stays_exact(project: Project, manager: User, call: Api) -> None:
    text = "  e\u0301 \r\n\ufeff👩‍👩‍👧 \u200f  "
    created = call(manager, "POST", f"projects/{project.slug}/articles/", {"text": text}).body
    article = call(manager, "GET", f"articles/{created['id']}/").body
    assert (article["text"], article["length"]) == (text, len(text))


def test_metadata_changes_and_text_does_not(
    project: Project, manager: User, annotator: User, call: Api
) -> None:
    article = make_article(project)
    path = f"articles/{article.pk}/"
    assert call(manager, "PATCH", path, {"title": "New"}).body["title"] == "New"
    assert call(manager, "PATCH", path, {"text": "New"}).status == 409
    assert call(manager, "PATCH", path, {"status": "gold", "project": "x"}).body["status"] == Status.NEW
    assert call(annotator, "PATCH", path, {"title": "Mine"}).status == 403


def test_a_deleted_article_is_gone_from_everywhere_but_the_database(
    project: Project, manager: User, call: Api
) -> None:
    article = make_article(project)
    assert call(manager, "DELETE", f"articles/{article.pk}/").status == 204
    assert call(manager, "GET", f"articles/{article.pk}/").status == 404
    assert call(manager, "GET", f"projects/{project.slug}/articles/").body["results"] == []
    assert Article.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("ordering", ["id", "-id", "published_on", "-published_on"])
def test_pages_by_cursor_hold_every_article_once_in_both_directions(
    project: Project, viewer: User, call: Api, ordering: str
) -> None:
    ids = [article.pk for article in make_articles(project, 7)]
    Article.objects.filter(pk__in=ids[::2]).update(published_on="2024-05-01")
    Article.objects.filter(pk=ids[1]).update(published_on="2023-05-01")
    pages, path = [], f"projects/{project.slug}/articles/?page_size=3&ordering={ordering}"
    while path:
        body = call(viewer, "GET", path).body
        pages.append([row["id"] for row in body["results"]])
        path = (body["next"] or "").partition("/api/v1/")[2]
        last = body
    assert sorted(id_ for page in pages for id_ in page) == sorted(ids)
    assert [len(page) for page in pages] == [3, 3, 1]
    back = call(viewer, "GET", last["previous"].partition("/api/v1/")[2]).body
    assert [row["id"] for row in back["results"]] == pages[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=harbour", ["Harbour news"]),
        ("q=harb", ["Harbour news"]),
        ("q=storm harbour", ["Harbour news"]),
        ('q="bour re"', ["Harbour news"]),
        ("q=oslo", []),
        ("q=總統", ["Chinese"]),
        ("q=%", []),
        ("q=' | '", []),
        ("language=zh", ["Chinese"]),
        ("published_after=2024-01-02", ["Harbour news"]),
        ("published_before=2024-01-02", ["Chinese"]),
        ("status=gold", []),
    ],
)
def test_filters(project: Project, viewer: User, call: Api, query: str, found: list[str]) -> None:
    make_article(
        project, "The harbour reopens after the storm.", title="Harbour news", published_on="2024-02-01"
    )
    make_article(project, "昨天總統說話。", title="Chinese", language="zh", published_on="2024-01-01")
    body = call(viewer, "GET", f"projects/{project.slug}/articles/?{query}").body
    assert [row["title"] for row in body["results"]] == found


@pytest.mark.parametrize(
    "query",
    ["status=done", "ordering=created_by__password", "published_after=x", "cursor=abc", "cursor=WzEsMl0"],
)
def test_a_filter_that_does_not_exist_is_refused(
    project: Project, viewer: User, call: Api, query: str
) -> None:
    answer = call(viewer, "GET", f"projects/{project.slug}/articles/?{query}")
    assert (answer.status, answer.type) == (400, "application/problem+json")


def test_a_list_makes_the_same_queries_for_ten_rows_and_for_fifty(
    project: Project, viewer: User, call: Api, django_assert_num_queries: Any
) -> None:
    make_articles(project, 10)
    path = f"projects/{project.slug}/articles/"
    call(viewer, "GET", path)
    with django_assert_num_queries(4):
        call(viewer, "GET", path)
    make_articles(project, 40, "Other text")
    with django_assert_num_queries(4):
        assert len(call(viewer, "GET", path).body["results"]) == 50


@pytest.mark.parametrize("ordering", ["id", "-id", "published_on", "-published_on"])
@pytest.mark.parametrize(
    "position", ["[1,1,0]", "[true,true,true]", '["x",1,0]', '["0001-01-01",1e9,0]', "{}"]
)
def test_a_damaged_cursor_is_a_page_of_nothing_or_a_400(
    project: Project, manager: User, call: Api, ordering: str, position: str
) -> None:
    cursor = base64.urlsafe_b64encode(position.encode()).decode()
    path = f"projects/{project.slug}/articles/?ordering={ordering}&cursor={cursor}"
    assert call(manager, "GET", path).status in (200, 400)
