from __future__ import annotations

import logging
from typing import Any

import pytest

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project
from articles.engines.base import EngineError, Secret
from articles.models import Job, ProjectEngine, RunItem, Span
from articles.queries.engines.connections import probe
from articles.queries.engines.settings import full_settings, kept_keys
from articles.services.engines.managing import add_engine, change_engine, remove_engine
from articles.services.runs.readings import make_ready
from articles.services.runs.running import resume_run, start_run
from articles.services.runs.work import work_on_run
from tests.articles.engines.answering import LABELS, Served, always, serving
from tests.builders import make_article, make_articles

ADDRESS = {"address": "https://models.example/suggest"}
KEY = "sk-very-secret-key"


@pytest.fixture
def service(project: Project) -> ProjectEngine:
    return add_engine(project=project, kind="service", name="ours", settings=ADDRESS, secrets={"key": KEY})


@pytest.fixture
def _here_is_allowed(settings: Any) -> None:
    settings.ENGINE_HOSTS_ALLOWED = ["127.0.0.1"]


def at(served: Served, project: Project) -> ProjectEngine:
    return add_engine(
        project=project, kind="service", settings={"address": served.address}, secrets={"key": KEY}
    )


def test_engines_of_one_kind_have_names_of_their_own(project: Project) -> None:
    names = [add_engine(project=project, kind="gazetteer").name for _ in range(2)]
    assert names == ["gazetteer-2", "gazetteer-3"]
    with pytest.raises(Invalid, match="already"):
        add_engine(project=project, kind="gazetteer", name="gazetteer-2")


def test_an_engine_that_lacks_settings_waits_for_them_switched_off(project: Project) -> None:
    assert not add_engine(project=project, kind="service").enabled
    assert add_engine(project=project, kind="gazetteer").enabled


@pytest.mark.parametrize("name", ["New", "новый", "a b", "-a", "1a", "a" * 65, "new", "a/b", "a\n"])
def test_a_name_must_fit_into_an_address(project: Project, name: str) -> None:
    with pytest.raises(Invalid):
        add_engine(project=project, kind="gazetteer", name=name)
    assert not ProjectEngine.objects.filter(project=project, name=name).exists()


@pytest.mark.parametrize("kind", ["imported", "nothing-like-it", ""])
def test_only_what_can_work_is_added(project: Project, kind: str) -> None:
    with pytest.raises(Invalid):
        add_engine(project=project, kind=kind, name="x")


@pytest.mark.parametrize(
    "settings",
    [{"address": "http://10.0.0.1/"}, {"adress": "https://models.example/"}, {**ADDRESS, "key": KEY}],
)
def test_settings_that_cannot_be_used_add_nothing(project: Project, settings: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        add_engine(project=project, kind="service", name="ours", settings=settings)
    assert not ProjectEngine.objects.filter(name="ours").exists()


def test_a_key_is_kept_sealed_and_reaches_the_engine(service: ProjectEngine) -> None:
    service.refresh_from_db()
    assert KEY not in f"{service.settings} {service.secrets}"
    assert full_settings(service)["key"] == Secret(KEY)
    assert make_ready(service, LABELS).engine.settings["key"] == Secret(KEY)


def test_a_key_stays_when_other_settings_change(service: ProjectEngine) -> None:
    change_engine(engine=service, settings={**ADDRESS, "seconds": 5})
    assert full_settings(service)["key"].reveal() == KEY


def test_a_key_is_replaced_and_forgotten(service: ProjectEngine) -> None:
    change_engine(engine=service, secrets={"key": "another"})
    assert full_settings(service)["key"].reveal() == "another"
    change_engine(engine=service, settings=ADDRESS, secrets={"key": ""})
    assert (service.secrets, kept_keys(service)) == ("", frozenset())


def test_a_key_goes_to_no_other_address_than_it_was_given_for(service: ProjectEngine) -> None:
    elsewhere = {"address": "https://elsewhere.example/"}
    with pytest.raises(Invalid, match="type it again"):
        change_engine(engine=service, settings=elsewhere)
    service.refresh_from_db()
    assert service.settings == ADDRESS
    change_engine(engine=service, settings=elsewhere, secrets={"key": "theirs"})
    assert full_settings(service)["key"].reveal() == "theirs"


def test_a_key_that_cannot_be_opened_any_more_is_told_in_words(service: ProjectEngine, settings: Any) -> None:
    settings.SECRET_KEY = "another"
    with pytest.raises(EngineError, match="because SECRET_KEY changed"):
        make_ready(service, LABELS)
    with pytest.raises(Invalid, match="SECRET_KEY changed"):
        change_engine(engine=service, settings=ADDRESS)
    assert kept_keys(service) == {"key"}
    assert "SECRET_KEY changed" in probe(service).said
    change_engine(engine=service, settings=ADDRESS, secrets={"key": "new"})
    assert full_settings(service)["key"].reveal() == "new"


@pytest.mark.usefixtures("_here_is_allowed")
def test_no_key_is_in_a_run_its_report_or_the_log(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    make_article(project)
    with serving(always({"error": f"{KEY} is bad"}, 400)) as served:
        row = at(served, project)
        job = start_run(project=project, engines=[row], article_ids=[_article(project)], by=None, enqueue=int)
        work_on_run(job.pk)
    assert served.headers[0]["Authorization"] == f"Bearer {KEY}"
    job = Job.objects.get(pk=job.pk)
    said = [f"{job.report} {job.error} {job.params}", *RunItem.objects.values_list("error", flat=True)]
    assert any("declined the question (400)" in one for one in said)
    assert KEY not in f"{said} {caplog.text}"


def _article(project: Project) -> int:
    return project.articles.get().pk


@pytest.mark.usefixtures("_here_is_allowed")
def test_a_test_says_what_was_found(project: Project) -> None:
    found = [{"start": 0, "end": 4, "label": "PERSON"}, {"start": 0, "end": 4, "label": "PLANET"}]
    with serving(always({"suggestions": [found]})) as served:
        tested = probe(at(served, project))
    assert tested.worked
    assert "found 1 span in the sentence “Mara Ellingsen" in tested.said
    assert "1 more could not be used" in tested.said
    assert not Span.objects.exists()


@pytest.mark.usefixtures("_here_is_allowed")
def test_a_test_says_what_went_wrong(project: Project) -> None:
    with serving(always({}, 401)) as served:
        tested = probe(at(served, project))
    assert not tested.worked
    assert "does not accept the key (401)" in tested.said


def chat_answer(tokens: int) -> Any:
    content = '{"mentions": [{"text": "Mara Ellingsen", "label": "PERSON", "occurrence": 1}]}'
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    return always({"choices": [choice], "usage": {"total_tokens": tokens}})


@pytest.mark.usefixtures("_here_is_allowed")
def test_a_run_pauses_when_its_budget_is_used_up_and_goes_on_with_a_larger_one(project: Project) -> None:
    ids = [one.pk for one in make_articles(project, 12)]
    with serving(chat_answer(100)) as served:
        settings = {"address": served.address, "model": "small", "budget": 1000, "at_once": 1}
        row = add_engine(project=project, kind="chat", settings=settings)
        job = start_run(project=project, engines=[row], article_ids=ids, by=None, enqueue=int)
        work_on_run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.resume_at) == (Job.State.PAUSED, None)
        assert "The budget of 1,000 tokens for a run is used up" in job.error
        assert job.report["counted"] == {"chat": {"requests": 10, "tokens": 1000}}
        assert not RunItem.objects.failed().filter(job=job).exists()

        change_engine(engine=row, settings={**settings, "budget": 9000})
        resume_run(job=job, enqueue=int)
        work_on_run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.SUCCEEDED, 12)
    assert job.report["counted"]["chat"]["tokens"] >= 1200
    assert Span.objects.filter(layer__engine=row).count() == 12


@pytest.mark.usefixtures("_here_is_allowed")
@pytest.mark.parametrize(("status", "by_itself"), [(503, True), (401, False)])
def test_a_run_pauses_when_the_service_does_not_work(project: Project, status: int, by_itself: bool) -> None:
    make_article(project)
    waits_not = {"Retry_After": "86400"}
    with serving(always({}, status, **waits_not)) as served:
        job = start_run(
            project=project,
            engines=[at(served, project)],
            article_ids=[_article(project)],
            by=None,
            enqueue=int,
        )
        work_on_run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.PAUSED
    assert bool(job.resume_at) is by_itself
    assert RunItem.objects.get(job=job).state == RunItem.State.PENDING


def test_an_engine_that_has_read_nothing_is_removed(service: ProjectEngine) -> None:
    remove_engine(engine=service)
    assert not ProjectEngine.objects.filter(name="ours").exists()


def test_an_engine_that_has_read_stays(project: Project) -> None:
    make_article(project)
    row = ProjectEngine.objects.get(project=project, name="newswire")
    job = start_run(project=project, engines=[row], article_ids=[_article(project)], by=None, enqueue=int)
    work_on_run(job.pk)
    with pytest.raises(Refused, match="switch it off instead"):
        remove_engine(engine=row)
    assert ProjectEngine.objects.filter(pk=row.pk).exists()
