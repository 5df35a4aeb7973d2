from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.domain.spans import Suggestion
from articles.models import Article, Assignment, ProjectEngine, Sitting, Span
from articles.queries.progress.tables import engines_table
from articles.queries.suggestions.effect import answers_by_engine, effect_on_people
from articles.services.assignments.claiming import submit_article
from articles.services.runs.layers import write_layers
from tests.builders import add_span, annotate, make_articles

# In TEXT: "BERGEN" at 0, "Mara Ellingsen" at 25, "Northline Press" at 43, "Monday" at 67.
OFFERED = [
    Suggestion(0, 6, "GPE", 0.9),
    Suggestion(25, 29, "PERSON", 0.8),
    Suggestion(43, 58, "ORG", 0.7),
    Suggestion(62, 64, "DATE", 0.2),
]


@pytest.fixture
def engine(project: Project) -> ProjectEngine:
    project.engines.update(enabled=False)
    return ProjectEngine.objects.create(project=project, name="guess", kind="gazetteer")


def offer(engine: ProjectEngine, articles: list[Article]) -> None:
    write_layers(engine=engine, version="1", articles=articles, suggestions=[OFFERED for _ in articles])


def work(article: Article, by: User) -> None:
    """Accept the place, accept the person and make it longer, reject the organisation, leave the date."""
    ids = dict(Span.objects.filter(layer__article=article).values_list("label", "id"))
    annotate(
        article,
        by,
        add_span(0, 6, "GPE", suggestion=str(ids["GPE"])),
        add_span(25, 39, "PERSON", suggestion=str(ids["PERSON"])),
        EditRequest(uuid4(), "reject_suggestion", {"start": 43, "end": 58, "label": "ORG"}),
    )
    submit_article(article=article, by=by)


def sit(article: Article, by: User, seconds: int) -> None:
    Sitting.objects.create(id=uuid4(), article=article, user=by, seconds=seconds)


def test_each_suggestion_is_accepted_changed_rejected_or_left_open(
    project: Project, annotator: User, engine: ProjectEngine
) -> None:
    articles = make_articles(project, 3)
    offer(engine, articles)
    for article in articles[:2]:
        work(article, annotator)
    annotate(articles[2], annotator)  # not handed in
    (found,) = effect_on_people(project).engines
    assert (found.whole.accepted, found.whole.changed, found.whole.rejected, found.whole.open) == (2, 2, 2, 2)
    assert found.whole.percent == 25
    assert {one.name: one.percent for one in found.labels} == {"GPE": 100, "PERSON": 0, "ORG": 0, "DATE": 0}


def test_what_one_engine_was_asked_counts_for_all_that_said_the_same(
    project: Project, annotator: User, engine: ProjectEngine
) -> None:
    other = ProjectEngine.objects.create(project=project, name="same", kind="gazetteer")
    articles = make_articles(project, 1)
    offer(engine, articles)
    work(articles[0], annotator)
    offer(other, articles)
    first, second = effect_on_people(project).engines
    assert (first.whole.accepted, first.whole.changed) == (second.whole.accepted, second.whole.changed)


def test_what_was_given_blind_says_nothing_about_suggestions(
    project: Project, annotator: User, engine: ProjectEngine
) -> None:
    articles = make_articles(project, 1)
    offer(engine, articles)
    work(articles[0], annotator)
    Assignment.objects.update(blind=True)
    assert effect_on_people(project).engines == []


def test_time_with_and_without_suggestions(project: Project, annotator: User, engine: ProjectEngine) -> None:
    articles = make_articles(project, 34)
    offer(engine, articles[:24])
    for number, article in enumerate(articles):
        annotate(article, annotator)
        submit_article(article=article, by=annotator)
        sit(article, annotator, 40 if number < 12 else 60)
        sit(article, annotator, 20 if number < 12 else 60)
    Assignment.objects.filter(article__in=articles[12:24]).update(blind=True)
    effect = effect_on_people(project)
    assert (effect.with_suggestions.article.count, effect.with_suggestions.article.value) == (12, 60)
    assert (effect.without.article.count, effect.without.article.value) == (22, 120)
    assert effect.without.thousand.value == pytest.approx(120_000 / articles[20].length, rel=0.01)


def test_too_few_articles_give_no_figure(project: Project, annotator: User) -> None:
    assert effect_on_people(project).without.article.value is None


@pytest.mark.parametrize("count", [2, 20])
def test_the_number_of_queries_does_not_grow(
    project: Project, annotator: User, engine: ProjectEngine, count: int
) -> None:
    articles = make_articles(project, count)
    offer(engine, articles)
    for article in articles:
        work(article, annotator)
        sit(article, annotator, 30)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        effect_on_people(project)
    assert len(queries) == 2


def test_what_became_of_suggestions_is_a_table(
    project: Project, engine: ProjectEngine, annotator: User
) -> None:
    articles = make_articles(project, 1)
    offer(engine, articles)
    work(articles[0], annotator)
    table = engines_table(answers_by_engine(project))
    assert table.columns[:4] == ["Engine", "Label", "Accepted as they were", "Changed"]
    assert table.rows[0] == ["guess", "", 1, 1, 1, 1, 4]
    assert table.rows[-1] == ["guess", "PERSON", 0, 1, 0, 0, 1]
