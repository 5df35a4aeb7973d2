from __future__ import annotations

from typing import Any

import pytest

from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.domain.evaluations.calibration import Judged, fit
from articles.domain.spans import Suggestion
from articles.models import Article, Evaluation, Layer, ProjectEngine, Span
from articles.queries.engines.readings import stored_suggestions
from articles.services.runs.layers import write_layers
from articles.services.runs.readings import Ready, make_ready, read_articles
from tests.builders import make_article

MARA = (25, 39, "PERSON")


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project)


def engine(project: Project, name: str) -> ProjectEngine:
    return ProjectEngine.objects.get(project=project, name=name)


def ready(project: Project, name: str) -> Ready:
    return make_ready(engine(project, name), published_definition(project.pk).active_names)


def said(article: Article, name: str, *places: tuple[int, int, str]) -> None:
    """What an engine has written before."""
    found = [Suggestion(*place, 0.8) for place in places]
    row = engine(article.project, name)
    write_layers(engine=row, version="1", articles=[article], suggestions=[found])


def evaluated(project: Project, name: str, *, right: bool) -> Evaluation:
    judged = [Judged("PERSON", 0.8, right) for _ in range(200)]
    figures: dict[str, Any] = {
        "calibration": {"curves": fit(judged).to_json()},
        "exact": {"micro": {"f1": [0.5, 0.4, 0.6]}, "labels": {"PERSON": {"recall": [0.5, 0.4, 0.6]}}},
    }
    return Evaluation.objects.create(
        engine=engine(project, name), engine_version="1", articles=9, figures=figures
    )


def merged(project: Project, article: Article) -> list[Suggestion]:
    ((_, (found,)),) = read_articles([ready(project, "ensemble")], [article])
    return found


def test_the_ensemble_merges_what_others_have_said_before_and_not_itself(
    project: Project, article: Article
) -> None:
    said(article, "spacy", MARA)
    said(article, "ensemble", (0, 6, "GPE"))
    (one,) = merged(project, article)
    assert ((one.start, one.end, one.label), one.sources) == (MARA, ("spacy",))


def test_what_is_said_now_counts_and_not_what_was_said_before(project: Project, article: Article) -> None:
    said(article, "newswire", (0, 3, "ORG"))
    both = [ready(project, "ensemble"), ready(project, "newswire")]
    (_, (news,)), (_, (found,)) = read_articles(both, [article])
    assert {one.sources for one in found} == {("newswire",)}
    assert {(one.start, one.end) for one in found} <= {(one.start, one.end) for one in news}
    assert (0, 3) not in {(one.start, one.end) for one in found}


def test_engines_that_are_off_are_not_heard(project: Project, article: Article) -> None:
    said(article, "spacy", MARA)
    ProjectEngine.objects.filter(project=project, name="spacy").update(enabled=False)
    assert merged(project, article) == []
    assert stored_suggestions([article]) == {}


def test_the_latest_evaluation_of_each_engine_says_what_its_confidence_is_worth(
    project: Project, article: Article
) -> None:
    said(article, "spacy", MARA)
    evaluated(project, "spacy", right=True)
    assert (merged(project, article)[0].confidence or 0) > 0.9
    last = evaluated(project, "spacy", right=False)
    assert merged(project, article) == []
    assert ready(project, "ensemble").version.startswith(f"1, {last.articles} gold, ")


def test_the_sources_are_kept_with_the_suggestion(project: Project, article: Article) -> None:
    said(article, "spacy", MARA)
    one = ready(project, "ensemble")
    ((_, found),) = read_articles([one], [article])
    write_layers(engine=one.row, version=one.version, articles=[article], suggestions=found)
    span = Span.objects.get(layer=Layer.objects.get(article=article, engine=one.row))
    assert (span.sources, span.confidence) == (["spacy"], 0.8)
