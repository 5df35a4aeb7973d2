from __future__ import annotations

import re
from typing import Any

import pytest

from annotator.users.models import Project, User
from articles.domain.bulk_edits import RELABEL, Wish
from articles.models import BulkEdit, Job, Span
from articles.queries.concordance.search import Search
from tests.builders import make_project
from tests.pages import Visitor, words
from tests.scenarios.bulk_edits import change_in_bulk
from tests.scenarios.doubts import finish

SEARCH = "?text=Bergen&labelled=GPE"
ALL: dict[str, Any] = {"everything": "1", "action": "relabel", "new_label": "ORG", "reopens": "1"}


@pytest.fixture
def address(project: Project) -> str:
    finish(project, "Ships left Bergen at noon.", ("Bergen", "GPE"))
    finish(project, "Bergen is calm.", ("Bergen", "GPE"))
    return f"/projects/{project.slug}/bulk-edits/"


def hidden(page: str) -> dict[str, Any]:
    """The hidden fields of the form, but for the token."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_preview_changes_nothing_and_its_form_does_what_it_showed(
    project: Project, reviewer: User, address: str
) -> None:
    visitor = Visitor(reviewer)
    page = words(visitor.post(f"{address}preview/{SEARCH}", **ALL))
    assert "Change labels to ORG" in page
    assert '<td>GPE</td><td>ORG</td><td class="number">2</td>' in page
    assert not BulkEdit.objects.exists()
    sent = visitor.post(f"{address}start/{SEARCH}", **hidden(page))
    bulk = BulkEdit.objects.get()
    assert sent["Location"] == f"{address}{bulk.pk}/"
    assert set(Span.objects.values_list("label", flat=True)) == {"ORG"}
    again = visitor.post(f"{address}start/{SEARCH}", **hidden(page))
    assert (again["Location"], BulkEdit.objects.count()) == (sent["Location"], 1)
    shown = words(visitor.get(sent["Location"]))
    assert "Change to ORG" in shown
    assert '<td>Changed</td><td class="number">2</td>' in shown
    undone = words(visitor.post(f"{address}{bulk.pk}/undo/", follow=True))
    assert '<td>Undone</td><td class="number">2</td>' in undone
    assert "“Bergen”" in words(visitor.get(address))


def test_some_places_only_and_what_is_refused(project: Project, reviewer: User, address: str) -> None:
    article = finish(project, "Bergen, too.", ("Bergen", "GPE"))
    wanted: dict[str, Any] = {"action": "remove", "place": f"{article.pk}:0-6"}
    page = words(Visitor(reviewer).post(f"{address}preview/{SEARCH}", **wanted))
    assert "Nothing would be changed" in page
    assert "This article is approved." in page
    page = words(Visitor(reviewer).post(f"{address}preview/{SEARCH}", **wanted, reopens="1"))
    assert "To be changed: 1" in page


def test_when_something_else_would_be_done_by_now_that_is_shown_first(
    project: Project, reviewer: User, address: str
) -> None:
    visitor = Visitor(reviewer)
    page = words(visitor.post(f"{address}preview/{SEARCH}", **ALL))
    finish(project, "Bergen again.", ("Bergen", "GPE"))
    answer = visitor.post(f"{address}start/{SEARCH}", **hidden(page))
    assert (answer.status_code, "To be changed: 3" in words(answer)) == (409, True)
    assert not BulkEdit.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "relabel", "new_label": "ORG"},
        {"action": "relabel", "new_label": "NOTHING", "everything": "1"},
        {"action": "burn", "everything": "1"},
        {"action": "remove", "place": "12"},
        {"action": "remove", "place": "1:2-3:4"},
        {"action": "remove", "everything": "1", "id": "x"},
    ],
)
def test_what_cannot_be_used_is_said(reviewer: User, address: str, wrong: dict[str, str]) -> None:
    visitor = Visitor(reviewer)
    answer = visitor.client.post(f"{address}preview/{SEARCH}", wrong, headers={"referer": ""})
    assert answer.status_code == 400


def test_who_may_change_what(
    project: Project, reviewer: User, annotator: User, viewer: User, address: str
) -> None:
    assert Visitor(viewer).post(f"{address}preview/{SEARCH}", **ALL).status_code == 403
    assert Visitor(annotator).post(f"{address}preview/{SEARCH}&layer=gold", **ALL).status_code == 404
    assert Visitor(reviewer).post(f"{address}preview/{SEARCH}&layer=user:annotator", **ALL).status_code == 403
    bulk = change_in_bulk(project, reviewer, Wish(RELABEL, "ORG"), Search("Bergen"))
    assert "Nothing was changed in bulk yet" in words(Visitor(annotator).get(address))
    assert Visitor(annotator).get(f"{address}{bulk.pk}/").status_code == 404
    assert Visitor(viewer).get(f"{address}{bulk.pk}/").status_code == 200
    assert Visitor(viewer).post(f"{address}{bulk.pk}/undo/").status_code == 403
    elsewhere = f"/projects/{make_project().slug}/bulk-edits/{bulk.pk}/"
    assert Visitor(reviewer).get(elsewhere).status_code == 404


def test_one_that_was_cancelled_goes_on(
    project: Project, reviewer: User, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.services.bulk_edits.AT_ONCE", 0)
    bulk = change_in_bulk(project, reviewer, Wish(RELABEL, "ORG"), Search("Bergen"))
    assert Visitor(reviewer).post(f"{address}{bulk.pk}/undo/").status_code == 302
    Job.objects.filter(pk=bulk.job_id).update(state=Job.State.CANCELLED)
    page = words(Visitor(reviewer).get(f"{address}{bulk.pk}/"))
    assert '<td>Still to be changed</td><td class="number">2</td>' in page
    assert "Go on" in page
    Visitor(reviewer).post(f"{address}{bulk.pk}/resume/")
    assert Job.objects.get(pk=bulk.job_id).state == Job.State.QUEUED
