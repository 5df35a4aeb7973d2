"""Reprints and updates as people meet them."""

from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.services.twins import catch_up
from tests.builders import make_article
from tests.pages import Visitor, words

STORY = "BERGEN, Norway, Feb. 11. The ferry to the islands sails again after repairs all winter, " * 3


@pytest.fixture
def told_twice(project: Project) -> tuple[int, int]:
    first = make_article(project, text=STORY, title="Ferry sails again")
    second = make_article(project, text=f"{STORY} Update: fares rise.", title="Fares rise")
    catch_up(project=project)
    return first.pk, second.pk


def test_a_reprint_says_what_it_repeats(told_twice: tuple[int, int], project: Project, viewer: User) -> None:
    page = words(Visitor(viewer).get(f"/projects/{project.slug}/articles/"))
    assert page.count("repeats “Ferry sails again”") == 1
    hidden = words(Visitor(viewer).get(f"/projects/{project.slug}/articles/", twins="without"))
    assert "Fares rise" not in hidden
