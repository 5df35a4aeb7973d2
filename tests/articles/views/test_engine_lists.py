from __future__ import annotations

import html
import json
import re
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine, Span
from articles.services.assignments.claiming import submit_article
from articles.services.gold.approving import approve
from tests.builders import add_span, annotate, make_article, make_articles

NAMES = "# ours\nMara Ellingsen\tPERSON\nNobody Here\tPERSON\nOslo\tNOPE"


@pytest.fixture
def manager_client(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def url(project: Project, what: str, name: str = "gazetteer") -> str:
    return reverse(f"articles:{what}", args=[project.slug, name])


def row_of(project: Project, name: str = "gazetteer") -> ProjectEngine:
    return ProjectEngine.objects.get(project=project, name=name)


def seen_by(client: Client, project: Project) -> str:
    page = client.get(url(project, "engine")).content.decode()
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def by_line(page: str) -> Any:
    found = re.search(r'id="by-line" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(html.unescape(found[1]))


def test_what_a_list_finds_is_told_by_line_beside_its_mistakes(
    manager_client: Client, project: Project
) -> None:
    make_article(project)
    answer = manager_client.post(url(project, "engine-try"), {"entries": NAMES})
    page = answer.content.decode()
    assert '<mark data-hue="0">Mara Ellingsen<small>PERSON</small></mark>' in page
    known = by_line(page)
    assert known["counts"]["2"] == [page.count("<mark"), 1]
    assert known["counts"]["3"] == [0, 0]
    assert [(line, fatal) for line, _, fatal in known["remarks"]] == [(4, True)]
    assert row_of(project).settings == {}
    assert not Span.objects.exists()


def test_lines_of_a_long_list_keep_their_numbers(manager_client: Client, project: Project) -> None:
    make_article(project)
    data = {"entries": "Mara Ellingsen\tPERSON\nLund", "numbers": "7,4000"}
    page = manager_client.post(url(project, "engine-try"), data).content.decode()
    known = by_line(page)
    assert list(known["counts"]) == ["7"]
    assert known["remarks"][0][0] == 4000
    assert "only the lines you changed" in page


@pytest.mark.parametrize("numbers", ["x", "0", "3,2", "1,2,3", "-1", "9" * 40, "1,1"])
def test_numbers_that_are_none_change_nothing(manager_client: Client, project: Project, numbers: str) -> None:
    data = {"entries": "Lund\tPERSON\nBerg", "numbers": numbers}
    page = manager_client.post(url(project, "engine-try"), data).content.decode()
    assert by_line(page)["remarks"][0][0] == 2


@pytest.mark.parametrize(
    ("sample", "read"),
    [
        ({}, 20),
        ({"amount": "50"}, 25),
        ({"sample": "random", "seed": "7"}, 20),
        ({"sample": "words", "q": "herring"}, 1),
        ({"sample": "latest", "q": "herring"}, 1),
        ({"sample": "title", "q": "of HERR"}, 1),
        ({"sample": "title", "q": "%"}, 0),
        ({"sample": "nonsense", "amount": "x", "seed": "x"}, 20),
    ],
)
def test_the_articles_of_the_sample_can_be_chosen(
    manager_client: Client, project: Project, sample: dict[str, str], read: int
) -> None:
    make_articles(project, 24)
    make_article(project, "A text about herring.", title="Of herring")
    page = manager_client.post(
        url(project, "engine-try"), {"entries": "Xyz\tPERSON", **sample}
    ).content.decode()
    assert (f"articles with hits: 0 of {read}" in page) or (read == 0 and "No article fits" in page)


def test_a_random_sample_stays_as_one_types(manager_client: Client, project: Project) -> None:
    make_articles(project, 60)
    data = {"entries": "Xyz\tPERSON", "sample": "random", "seed": "3"}
    first, again, other = (
        re.findall(r"/articles/\d+/", manager_client.post(url(project, "engine-try"), one).content.decode())
        for one in (data, data, {**data, "seed": "4"})
    )
    assert first == again != other


def test_rules_are_tried_and_a_slow_one_does_not_stop_the_page(
    manager_client: Client, project: Project
) -> None:
    make_article(project, "Mara " + "a" * 5_000)
    rules = "(?=(?=(?=(a+)+b)))\tPERSON\nMara\tPERSON\n(\tPERSON"
    page = manager_client.post(url(project, "engine-try", "rules"), {"rules": rules}).content.decode()
    known = by_line(page)
    assert known["counts"]["2"] == [1, 1]
    assert [(line, fatal) for line, _, fatal in known["remarks"]] == [(1, False), (3, True)]


def test_without_a_script_the_page_itself_tries(manager_client: Client, project: Project) -> None:
    make_article(project)
    answer = manager_client.post(url(project, "engine"), {"entries": NAMES, "try": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<mark" in page
    assert "Nobody Here\tPERSON\nOslo" in page


def test_keeping_says_what_changed(manager_client: Client, project: Project) -> None:
    manager_client.post(url(project, "engine"), {"entries": "Oslo\tGPE\nLund\tPERSON"})
    answer = manager_client.post(
        url(project, "engine"), {"entries": "Lund\tPERSON\nBerg\tPERSON\nMoe\tPERSON"}, follow=True
    )
    assert "2 lines added, 1 line removed" in answer.content.decode()


def test_who_comes_second_is_told_and_overwrites_only_knowingly(
    manager_client: Client, project: Project
) -> None:
    seen = seen_by(manager_client, project)
    manager_client.post(url(project, "engine"), {"entries": "Oslo\tGPE", "seen": seen})
    data = {"entries": "Lund\tPERSON", "seen": seen}
    answer = manager_client.post(url(project, "engine"), data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Somebody else has kept this list" in page
    assert "Lund\tPERSON</textarea>" in page
    assert row_of(project).settings["entries"] == "Oslo\tGPE"
    data["seen"] = re.findall(r'name="seen" value="(\w+)"', page)[0]
    assert manager_client.post(url(project, "engine"), data).status_code == 302
    assert row_of(project).settings["entries"] == "Lund\tPERSON"


def test_the_kept_list_can_be_taken_along(manager_client: Client, project: Project) -> None:
    manager_client.post(url(project, "engine"), {"entries": "Oslo\tGPE"})
    answer = manager_client.get(url(project, "engine-list"))
    assert answer.content.decode() == "Oslo\tGPE\n"
    assert answer["Content-Type"].startswith("text/tab-separated-values")


def test_a_run_over_what_nobody_has_begun_is_the_next_step(manager_client: Client, project: Project) -> None:
    make_articles(project, 3)
    manager_client.post(url(project, "engine"), {"entries": "Oslo\tGPE"})
    assert "over the 3 articles" in manager_client.get(url(project, "engine")).content.decode()
    manager_client.post(url(project, "engine-run"))
    job = Job.objects.get(project=project)
    assert job.total == 3
    assert job.params["engines"][0] == "gazetteer"


def test_an_engine_without_a_list_has_none_to_try(manager_client: Client, project: Project) -> None:
    assert manager_client.post(url(project, "engine-try", "newswire")).status_code == 404
    assert manager_client.get(url(project, "engine-list", "newswire")).status_code == 404


def test_fifty_thousand_names_are_opened_tried_and_kept_in_seconds(
    manager_client: Client, project: Project
) -> None:
    make_articles(project, 20)
    entries = "\n".join(f"Name {n} of the Harbour Office\tORG" for n in range(50_000))
    began = time.monotonic()
    assert manager_client.post(url(project, "engine"), {"entries": entries}).status_code == 302
    assert manager_client.get(url(project, "engine")).status_code == 200
    assert manager_client.post(url(project, "engine-try"), {"entries": entries}).status_code == 200
    assert time.monotonic() - began < 60  # a second or two on a machine with nothing else to do


def test_names_that_only_gold_has_are_offered_the_most_frequent_first(
    manager_client: Client, project: Project, annotator: User, reviewer: User
) -> None:
    for text in ("Mara met Lund.", "Lund met Mara.", "Mara left."):
        article = make_article(project, text)
        places = ((text.find(name), name) for name in ("Mara", "Lund"))
        edits = [add_span(start, start + len(name)) for start, name in places if start >= 0]
        annotate(article, annotator, *edits)
        submit_article(article=article, by=annotator)
        approve(article=article, by=reviewer)
    page = manager_client.get(url(project, "gold-names")).content.decode()
    assert re.findall(r'data-add="(.*?)"', page) == ["Mara\tPERSON", "Lund\tPERSON"]
    manager_client.post(url(project, "engine"), {"entries": "Mara\tPERSON"})
    page = manager_client.get(url(project, "gold-names")).content.decode()
    assert re.findall(r'data-add="(.*?)"', page) == ["Lund\tPERSON"]
