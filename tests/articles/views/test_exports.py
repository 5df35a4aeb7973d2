from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from annotator.users.models import Project, User
from articles.queries.exports import figures
from articles.views import exports
from tests.builders import make_article, make_articles, make_span, make_submitted
from tests.pages import Visitor, words

See = Callable[..., str]


@pytest.fixture
def see(project: Project, viewer: User) -> See:
    """`see(format="conll")`: the page without scripts, as one line."""
    visitor = Visitor(viewer)
    return lambda **query: words(visitor.get(f"/projects/{project.slug}/export/", **query))


def nested(project: Project, count: int = 2, text: str = "Mara Ellingsen won") -> None:
    make_articles(project, count, text=text, spans=(make_span(0, 14), make_span(0, 4, "ORG")))


def test_it_says_how_much_there_is_and_where_to_get_it(project: Project, see: See) -> None:
    nested(project)
    page = see()
    assert '<b class="figure">2</b> articles' in page
    assert '<b class="figure">4</b> spans' in page
    assert "Nothing is left out." in page
    address = f"/api/v1/projects/{project.slug}/export/?format=jsonl&amp;layer=gold"
    assert f'href="{address}" download' in page
    assert f"'http://testserver{address}'" in page


def test_what_a_format_loses_is_told_before_the_download(project: Project, see: See) -> None:
    nested(project)
    assert '<b class="figure">2</b> nested spans' in see(format="conll")
    assert "Nothing is left out." in see(format="conll", overlap="levels")
    assert "report.json" in see(format="brat")


def test_of_many_articles_it_is_counted_on_request(
    project: Project, see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    nested(project)
    monkeypatch.setattr(exports, "FEW", 1)
    assert "nested spans" not in see(format="conll")
    assert 'href="?format=conll&amp;count=1"' in see(format="conll")
    assert "nested spans" in see(format="conll", count="1")


def test_spans_of_very_many_articles_are_reckoned(
    project: Project, see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    nested(project, 4)
    monkeypatch.setattr(figures, "COUNTED", 2)
    assert 'about <b class="figure">8</b> spans' in see()


def test_only_options_of_the_chosen_format_are_sent(see: See) -> None:
    page = see(format="conll")
    assert 'data-format="conll" aria-label="Options of CoNLL: a token and its tag a line, flat"> ' in page
    assert (
        'data-format="jsonl" aria-label="Options of JSON Lines: everything we know" hidden disabled> ' in page
    )


def test_options_of_the_format_chosen_before_do_no_harm(project: Project, see: See) -> None:
    nested(project)
    page = see(format="doccano", overlap="innermost", scheme="io")
    assert "?format=doccano&amp;layer=gold" in page


def test_every_choice_is_in_the_address(project: Project, see: See) -> None:
    nested(project)
    page = see(
        format="conll",
        overlap="innermost",
        scheme="io",
        status="gold",
        split="a:1,b:1",
        seed="7",
        zip="1",
        q="Mara",
    )
    for choice in (
        "overlap=innermost",
        "scheme=io",
        "status=gold",
        "split=a%3A1%2Cb%3A1",
        "seed=7",
        "zip=1",
        "q=Mara",
    ):
        assert choice in page.partition("Download")[0].rpartition("<a ")[2]


def test_no_ticked_group_is_a_choice_too(project: Project, see: See) -> None:
    nested(project)
    assert "group=twins" in see(split="a:1,b:1")
    assert "group=twins" not in see(split="a:1,b:1", group="")
    assert "group=twins%2Csource" in see(split="a:1,b:1", group=["", "twins", "source"])


def test_nothing_gold_and_nothing_that_fits(project: Project, annotator: User, see: See) -> None:
    assert "Nothing is gold yet" in see()
    make_submitted(make_article(project), annotator)
    assert "Nothing is gold yet" in see()
    assert "No article fits" in see(q="nothingatall")
    assert '<b class="figure">1</b> span</p>' in see(layer="user:annotator")


def test_all_layers_count_all_spans(project: Project, annotator: User, see: See) -> None:
    nested(project, 1)
    make_submitted(make_article(project), annotator)
    make_article(project, text="Nobody has read this.")
    page = see(layer="all")
    assert '<b class="figure">3</b> articles' in page
    assert '<b class="figure">3</b> spans' in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"format": "conll", "layer": "all"}, "has no place for all layers"),
        ({"split": "train"}, "split is a list of parts"),
        ({"published_after": "soon"}, "Enter a valid date."),
    ],
)
def test_what_cannot_be_done_is_said_in_place(
    project: Project, viewer: User, query: dict[str, Any], told: str
) -> None:
    answer = Visitor(viewer).get(f"/projects/{project.slug}/export/", **query)
    assert answer.status_code == 400
    assert told in words(answer)
    assert "Download</a>" not in words(answer)


def test_annotators_are_told_why_not(project: Project, annotator: User) -> None:
    answer = Visitor(annotator).get(f"/projects/{project.slug}/export/")
    assert answer.status_code == 403
    assert "Annotators cannot export" in words(answer)


def test_the_project_page_leads_here(project: Project, viewer: User) -> None:
    nested(project)
    page = words(Visitor(viewer).get(f"/projects/{project.slug}/"))
    assert f'<a href="/projects/{project.slug}/export/">More formats and options</a>' in page
    assert f"/api/v1/projects/{project.slug}/export/?format=conll" in page


def test_more_articles_take_no_more_queries(
    project: Project, see: See, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    nested(project)
    see(format="conll")
    with CaptureQueriesContext(connection) as few:
        see(format="conll")
    nested(project, 9, text="Mara Ellingsen lost")
    with django_assert_num_queries(len(few.captured_queries)):
        see(format="conll")
