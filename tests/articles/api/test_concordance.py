from __future__ import annotations

from uuid import uuid4

import pytest

from annotator.users.models import Project, User
from articles.models import Article, Span
from articles.services.bulk_edits import work_on_bulk_edit
from tests.articles.api.conftest import Api
from tests.scenarios.doubts import finish


@pytest.fixture
def article(project: Project) -> Article:
    return finish(project, "Bergen Bank left Bergen at noon.", ("Bergen Bank", "ORG"))


def test_the_concordance(project: Project, reviewer: User, call: Api, article: Article) -> None:
    path = f"projects/{project.slug}/concordance/"
    body = call(reviewer, "GET", f"{path}?text=bergen&sort=after").body
    assert (body["places"], body["articles"], body["remarks"]) == (2, 1, [])
    free, inside = body["results"]
    assert (free["start"], free["end"], free["before"]) == (17, 23, "Bergen Bank left ")
    assert (inside["labels"], inside["touching"]) == ([], ["ORG"])
    assert call(reviewer, "GET", f"{path}?text=bergen&page=2").body["results"] == []
    assert call(reviewer, "GET", f"{path}?text=(&way=pattern").status == 400
    assert call(reviewer, "GET", f"{path}?text=x&layer=engine:none").status == 404
    # Longer than a word may be for PostgreSQL, by whose index the search is narrowed.
    finish(project, long := "語" * 700)
    assert call(reviewer, "GET", f"{path}?text={long}").body["places"] == 1


def test_spaces_of_a_pattern_count_in_a_bulk_edit_as_in_the_concordance(
    project: Project, reviewer: User, call: Api, article: Article
) -> None:
    asked = {"action": "label", "label": "GPE", "reopens": True, "dry_run": True}
    search = {"text": "Bergen ", "way": "pattern"}
    plan = call(reviewer, "POST", f"projects/{project.slug}/bulk-edits/", {**asked, "search": search}).body
    path = f"projects/{project.slug}/concordance/?text=Bergen%20&way=pattern"
    assert plan["changes"] == call(reviewer, "GET", path).body["places"] == 2
    assert [one["words"] for one in call(reviewer, "GET", path).body["results"]] == ["Bergen ", "Bergen "]


def test_a_bulk_edit_is_tried_done_and_undone(
    project: Project, reviewer: User, call: Api, article: Article
) -> None:
    path, id_ = f"projects/{project.slug}/bulk-edits/", str(uuid4())
    asked = {"id": id_, "action": "label", "label": "GPE", "search": {"text": "Bergen", "labelled": "-"}}
    plan = call(reviewer, "POST", path, {**asked, "dry_run": True}).body
    refused = {"This article is approved.": 1}
    assert plan == {"changes": 0, "labels": {}, "articles": 0, "refused": refused, "remarks": []}
    assert call(reviewer, "POST", path, asked).status == 409
    made = call(reviewer, "POST", path, {**asked, "reopens": True})
    assert (made.status, made.body["state"], made.body["layer"]) == (201, "succeeded", "gold")
    assert made.body["counts"] == {"waiting": 0, "done": 1, "refused": 0, "undone": 0, "kept": 0}
    assert call(reviewer, "POST", path, {**asked, "reopens": True}).body == made.body
    assert Span.objects.filter(label="GPE", start=17).exists()
    undone = call(reviewer, "POST", f"bulk-edits/{id_}/undo/").body
    assert (undone["counts"]["undone"], undone["undone_by"]) == (1, "reviewer")
    assert not Span.objects.filter(label="GPE").exists()
    assert call(reviewer, "POST", f"bulk-edits/{id_}/undo/").status == 409
    assert [one["id"] for one in call(reviewer, "GET", path).body] == [id_]
    assert call(reviewer, "GET", f"bulk-edits/{id_}/").body["action"] == "label"


def test_a_bulk_edit_tells_that_its_search_found_more_than_it_may_change(
    project: Project, reviewer: User, call: Api, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.queries.concordance.search.MOST_PLACES", 1)
    path = f"projects/{project.slug}/bulk-edits/"
    asked = {"action": "label", "label": "GPE", "search": {"text": "Bergen"}, "reopens": True}
    plan = call(reviewer, "POST", path, {**asked, "dry_run": True}).body
    assert plan["remarks"] == ["There are more than 1 places: these are the first. Narrow the search."]
    made = call(reviewer, "POST", path, asked).body
    assert made["remarks"] == plan["remarks"]
    assert call(reviewer, "GET", f"bulk-edits/{made['id']}/").body == made


def test_places_can_be_named_and_a_large_one_is_a_job(
    project: Project, reviewer: User, call: Api, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.services.bulk_edits.AT_ONCE", 0)
    place = {"article": article.pk, "start": 17, "end": 23}
    asked = {"action": "label", "label": "GPE", "places": [place], "reopens": True}
    made = call(reviewer, "POST", f"projects/{project.slug}/bulk-edits/", asked)
    assert (made.status, made.body["counts"]["waiting"]) == (202, 1)
    work_on_bulk_edit(made.body["job"])
    work_on_bulk_edit(made.body["job"])
    assert call(reviewer, "GET", f"bulk-edits/{made.body['id']}/").body["counts"]["done"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"action": "burn"},
        {"action": "remove"},
        {"action": "label", "label": "NOTHING", "search": {"text": "Bergen"}},
        {"action": "remove", "places": [{"article": "x"}]},
        {"action": "remove", "search": {"text": "(", "way": "pattern"}},
        {"action": "remove", "search": ["Bergen"]},
    ],
)
def test_what_cannot_be_read_is_refused(
    project: Project, reviewer: User, call: Api, wrong: dict[str, object]
) -> None:
    assert call(reviewer, "POST", f"projects/{project.slug}/bulk-edits/", wrong).status == 400
