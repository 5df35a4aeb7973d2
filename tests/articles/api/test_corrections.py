"""Corrected texts through the API."""

from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import Article
from tests.articles.api.conftest import Api
from tests.builders import TEXT, add_span, annotate, make_article
from tests.scenarios.corrections import correct


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project, external_id="wire-7")


def test_a_text_is_corrected_and_its_versions_are_listed(
    article: Article, annotator: User, manager: User, call: Api
) -> None:
    annotate(article, annotator)
    path, text = f"articles/{article.pk}/versions/", TEXT.replace("Mara", "Maria")
    (plan,) = call(manager, "POST", f"{path}?preview", {"text": text}).body
    assert plan == {"author": "user:annotator", "certain": 0, "unsure": 1, "lost": 0, "passages": []}
    made = call(manager, "POST", path, {"text": text, "reason": "A name"})
    assert (made.status, made.body["number"]) == (201, 2)
    new = made.body["article"]
    assert [one["article"] for one in call(manager, "GET", path).body] == [new, article.pk]
    shown = call(manager, "GET", f"articles/{new}/").body
    assert (shown["version"], shown["current"], shown["external_id"]) == (2, new, "wire-7")
    old = call(manager, "GET", f"articles/{article.pk}/").body
    assert (old["version"], old["current"], old["text"]) == (1, new, TEXT)
    (todo,) = call(annotator, "GET", f"projects/{article.project.slug}/corrections/").body["results"]
    assert (todo["article"], todo["kind"], todo["was_start"]) == (new, "changed", 25)
    assert call(manager, "POST", f"articles/{new}/versions/undo/", {}).body["article"] == article.pk


def test_an_editor_that_is_open_on_the_old_text_learns_where_work_goes_on(
    article: Article, annotator: User, manager: User, call: Api
) -> None:
    new, _ = correct(article, annotator, manager)
    layer = call(annotator, "GET", f"articles/{article.pk}/layers/me/?since=99").body
    assert layer["current"] == new.pk
    request = add_span(0, 6, "GPE")
    edits = {"edits": [{"id": str(request.id), "op": request.op, **request.to_json()}]}
    answer = call(annotator, "POST", f"articles/{article.pk}/layers/me/edits/", edits).body
    assert (answer["current"], answer["results"][0]["status"]) == (new.pk, "applied")
    refused = call(annotator, "POST", f"articles/{article.pk}/submit/", {})
    assert (refused.status, refused.body["current"]) == (409, new.pk)


def test_a_text_that_is_archived_for_another_reason_stays_away(
    article: Article, manager: User, call: Api
) -> None:
    call(manager, "DELETE", f"articles/{article.pk}/")
    assert call(manager, "GET", f"articles/{article.pk}/").status == 404
    assert call(manager, "GET", f"articles/{article.pk}/versions/").status == 404
