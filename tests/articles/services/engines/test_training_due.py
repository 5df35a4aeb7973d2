"""When an engine learns by itself, and that it does so once."""

from __future__ import annotations

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine
from articles.queries.engines.training import next_training_at
from articles.services.gold.approving import send_back
from articles.services.projects.managing import archive_project
from articles.services.runs.running import start_run
from articles.services.runs.work import work_on_run
from tests.at_once import at_once
from tests.builders import make_project
from tests.scenarios.training import due, gold, make_learner, start, train, work


def test_it_learns_by_itself_at_ten_then_with_a_tenth_more(project: Project, learner: ProjectEngine) -> None:
    gold(project, 10)
    (first,) = due()
    assert due() == []
    work(Job.objects.get(pk=first))
    assert due() == []
    assert next_training_at(learner) == 13
    gold(project, 2, first=20)
    assert due() == []
    gold(project, 1, first=30)
    assert len(due()) == 1


def test_at_night_any_change_is_enough(project: Project, learner: ProjectEngine, reviewer: User) -> None:
    articles = gold(project, 12)
    train(learner)
    assert due(nightly=True) == []
    send_back(article=articles[0], by=reviewer, comment="")
    assert due() == []
    assert len(due(nightly=True)) == 1


@pytest.mark.parametrize("switched_off", ["learns", "archived", "engine gone"])
def test_what_is_switched_off_does_not_learn_by_itself(
    project: Project, learner: ProjectEngine, switched_off: str
) -> None:
    gold(project, 10)
    match switched_off:
        case "learns":
            ProjectEngine.objects.filter(pk=learner.pk).update(learns=False)
        case "archived":
            archive_project(project=project)
        case "engine gone":
            ProjectEngine.objects.filter(pk=learner.pk).update(kind="gone")
    assert due() == []


def test_it_waits_for_engines_that_read_gold(project: Project, learner: ProjectEngine) -> None:
    articles = gold(project, 10)
    newswire = ProjectEngine.objects.get(project=project, name="newswire")
    ids = [articles[0].pk]
    run = start_run(project=project, engines=[newswire], article_ids=ids, by=None, enqueue=lambda _: None)
    assert due() == []
    work_on_run(run.pk)
    assert len(due()) == 1


def test_an_engine_that_cannot_learn_says_so(project: Project) -> None:
    gold(project, 10)
    with pytest.raises(Refused, match="newswire does not learn"):
        start(ProjectEngine.objects.get(project=project, name="newswire"))


def test_one_engine_learns_at_a_time(project: Project, learner: ProjectEngine) -> None:
    gold(project, 10)
    other = ProjectEngine.objects.create(project=project, name="others", kind="words")
    job = start(learner)
    assert start(learner) == job
    with pytest.raises(Refused, match="words is learning now"):
        start(other)


@pytest.mark.django_db(transaction=True)
def test_two_who_start_at_once_start_one(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project()
    learner = make_learner(project, monkeypatch)
    gold(project, 10)
    at_once(4, lambda _: start(learner))
    assert Job.objects.filter(kind=Job.Kind.TRAIN).count() == 1
