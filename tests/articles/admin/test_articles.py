from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.users.models import Project, User
from articles.models import Article, Assignment, Job
from articles.services.gold.approving import approve
from tests.builders import make_article, make_articles, make_project, make_submitted

LIST = "/admin/articles/article/"


@pytest.fixture
def admin_client(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def act(client: Client, action: str, *articles: Article) -> str:
    ticked = {"action": action, "_selected_action": [one.pk for one in articles], "index": 0}
    return client.post(LIST, ticked, follow=True).content.decode()


def test_the_list_leaves_the_texts_in_the_database(admin_client: Client, project: Project) -> None:
    articles = make_articles(project, 3)
    with CaptureQueriesContext(connection) as queries:
        page = admin_client.get(LIST).content.decode()
    assert all(f"{LIST}{article.pk}/change/" in page for article in articles)
    assert not any('"articles_article"."text"' in query["sql"] for query in queries)


def test_search_finds_words_of_the_text(admin_client: Client, project: Project) -> None:
    make_article(project, "Ferries leave Bergen at noon.", title="Ferries")
    make_article(project, "Nothing happened in Oslo.", title="Calm")
    page = admin_client.get(LIST, {"q": "berg"}).content.decode()
    assert "Ferries" in page
    assert "Calm" not in page


def test_metadata_changes_and_the_text_does_not(admin_client: Client, project: Project) -> None:
    article = make_article(project)
    data = {"title": "New headline", "language": "en", "text": "changed", "metadata": '{"desk": "north"}'}
    rows = {"layers-TOTAL_FORMS": 0, "layers-INITIAL_FORMS": 0}
    url = reverse("admin:articles_article_change", args=[article.pk])
    assert admin_client.post(url, {**data, **rows}).status_code == 302
    changed = Article.objects.get(pk=article.pk)
    assert (changed.title, changed.metadata, changed.text) == (
        "New headline",
        {"desk": "north"},
        article.text,
    )


def test_a_page_lists_layers_with_their_spans(
    admin_client: Client, project: Project, annotator: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    page = admin_client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "user:annotator" in page
    assert article.text in page


def test_preannotate_starts_one_run_a_project(admin_client: Client, project: Project) -> None:
    other = make_project()
    act(admin_client, "preannotate_chosen", *make_articles(project, 2), make_article(other))
    assert sorted(Job.objects.values_list("project", "total")) == sorted([(project.pk, 2), (other.pk, 1)])


def test_assign_and_archive(admin_client: Client, project: Project, annotator: User) -> None:
    first, second = make_articles(project, 2)
    act(admin_client, "assign_chosen", first)
    assert [one.article for one in Assignment.objects.all()] == [first]
    act(admin_client, "archive_chosen", second)
    second.refresh_from_db()
    assert second.archived_at is not None


def test_export_streams_the_gold_of_the_chosen(
    admin_client: Client, project: Project, annotator: User, reviewer: User
) -> None:
    done, open_one = make_articles(project, 2)
    assert "has gold yet" in act(admin_client, "export_chosen", open_one)
    make_submitted(done, annotator)
    approve(article=done, by=reviewer)
    ticked = {"action": "export_chosen", "_selected_action": [done.pk, open_one.pk]}
    answer = admin_client.post(LIST, ticked)
    rows = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]  # type: ignore[attr-defined]
    assert [row["id"] for row in rows] == [done.pk]
