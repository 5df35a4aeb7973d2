from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.domain.spans import Suggestion
from articles.models import Article, Assignment, Layer, Plant, PlantAnswer, ProjectEngine, Span
from articles.queries.suggestions.guard import people_and_suggestions
from articles.services.assignments.claiming import submit_article
from articles.services.runs.layers import write_layers
from tests.builders import add_span, annotate, make_articles, make_member

# In TEXT: "Mara Ellingsen" at 25, which gold holds, and two stretches that it does not.
OFFERED = [Suggestion(25, 39, "PERSON"), Suggestion(0, 6, "ORG"), Suggestion(67, 73, "GPE")]


@pytest.fixture
def engine(project: Project) -> ProjectEngine:
    project.engines.update(enabled=False)
    return ProjectEngine.objects.create(project=project, name="guess", kind="gazetteer")


def work(engine: ProjectEngine, articles: list[Article], by: User) -> None:
    """Accept the person and one wrong suggestion, reject the other; gold is the person alone."""
    write_layers(engine=engine, version="1", articles=articles, suggestions=[OFFERED for _ in articles])
    for article in articles:
        taken = Span.objects.get(layer__article=article, label="ORG")
        refused = {"start": 67, "end": 73, "label": "GPE"}
        rejection = EditRequest(uuid4(), "reject_suggestion", refused)
        annotate(article, by, add_span(), add_span(0, 6, "ORG", suggestion=str(taken.pk)), rejection)
        submit_article(article=article, by=by)
        gold, _ = Layer.objects.get_or_create(article=article, kind=Layer.Kind.GOLD)
        gold.spans.all().delete()
        Span.objects.create(id=uuid4(), layer=gold, start=25, end=39, label="PERSON")
        Layer.objects.filter(pk=gold.pk).update(approved_at="2026-01-01T00:00Z")


def test_a_wrong_suggestion_that_was_accepted_counts_and_one_that_was_rejected_does_not(
    project: Project, annotator: User, engine: ProjectEngine
) -> None:
    work(engine, make_articles(project, 10), annotator)
    (person,) = people_and_suggestions(project)
    assert (person.wrong.accepted, person.wrong.shown) == (10, 20)
    assert [round(one) for one in person.wrong.percents] == [50, 30, 70]
    assert person.suggested.articles == 10
    assert person.suggested.counts.f1 == pytest.approx(2 / 3)


def test_articles_given_blind_are_apart(project: Project, annotator: User, engine: ProjectEngine) -> None:
    articles = make_articles(project, 3)
    work(engine, articles, annotator)
    Assignment.objects.filter(article=articles[0]).update(blind=True)
    (person,) = people_and_suggestions(project)
    assert (person.suggested.articles, person.blind.articles) == (2, 1)
    assert person.wrong.shown == 4
    assert not person.wrong.is_enough
    assert not person.blind.is_enough


def test_an_annotator_sees_only_themselves(
    client: Client, project: Project, annotator: User, engine: ProjectEngine
) -> None:
    other = make_member(project, name="somebody-else")
    articles = make_articles(project, 2)
    work(engine, articles[:1], annotator)
    work(engine, articles[1:], other)
    assert [one.name for one in people_and_suggestions(project, annotator)] == [annotator.username]
    client.force_login(annotator)
    assert "somebody-else" not in client.get(f"/projects/{project.slug}/guard/").content.decode()
    client.force_login(make_member(project, "manager"))
    assert "somebody-else" in client.get(f"/projects/{project.slug}/guard/").content.decode()


def test_many_articles_take_as_many_queries_as_few(
    project: Project, annotator: User, engine: ProjectEngine
) -> None:
    counts = []
    for more in (1, 12):
        work(engine, make_articles(project, more, text=f"{more} " * 40), annotator)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            people_and_suggestions(project)
        counts.append(len(queries))
    assert counts == [4, 4]


def test_f1_comes_with_an_interval_drawn_over_articles(
    project: Project, annotator: User, engine: ProjectEngine
) -> None:
    articles = make_articles(project, 12)
    work(engine, articles, annotator)
    Span.objects.filter(layer__article__in=articles[:6], layer__kind=Layer.Kind.GOLD).delete()
    value, low, high = people_and_suggestions(project)[0].suggested.percents
    assert value == pytest.approx(100 * 2 * 6 / (2 * 6 + 18))
    assert 10 < low < value < high < 70


def test_planted_suggestions_are_counted_without_waiting_for_gold(
    client: Client, project: Project, annotator: User
) -> None:
    (article,) = make_articles(project, 1)
    plants = [
        Plant.objects.create(id=uuid4(), article=article, start=start, end=start + 4, label="ORG")
        for start in range(0, 80, 4)
    ]
    PlantAnswer.objects.bulk_create(
        PlantAnswer(plant=plant, user=annotator, accepted=n < 5) for n, plant in enumerate(plants)
    )
    (person,) = people_and_suggestions(project, annotator)
    assert (person.planted.accepted, person.planted.shown, person.suggested.articles) == (5, 20, 0)
    client.force_login(annotator)
    page = client.get(f"/projects/{project.slug}/guard/").content.decode()
    assert "Planted ones accepted" in page
    assert "11–47 %" in page
