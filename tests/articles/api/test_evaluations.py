from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import ProjectEngine
from articles.services.evaluations import work_on_evaluation
from tests.articles.api.conftest import Api
from tests.scenarios.evaluations import GuessingEngine, KnowingEngine, install, make_gold


@pytest.fixture
def engines(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[ProjectEngine]:
    return install(project, monkeypatch, GuessingEngine, KnowingEngine)


def test_measuring_listing_and_reading_the_figures(
    project: Project, manager: User, viewer: User, engines: list[ProjectEngine], call: Api
) -> None:
    make_gold(project, 12)
    path = f"projects/{project.slug}/evaluations/"
    answer = call(manager, "POST", path, {"engines": ["guessing"]})
    assert (answer.status, answer.body["kind"], answer.body["total"]) == (202, "evaluate", 12)
    work_on_evaluation(answer.body["id"], enqueue_run=lambda _: None)
    (row,) = call(viewer, "GET", path).body
    assert (row["engine"], row["version"], row["articles"]) == ("guessing", "3", 12)
    value, low, high = row["exact"]["f1"]
    assert low <= value <= high
    whole = call(viewer, "GET", f"evaluations/{row['id']}/").body
    assert ["GPE", "ORG", 2] in whole["figures"]["confusion"]
    assert len(whole["figures"]["by_article"]) == 12


def test_without_names_all_enabled_engines_are_measured(
    project: Project, manager: User, engines: list[ProjectEngine], call: Api
) -> None:
    make_gold(project, 2)
    job = call(manager, "POST", f"projects/{project.slug}/evaluations/", {}).body["id"]
    work_on_evaluation(job, enqueue_run=lambda _: None)
    rows = call(manager, "GET", f"projects/{project.slug}/evaluations/").body
    assert {row["engine"] for row in rows} == {"guessing", "knowing"}


def test_without_gold_it_says_what_to_do(project: Project, manager: User, call: Api) -> None:
    answer = call(manager, "POST", f"projects/{project.slug}/evaluations/", {})
    assert answer.status == 400
    assert "No article is gold yet" in answer.body["detail"]


def test_an_unknown_engine_is_missing(project: Project, manager: User, call: Api) -> None:
    answer = call(manager, "POST", f"projects/{project.slug}/evaluations/", {"engines": ["nobody"]})
    assert answer.status == 404
