"""Reprints and updates as programs meet them."""

from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.services.twins import catch_up
from tests.articles.api.conftest import Api
from tests.builders import make_article

STORY = "BERGEN, Norway, Feb. 11. The ferry to the islands sails again after repairs all winter, " * 3


@pytest.fixture
def told_twice(project: Project) -> tuple[int, int]:
    first = make_article(project, text=STORY, title="Ferry sails again")
    second = make_article(project, text=f"{STORY} Update: fares rise.", title="Fares rise")
    catch_up(project=project)
    return first.pk, second.pk


@pytest.mark.parametrize(
    ("twins", "titles"),
    [("", ["Ferry sails again", "Fares rise"]), ("without", ["Ferry sails again"]), ("only", ["Fares rise"])],
)
def test_reprints_can_be_hidden(
    twins: str, titles: list[str], told_twice: tuple[int, int], project: Project, viewer: User, call: Api
) -> None:
    rows = call(viewer, "GET", f"projects/{project.slug}/articles/?twins={twins}").body["results"]
    assert [row["title"] for row in rows] == titles


def test_an_article_names_the_one_it_repeats(
    told_twice: tuple[int, int], project: Project, viewer: User, call: Api
) -> None:
    first, second = told_twice
    assert call(viewer, "GET", f"articles/{second}/").body["repeats"] == first
    assert call(viewer, "GET", f"articles/{first}/").body["repeats"] is None
