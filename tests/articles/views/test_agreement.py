from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.users.models import Project, User
from tests.builders import make_member
from tests.pages import Visitor, words
from tests.scenarios.agreement import make_read_twice


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/agreement/"


@pytest.fixture
def second(project: Project) -> User:
    return make_member(project, name="second")


def test_without_overlap_the_page_says_how_to_get_it(project: Project, manager: User, address: str) -> None:
    page = words(Visitor(manager).get(address))
    assert "Nobody has read the same article as somebody else" in page
    assert "Set how many annotators an article has" in page


def test_below_the_floor_there_are_places_and_no_figures(
    project: Project, annotator: User, second: User, viewer: User, address: str
) -> None:
    make_read_twice(project, 2, annotator, second)
    page = words(Visitor(viewer).get(address))
    assert "Too few: at least 10 articles are needed that two or more have read" in page
    assert '<dl class="figures">' not in page
    assert 'disagreements/?kind=label"><b class="figure">2</b> with another label' in page


def test_figures_lead_to_the_very_places(
    project: Project, annotator: User, second: User, reviewer: User, address: str
) -> None:
    articles = make_read_twice(project, 10, annotator, second)
    visitor = Visitor(reviewer)
    page = words(visitor.get(address))
    assert "10 articles read by two or more, 10 pairs of readings" in page
    # Of four and three entities in each article one is the same.
    assert '<dt>F1, exact</dt><dd><span class="score"><b class="figure">0.29</b>' in page
    assert 'said=ORG&amp;against=GPE" aria-label="10: ORG by one, GPE by the other"' in page
    assert '<th scope="row">PART_OF</th><td class="number">20</td>' in page
    assert '<dt>Exactly the same labels</dt><dd><span class="score"><b class="figure">0.00</b>' in page
    listed = words(visitor.get(f"{address}disagreements/", said="GPE", against="ORG"))
    assert listed.count('<span class="chip">Other label</span>') == 10
    assert "review/?at=43-58" in listed
    assert str(articles[0].pk) in listed
    assert "annotator: ORG" in listed
    assert "second: GPE" in listed
    of_persons = words(visitor.get(address, label="PERSON"))
    assert '<dt>F1, exact</dt><dd><span class="score"><b class="figure">1.00</b>' in of_persons
    assert "in which somebody marked LOC" in words(visitor.get(address, label="LOC"))
    assert "No two readings fit" in words(visitor.get(address, after="2999-01-01"))
    alone = words(visitor.get(f"{address}disagreements/", kind="alone"))
    assert alone.count("second: nothing") == 10


def test_the_page_makes_as_many_queries_for_ten_articles_as_for_more(
    project: Project, annotator: User, second: User, viewer: User, address: str
) -> None:
    visitor = Visitor(viewer)

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert visitor.get(address).status_code == 200
        return len(caught)

    make_read_twice(project, 10, annotator, second)
    visitor.get(address)
    few = queries()
    make_read_twice(project, 15, annotator, second)
    assert queries() == few


def test_choices_that_cannot_be_are_refused_in_words(
    project: Project, annotator: User, second: User, viewer: User, address: str
) -> None:
    make_read_twice(project, 1, annotator, second)
    visitor = Visitor(viewer)
    same = visitor.get(address, annotator="second", other="second")
    assert (same.status_code, "Choose two different people." in words(same)) == (400, True)
    assert visitor.get(address, after="soon").status_code == 400
    assert visitor.get(address, label="NOT_THERE").status_code == 400
    assert visitor.get(f"{address}disagreements/", page="x" * 30).status_code == 200
    assert "No disagreement fits" in words(visitor.get(f"{address}disagreements/", page="99999"))
