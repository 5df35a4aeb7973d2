from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from annotator.users.models import Project, User
from articles.engines import teaching
from articles.models import EngineVersion, Job, ProjectEngine
from tests.scenarios.training import gold, train


@pytest.fixture
def manager_client(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def url(project: Project, name: str = "learning", *more: int) -> str:
    return reverse(f"articles:{name}", args=[project.slug, "words", *more])


def page(client: Client, project: Project) -> str:
    answer = client.get(url(project))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_how_much_gold_is_missing(
    manager_client: Client, project: Project, learner: ProjectEngine
) -> None:
    gold(project, 7)
    shown = page(manager_client, project)
    assert "from the 10th gold article on; 7 so far" in shown
    assert "when 3 more gold articles are there" in shown
    assert "Train now" not in shown


def test_a_version_is_shown_with_its_figures_and_curve(
    client: Client, viewer: User, project: Project, learner: ProjectEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching, "CURVE_SECONDS", 120)
    gold(project, 20)
    version = train(learner)
    assert version.figures["curve"]
    client.force_login(viewer)
    shown = page(client, project)
    assert "Version 1, which is live" in shown
    assert shown.count("<circle") == len(version.figures["curve"]) + 1
    assert all(label in shown for label in ("PERSON", "GPE"))
    assert "So few articles say little" in shown
    assert "Train now" not in shown
    assert "Make live" not in shown


def test_a_refused_version_says_why(manager_client: Client, project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    train(learner)
    train(learner, {"only": "PERSON"})
    shown = page(manager_client, project)
    assert "Not better: F1 is" in shown
    assert "Version 1, which is live" in shown
    assert shown.count("Make version 2 live") == 1


def test_one_that_does_not_learn_says_so(manager_client: Client, project: Project) -> None:
    answer = manager_client.get(reverse("articles:learning", args=[project.slug, "newswire"]))
    assert "does not learn" in answer.content.decode()


def test_a_manager_trains_by_hand(manager_client: Client, project: Project, learner: ProjectEngine) -> None:
    gold(project, 10, step=8)
    answer = manager_client.post(url(project, "train"))
    job = Job.objects.get(kind=Job.Kind.TRAIN)
    assert answer.headers["Location"] == reverse("articles:job", args=[project.slug, job.pk])
    assert "words is learning now" in page(manager_client, project)


def test_too_little_gold_is_refused_in_words(
    manager_client: Client, project: Project, learner: ProjectEngine
) -> None:
    answer = manager_client.post(url(project, "train"), follow=True)
    assert "10th gold article on; there are 0 so far" in answer.content.decode()
    assert not Job.objects.filter(kind=Job.Kind.TRAIN).exists()


def test_learning_is_switched_off_and_on(
    manager_client: Client, project: Project, learner: ProjectEngine
) -> None:
    manager_client.post(url(project, "learns"))
    learner.refresh_from_db()
    assert not learner.learns
    assert learner.enabled
    assert "only when a manager trains it" in page(manager_client, project)
    manager_client.post(url(project, "learns"), {"learns": "on"})
    learner.refresh_from_db()
    assert learner.learns


def test_a_manager_goes_back(manager_client: Client, project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    train(learner, {"only": "PERSON"})
    train(learner)
    manager_client.post(url(project, "version-live", 1))
    assert EngineVersion.objects.live().get().number == 1
    assert manager_client.post(url(project, "version-live", 9)).status_code == 404


def test_the_job_leads_to_what_was_learned(
    manager_client: Client, project: Project, learner: ProjectEngine
) -> None:
    gold(project, 10, step=8)
    job = train(learner).job
    assert job
    shown = manager_client.get(reverse("articles:job", args=[project.slug, job.pk])).content.decode()
    assert url(project) in shown
    assert "The first version: F1 is" in shown


def test_it_can_be_tried_once_it_has_learned(
    manager_client: Client, project: Project, learner: ProjectEngine
) -> None:
    article, *_ = gold(project, 10, step=8)
    tried = {"article": article.pk, "try": "1"}
    settings = reverse("articles:engine", args=[project.slug, "words"])
    assert "as soon as it has learned" in manager_client.post(settings, tried).content.decode()
    train(learner)
    assert "<small>PERSON</small>" in manager_client.post(settings, tried).content.decode()


def test_the_cards_lead_there(manager_client: Client, project: Project, learner: ProjectEngine) -> None:
    shown = manager_client.get(reverse("articles:engines", args=[project.slug])).content.decode()
    assert url(project) in shown
    assert "has learned nothing yet" in shown
