"""Stories that were told more than once, as people meet them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.users.models import Project, User
from articles.models import Article
from articles.queries.stories import members
from articles.services.articles import archive_article
from articles.services.twins import catch_up
from tests.builders import make_article, make_span
from tests.pages import Visitor, words

FERRY = "BERGEN, Norway, Feb. 11. The ferry to the islands sails again after repairs all winter, " * 3
BRIDGE = "OSLO, Norway, May 2. The bridge over the river was closed for a week by a truck that fell. " * 3


def tell(project: Project, text: str, *endings: str) -> list[Article]:
    """One article an ending; all of one story."""
    told = [make_article(project, text=f"{text} {one}", title=f"Title {one}") for one in endings]
    catch_up(project=project)
    return told


@pytest.fixture
def ferry(project: Project) -> list[Article]:
    return tell(project, FERRY, "Alpha.", "Beta.", "Gamma.")


def test_stories_are_listed_the_largest_first(
    ferry: list[Article], project: Project, annotator: User
) -> None:
    tell(project, BRIDGE, "Delta.", "Epsilon.")
    page = words(Visitor(annotator).get(f"/projects/{project.slug}/stories/"))
    assert page.index("Title Alpha.") < page.index("3 articles") < page.index("Title Delta.")
    newest = words(Visitor(annotator).get(f"/projects/{project.slug}/stories/", order="date"))
    assert newest.index("Title Delta.") < newest.index("Title Alpha.")


def test_a_story_shows_its_members_whichever_one_it_is_asked_by(
    ferry: list[Article], project: Project, viewer: User
) -> None:
    pages = [words(Visitor(viewer).get(f"/projects/{project.slug}/stories/{one.pk}/")) for one in ferry]
    assert all(
        "3 articles tell this story." in page and "% alike" in page and "Title Gamma." in page
        for page in pages
    )


def test_archived_articles_do_not_count(ferry: list[Article], project: Project, viewer: User) -> None:
    archive_article(article=ferry[0])
    page = words(Visitor(viewer).get(f"/projects/{project.slug}/stories/"))
    assert "2 articles" in page
    assert "Title Beta." in page
    assert Visitor(viewer).get(f"/projects/{project.slug}/stories/{ferry[0].pk}/").status_code == 404
    archive_article(article=ferry[1])
    assert "No story was told twice" in words(Visitor(viewer).get(f"/projects/{project.slug}/stories/"))


def test_of_a_large_story_the_first_are_shown(
    ferry: list[Article], project: Project, viewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MOST_SHOWN", 2)
    page = words(Visitor(viewer).get(f"/projects/{project.slug}/stories/{ferry[0].pk}/"))
    assert "3 articles tell this story." in page
    assert "The first 2 are shown." in page
    assert "Title Gamma." not in page


def test_two_texts_are_compared_side_by_side(ferry: list[Article], project: Project, annotator: User) -> None:
    path = f"/projects/{project.slug}/stories/{ferry[0].pk}/{ferry[1].pk}/"
    page = words(Visitor(annotator).get(path))
    assert "<del>Alpha.</del>" in page
    assert "<ins>Beta.</ins>" in page


def test_the_list_of_articles_leads_to_the_story(
    ferry: list[Article], project: Project, annotator: User
) -> None:
    page = words(Visitor(annotator).get(f"/projects/{project.slug}/articles/"))
    assert page.count(">2 reprints</a>") == 1
    assert page.count("repeats “Title Alpha.”") == 2


def test_more_stories_take_no_more_queries(ferry: list[Article], project: Project, viewer: User) -> None:
    def queries() -> int:
        visitor = Visitor(viewer)
        with CaptureQueriesContext(connection) as context:
            assert visitor.get(f"/projects/{project.slug}/stories/").status_code == 200
        return len(context)

    few = queries()
    tell(project, BRIDGE, "Delta.", "Epsilon.")
    assert queries() == few


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 5000])
def test_a_page_that_is_not_there_is_answered_kindly(
    ferry: list[Article], project: Project, viewer: User, page: str
) -> None:
    answer = Visitor(viewer).get(f"/projects/{project.slug}/stories/", page=page, order="x")
    assert answer.status_code == 200


@pytest.fixture
def gold(project: Project) -> list[Article]:
    """A story of which the first is gold, with Norway and with what only it has."""
    text = f"{FERRY} Alpha rests."
    spans = [make_span(text.index(one), text.index(one) + len(one), "GPE") for one in ("Norway", "Alpha")]
    told = [make_article(project, text=text, spans=tuple(spans), title="Told first")]
    return told + tell(project, FERRY, "Beta.")


def test_a_reviewer_carries_gold_over(gold: list[Article], project: Project, reviewer: User) -> None:
    story = f"/projects/{project.slug}/stories/{gold[0].pk}/"
    visitor = Visitor(reviewer)
    assert "Carry its gold over to 1 unfinished article" in words(visitor.get(story))
    page = words(visitor.post(f"{story}carry/", follow=True))
    assert "Carried over to 1 article, to be accepted there." in page
    assert "1 span had no certain place." in page
    assert "1 suggestion carried over" in page
    assert "All unfinished articles of this story have it already." in words(
        visitor.post(f"{story}carry/", follow=True)
    )


def test_what_is_doubtful_is_listed_for_reviewers_only(
    gold: list[Article], project: Project, reviewer: User, annotator: User
) -> None:
    path = f"/projects/{project.slug}/stories/{gold[0].pk}/{gold[1].pk}/"
    page = words(Visitor(reviewer).get(path))
    assert "1 span comes along: all its words are the same." in page
    assert "<bdi>Alpha</bdi>" in page
    assert "comes along" not in words(Visitor(annotator).get(path))


def test_what_is_not_gold_is_not_carried(ferry: list[Article], project: Project, reviewer: User) -> None:
    story = f"/projects/{project.slug}/stories/{ferry[0].pk}/"
    assert "This article is not gold yet." in words(Visitor(reviewer).post(f"{story}carry/", follow=True))


def test_the_editor_leads_to_the_story(ferry: list[Article], project: Project, annotator: User) -> None:
    data = Visitor(annotator).get(f"/api/v1/articles/{ferry[1].pk}/editor/").json()
    assert data["story"] == {"others": 2, "url": f"/projects/{project.slug}/stories/{ferry[1].pk}/"}
