from __future__ import annotations

import pytest
from pytest_django.live_server_helper import LiveServer

from annotator.users.models import Project, User
from articles.models import Article
from client.annotator_client import (
    Annotator,
    ConnectionFailed,
    Invalid,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Refused,
)
from client.annotator_client import client as client_module
from tests.builders import annotate, make_article, make_articles, make_project
from tests.client.conftest import SignIn


def test_who_am_i_and_which_projects(sign_in: SignIn, project: Project, manager: User) -> None:
    make_project()
    annotator = sign_in(manager)
    assert annotator.me()["projects"] == {project.slug: "manager"}
    assert [one.slug for one in annotator.projects()] == [project.slug]
    assert annotator.project(project.slug).name == project.name
    assert "PERSON" in {label["name"] for label in annotator.schema(project.slug)["labels"]}
    assert annotator.progress(project.slug)


def test_articles_come_page_by_page(
    sign_in: SignIn, project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "PAGE", 3)
    articles = make_articles(project, 8, language="en")
    found = list(sign_in(manager).articles(project.slug, language="en", mine=False, q=None))
    assert [one.id for one in found] == [one.pk for one in articles]
    assert found[0].title == articles[0].title
    newest = sign_in(manager).articles(project.slug, ordering="-id")
    assert next(newest).id == articles[-1].pk


def test_one_article_with_its_text_and_layers(sign_in: SignIn, project: Project, manager: User) -> None:
    article = make_article(project, metadata={"desk": "world"})
    annotate(article, manager)
    annotator = sign_in(manager)
    assert annotator.article(article.pk).text == article.text
    assert annotator.article(article.pk).metadata == {"desk": "world"}
    (span,) = annotator.layer(article.pk, "me")["spans"]
    assert article.text[span["start"] : span["end"]] == "Mara Ellingsen"


def test_articles_are_added_in_batches(
    sign_in: SignIn, project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "BATCH", 2)
    annotator = sign_in(manager)
    added = annotator.add_articles(project.slug, ({"text": f"Ship {number} sailed."} for number in range(5)))
    assert [one.id for one in added] == list(Article.objects.order_by("pk").values_list("pk", flat=True))
    with pytest.raises(Refused, match="already"):
        annotator.add_articles(project.slug, [{"text": "Ship 1 sailed."}])


def test_what_is_not_there_or_not_allowed_is_said(
    sign_in: SignIn, project: Project, annotator: User, stranger: User, live_server: LiveServer
) -> None:
    with pytest.raises(NotFound, match="you may not see it"):
        sign_in(stranger).project(project.slug)
    with pytest.raises(NotPermitted) as refused:
        sign_in(annotator).add_articles(project.slug, [{"text": "No."}])
    assert refused.value.status == 403
    with pytest.raises(NotSignedIn, match="unknown, expired or revoked"):
        Annotator(live_server.url, "wrong").me()


def test_every_wrong_field_is_named(sign_in: SignIn, project: Project, manager: User) -> None:
    with pytest.raises(Invalid) as refused:
        sign_in(manager).add_articles(project.slug, [{"text": "Good."}, {"text": ""}, {"title": "x"}])
    assert [one["pointer"] for one in refused.value.errors] == ["/1/text", "/2/text"]
    assert str(refused.value).startswith("1/text: ")


def test_an_address_that_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.annotator_client.connection.pause_after", lambda *_: 0.0)
    with pytest.raises(ConnectionFailed, match="connection to the server failed"):
        Annotator("http://127.0.0.1:9", "token").me()


@pytest.mark.parametrize("url", ["annotator.example.org", "ftp://example.org", "https://"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(ValueError, match="begins with https"):
        Annotator(url, "token")


def test_a_token_may_come_from_the_environment(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, live_server: LiveServer
) -> None:
    monkeypatch.delenv("ANNOTATOR_TOKEN", raising=False)
    with pytest.raises(ValueError, match="ANNOTATOR_TOKEN"):
        Annotator(live_server.url)
    monkeypatch.setenv("ANNOTATOR_TOKEN", "wrong")
    with pytest.raises(NotSignedIn):
        Annotator(live_server.url).me()
