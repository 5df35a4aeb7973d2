from __future__ import annotations

import time

import pytest

from annotator.lib.errors import Invalid
from annotator.users.models import Project, User
from articles.models import Article
from articles.queries.articles import ArticleFilter
from articles.queries.concordance.finders import Way
from articles.queries.concordance.page import rows_of
from articles.queries.concordance.search import UNLABELLED, Search, find_lines
from articles.queries.layers.choice import GOLD, LayerChoice
from tests.builders import annotate, make_article, make_project
from tests.scenarios.doubts import finish


@pytest.fixture
def texts(project: Project) -> tuple[Article, Article]:
    """Gold has Bergen as GPE in the first, and part of an ORG in the second, where it also stands alone."""
    first = finish(project, "Ships left Bergen at noon.", ("Bergen", "GPE"))
    second = finish(project, "Bergen Bank says bergen is calm; Bergenhus is not.", ("Bergen Bank", "ORG"))
    make_article(make_project(), "Bergen elsewhere.")
    return first, second


def places(project: Project, user: User, search: Search) -> list[tuple[int, int]]:
    return [(line.article, line.start) for line in find_lines(project, search, user=user).lines]


def test_words_are_found_in_this_project_only(
    project: Project, manager: User, texts: tuple[Article, Article]
) -> None:
    first, second = (one.pk for one in texts)
    assert places(project, manager, Search("bergen")) == [(first, 11), (second, 0), (second, 17)]
    assert places(project, manager, Search("Bergen", match_case=True)) == [(first, 11), (second, 0)]
    assert len(places(project, manager, Search("ergen", way=Way.PART))) == 4
    assert places(project, manager, Search(r"Bergen\w+", way=Way.PATTERN)) == [(second, 33)]
    assert places(project, manager, Search("bergen", articles=ArticleFilter(q="calm"))) == [
        (second, 0),
        (second, 17),
    ]
    assert places(project, manager, Search()) == []


def test_a_label_narrows_to_what_has_it_and_is_found_without_words(
    project: Project, manager: User, annotator: User, texts: tuple[Article, Article]
) -> None:
    first, second = (one.pk for one in texts)
    assert places(project, manager, Search("bergen", labelled="GPE")) == [(first, 11)]
    assert places(project, manager, Search("bergen", labelled=UNLABELLED)) == [(second, 17)]
    assert places(project, manager, Search(labelled="ORG")) == [(second, 0)]
    assert places(project, manager, Search(labelled=UNLABELLED)) == []
    mine = LayerChoice("user", "annotator")
    assert places(project, manager, Search(labelled="PERSON", layer=mine)) == []
    own = make_article(project)
    annotate(own, annotator)
    assert places(project, manager, Search(labelled="PERSON", layer=mine)) == [(own.pk, 25)]


def test_what_lies_behind_the_searched_part_of_a_long_text_is_found(project: Project, manager: User) -> None:
    article = make_article(project, "calm " * 20_500 + "Bergen.")
    assert places(project, manager, Search("Bergen")) == [(article.pk, 102_500)]


def test_the_number_of_places_is_bounded_and_that_is_said(
    project: Project, manager: User, texts: tuple[Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.queries.concordance.search.MOST_PLACES", 2)
    found = find_lines(project, Search("bergen"), user=manager)
    assert (len(found.lines), found.articles) == (2, 2)
    assert found.remarks == ["There are more than 2 places: these are the first. Narrow the search."]


def test_a_pattern_that_is_none_is_refused_and_one_without_end_is_stopped(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(project, "a" * 5_000 + "!")
    with pytest.raises(Invalid, match="not a regular expression"):
        find_lines(project, Search("(", way=Way.PATTERN), user=manager)
    monkeypatch.setattr("articles.queries.concordance.finders.PATTERN_SECONDS", 0.3)
    began = time.monotonic()
    found = find_lines(project, Search("(a|aa)+$", way=Way.PATTERN), user=manager)
    assert time.monotonic() - began < 5
    assert found.lines == []
    assert found.remarks


def test_rows_tell_the_labels_here_and_around(
    project: Project, manager: User, texts: tuple[Article, Article]
) -> None:
    lines = find_lines(project, Search("bergen"), user=manager).lines
    exact, around, free = rows_of(project, lines, GOLD)
    assert [(one.name, one.is_exact) for one in exact.labels] == [("GPE", True)]
    assert [(one.name, one.is_exact) for one in around.labels] == [("ORG", False)]
    assert free.labels == []
    assert (exact.before, exact.words, exact.after) == ("Ships left ", "Bergen", " at noon.")
    assert exact.place == f"{texts[0].pk}:11-17"
