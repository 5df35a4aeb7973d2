"""Gold to learn from, and an engine that does."""

from __future__ import annotations

import random
from typing import Any

import pytest

from annotator.users.models import Project
from articles.engines import registry, teaching
from articles.formats.base import ParsedArticle
from articles.models import Article, EngineVersion, Job, ProjectEngine
from articles.services.engines.training import start_due_trainings, start_training, work_on_training
from tests.builders import make_span, store
from tests.scenarios.words_engine import WordsEngine

NAMES = ("Mara", "Ivan", "Aigul", "Pedro", "Yusuf", "Ingrid", "Chen", "Fatima")
PLACES = ("Bergen", "Almaty", "Porto", "Ankara", "Lagos", "Quito", "Tartu", "Oran")
WORDS = "harbour council minister river budget vote storm bridge school museum train market price winter line"


def story(seed: int) -> str:
    """A name, a place, and words that make it unlike any other."""
    chosen = random.Random(seed)
    words = " ".join(chosen.choices(WORDS.split(), k=60))
    return f"{NAMES[seed % len(NAMES)]} spoke in {PLACES[seed // 2 % len(PLACES)]} about {words}."


def gold(project: Project, count: int, *, first: int = 0, step: int = 1) -> list[Article]:
    """Gold articles, each with a PERSON at its beginning and a GPE after "in". With a step of 8 the name is
    the same in all, so that whatever is held out, it is known."""
    told = []
    for seed in range(first, first + count * step, step):
        text = story(seed)
        person, place = text.split()[0], text.split()[3]
        at = text.index(place)
        spans = (make_span(0, len(person), "PERSON"), make_span(at, at + len(place), "GPE"))
        told.append(ParsedArticle(text=text, file="test", spans=spans))
    return store(project, told)


def make_learner(project: Project, monkeypatch: pytest.MonkeyPatch, **fields: Any) -> ProjectEngine:
    """The project's only engine that learns; without a learning curve, which takes three more processes."""
    monkeypatch.setattr(teaching, "CURVE_SECONDS", 0)
    classes = {**registry.all_engines(), "words": WordsEngine}
    monkeypatch.setattr(registry, "all_engines", lambda: classes)
    ProjectEngine.objects.filter(project=project, kind="learned").delete()
    return ProjectEngine.objects.create(project=project, name="words", kind="words", **fields)


def train(engine: ProjectEngine, settings: dict[str, Any] | None = None) -> EngineVersion:
    """The version that comes of a training with these settings."""
    engine.settings = settings or {}
    engine.save(update_fields=["settings"])
    job = start_training(engine=engine, by=None, enqueue=lambda _: None)
    work_on_training(job.pk, enqueue_run=lambda _: None)
    job = Job.objects.get(pk=job.pk)
    assert job.state == Job.State.SUCCEEDED, job.error
    return EngineVersion.objects.get(job=job)


def start(engine: ProjectEngine) -> Job:
    return start_training(engine=engine, by=None, enqueue=lambda _: None)


def work(job: Job) -> Job:
    work_on_training(job.pk, enqueue_run=lambda _: None)
    job.refresh_from_db()
    return job


def due(*, nightly: bool = False) -> list[int]:
    started: list[int] = []
    start_due_trainings(enqueue=started.append, nightly=nightly)
    return started


def states(engine: ProjectEngine) -> list[str]:
    return list(
        EngineVersion.objects.filter(engine=engine).order_by("number").values_list("state", flat=True)
    )
