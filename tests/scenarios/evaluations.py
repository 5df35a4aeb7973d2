"""Gold, and engines that are held against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

import pytest

from annotator.users.models import Project
from articles.domain.evaluations.evaluated import Evaluated
from articles.domain.spans import Suggestion
from articles.engines import registry
from articles.engines.base import ArticleText, Engine
from articles.models import Article, Evaluation, ProjectEngine
from articles.services.evaluations import start_evaluation, work_on_evaluation
from tests.builders import make_article, make_span

NAMES = ("Mara Ellingsen", "Ivan Petrov", "Aigul Serik", "Pedro Lima")
PLACES = ("Bergen", "Almaty", "Porto", "Ankara", "Lagos")


def make_gold(project: Project, count: int = 12, *, first: int = 0) -> list[Article]:
    """Gold articles: a PERSON at the beginning, and a GPE after "in"."""
    made = []
    for number in range(first, first + count):
        name, place = NAMES[number % len(NAMES)], PLACES[number % len(PLACES)]
        text = f"{name} spoke in {place} on Monday. ({number}, {number * 7919} tonnes of {'fish' * number})"
        at = text.index(place)
        spans = (make_span(0, len(name), "PERSON"), make_span(at, at + len(place), "GPE"))
        made.append(make_article(project, text, title=f"Article {number}", spans=spans))
    return made


class GuessingEngine(Engine):
    """Finds first names only, takes Porto for an organisation, misses Lagos, and Monday for a place."""

    name: ClassVar[str] = "guessing"
    title: ClassVar[str] = "Guesses"
    description: ClassVar[str] = "For tests."
    version = "3"

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            if "poison" in article.text:
                raise RuntimeError("poison")
            yield list(self._guesses(article.text))

    def _guesses(self, text: str) -> Iterator[Suggestion]:
        yield Suggestion(0, text.index(" "), "PERSON", 0.6)
        for place in PLACES[:4]:
            if place in text:
                label = "ORG" if place == "Porto" else "GPE"
                at = text.index(place)
                yield Suggestion(at, at + len(place), label, 0.9)
        if "Monday" in text:
            yield Suggestion(text.index("Monday"), text.index("Monday") + 6, "GPE", 0.3)
        yield Suggestion(0, 10**6, "GPE", 1.0)
        yield Suggestion(0, 4, "NOT_IN_SCHEMA", 1.0)


class KnowingEngine(GuessingEngine):
    """Finds whole names besides."""

    name = "knowing"
    title = "Knows"
    version = "1"

    def _guesses(self, text: str) -> Iterator[Suggestion]:
        yield Suggestion(0, text.index(" spoke"), "PERSON", 0.95)
        for one in super()._guesses(text):
            if one.label == "GPE":
                yield one


def install(project: Project, monkeypatch: pytest.MonkeyPatch, *kinds: type[Engine]) -> list[ProjectEngine]:
    """These engines, as the project's only ones."""
    classes = {**registry.all_engines(), **{kind.name: kind for kind in kinds}}
    monkeypatch.setattr(registry, "all_engines", lambda: classes)
    ProjectEngine.objects.filter(project=project).update(enabled=False)
    return [ProjectEngine.objects.create(project=project, name=kind.name, kind=kind.name) for kind in kinds]


def measure(project: Project, *engines: ProjectEngine) -> list[Evaluation]:
    """Their new evaluations."""
    job = start_evaluation(project=project, engines=engines, by=None, enqueue=lambda _: None)
    work_on_evaluation(job.pk, enqueue_run=lambda _: None)
    return list(Evaluation.objects.filter(job=job).order_by("pk"))


def make_evaluation(project: Project) -> Evaluation:
    """Of the project's first engine, on no article."""
    engine = ProjectEngine.objects.filter(project=project).earliest("pk")
    figures = {**Evaluated().figures(), "measured_on": "gold", "schema_version": 1, "listed": 0, "failed": 0}
    return Evaluation.objects.create(engine=engine, engine_version="1", articles=0, figures=figures)
