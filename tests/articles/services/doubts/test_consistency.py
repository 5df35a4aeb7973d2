from __future__ import annotations

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.models import Job, Variation
from articles.queries.layers.choice import GOLD, LayerChoice
from articles.services.doubts.consistency import start_count, work_on_count
from tests.builders import add_span, annotate, make_article
from tests.scenarios.doubts import make_doubtful


def forms(project: Project, layer: str = "gold") -> list[tuple[str, list[list[object]], int]]:
    rows = Variation.objects.filter(project=project, layer=layer)
    return list(rows.values_list("form", "labels", "unlabelled"))


def test_gold_is_counted_and_counted_again(project: Project, reviewer: User) -> None:
    make_doubtful(project)
    start_count(project=project, layer=GOLD, by=reviewer, enqueue=lambda _: None)
    assert forms(project) == [("Northline Press", [["ORG", 8], ["PERSON", 1]], 1)]
    job = start_count(project=project, layer=GOLD, by=reviewer, enqueue=lambda _: None)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, len(forms(project))) == ("succeeded", 20, 20, 1)


def test_the_task_run_twice_does_no_harm_and_one_count_runs_at_a_time(
    project: Project, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.services.doubts.consistency.AT_ONCE", 0)
    make_doubtful(project)
    asked: list[int] = []
    start_count(project=project, layer=GOLD, by=reviewer, enqueue=asked.append)
    with pytest.raises(Refused):
        start_count(project=project, layer=GOLD, by=reviewer, enqueue=asked.append)
    for _ in range(2):
        work_on_count(asked[0])
    assert len(forms(project)) == 1
    assert Job.objects.get(pk=asked[0]).state == "succeeded"


def test_layers_are_counted_apart(project: Project, annotator: User, reviewer: User) -> None:
    make_doubtful(project)
    for label in ("GPE", "GPE", "ORG"):
        annotate(make_article(project, "Bergen is calm."), annotator, add_span(0, 6, label))
    make_article(project, "Bergen is not theirs.")
    mine = LayerChoice("user", annotator.username)
    start_count(project=project, layer=mine, by=annotator, enqueue=lambda _: None)
    assert forms(project, "user:annotator") == [("Bergen", [["GPE", 2], ["ORG", 1]], 0)]
    assert forms(project) == []
