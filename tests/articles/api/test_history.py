from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import Article
from articles.services.projects.managing import change_project
from tests.articles.api.conftest import Api
from tests.builders import add_span, annotate, make_article, make_member, make_submitted


@pytest.fixture
def article(project: Project, annotator: User) -> Article:
    article = make_article(project)
    annotate(article, annotator, add_span())
    annotate(article, annotator, add_span(0, 6, "GPE"), add_span(1, 0))
    return article


def test_who_changed_what(article: Article, annotator: User, call: Api) -> None:
    path = f"articles/{article.pk}/layers/me/history/"
    rows = call(annotator, "GET", path).body
    assert [(row["version"], row["op"], row["by"]["username"]) for row in rows] == [
        (2, "add_span", annotator.username),
        (1, "add_span", annotator.username),
    ]
    assert rows[0]["data"]["span"]["label"] == "GPE"
    assert [row["version"] for row in call(annotator, "GET", f"{path}?before=2").body] == [1]
    assert call(annotator, "GET", f"{path}?before=x").status == 400


def test_the_layer_as_it_was(article: Article, annotator: User, call: Api) -> None:
    path = f"articles/{article.pk}/layers/me/"
    now = call(annotator, "GET", path).body
    then = call(annotator, "GET", f"{path}history/2/").body
    assert {**now, **then} == now, "all of it, but for what is only true today"
    assert then["spans"] == now["spans"]
    assert [one["label"] for one in call(annotator, "GET", f"{path}history/1/").body["spans"]] == ["PERSON"]
    assert call(annotator, "GET", f"{path}history/0/").body["spans"] == []
    assert call(annotator, "GET", f"{path}history/3/").status == 404


def test_history_is_as_blind_as_the_layer(
    project: Project, article: Article, annotator: User, reviewer: User, call: Api
) -> None:
    change_project(project=project, changes={"annotators_per_article": 2})
    path = f"articles/{article.pk}/layers/user:{annotator.username}/history/"
    assert call(reviewer, "GET", path).status == 200
    other = make_member(project)
    for address in (path, f"{path}1/"):
        assert call(other, "GET", address).status == 404


def test_a_layer_not_begun_has_no_history(article: Article, reviewer: User, call: Api) -> None:
    assert call(reviewer, "GET", f"articles/{article.pk}/layers/me/history/").status == 404


def test_a_draft_of_gold_is_an_entry_without_a_person(
    project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    path = f"articles/{article.pk}/layers/gold/"
    (row,) = call(reviewer, "GET", f"{path}history/").body
    assert (row["op"], row["by"]) == ("draft_gold", None)
    then, now = (call(reviewer, "GET", one).body for one in (f"{path}history/1/", path))
    assert {**now, **then} == now
    assert then["spans"] == now["spans"]


def test_a_layer_that_is_known_is_not_sent_again(article: Article, annotator: User, call: Api) -> None:
    path = f"articles/{article.pk}/layers/me/"
    assert call(annotator, "GET", f"{path}?since=2").status == 204
    assert call(annotator, "GET", f"{path}?since=1").body["version"] == 2
    assert call(annotator, "GET", f"{path}?since=x").status == 200
