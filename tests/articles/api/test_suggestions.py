from __future__ import annotations

from uuid import uuid4

import pytest

from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.domain.spans import Link, Suggestion
from articles.models import Article, Layer, Span
from articles.services.runs.layers import write_layers
from tests.articles.api.conftest import Api
from tests.builders import add_span, annotate, make_article


@pytest.fixture
def article(project: Project) -> Article:
    """Two engines suggest the same, and one of them something else."""
    article = make_article(project)
    for name, places in (("newswire", [(25, 39, "PERSON"), (0, 6, "GPE")]), ("spacy", [(25, 39, "PERSON")])):
        engine = project.engines.get(name=name)
        layer = Layer.objects.create(article=article, kind=Layer.Kind.ENGINE, engine=engine)
        for start, end, label in places:
            Span.objects.create(id=uuid4(), layer=layer, start=start, end=end, label=label, confidence=0.9)
    return article


def offered(article: Article, user: User, call: Api) -> list[tuple[int, str, int]]:
    rows = call(user, "GET", f"articles/{article.pk}/editor/").body["suggestions"]
    return [(row["start"], row["label"], len(row["sources"])) for row in rows]


def test_what_several_engines_say_is_offered_once(article: Article, annotator: User, call: Api) -> None:
    assert offered(article, annotator, call) == [(0, "GPE", 1), (25, "PERSON", 2)]


def test_the_editor_is_told_how_sure_engines_are_only_where_the_project_shows_it(
    article: Article, annotator: User, manager: User, call: Api
) -> None:
    def told(shown: str) -> set[object]:
        call(manager, "PATCH", f"projects/{article.project.slug}/", {"confidence_shown": shown})
        body = call(annotator, "GET", f"articles/{article.pk}/editor/").body
        assert body["project"]["confidence_shown"] == shown
        return {row["confidence"] for row in body["suggestions"]}

    assert told("bands") == told("number") == {0.9}
    assert told("hidden") == {None}


def merged(article: Article, *places: tuple[int, int, str]) -> Layer:
    """What the engine that merges says of the article."""
    engine = article.project.engines.get(name="ensemble")
    layer = Layer.objects.create(article=article, kind=Layer.Kind.ENGINE, engine=engine)
    for start, end, label in places:
        Span.objects.create(
            id=uuid4(), layer=layer, start=start, end=end, label=label,
            confidence=0.8, sources=["newswire", "spacy"],
        )  # fmt: skip
    return layer


def test_once_the_ensemble_has_read_an_article_only_its_suggestions_are_offered(
    article: Article, annotator: User, call: Api
) -> None:
    layer = merged(article, (25, 39, "PERSON"))
    (row,) = call(annotator, "GET", f"articles/{article.pk}/editor/").body["suggestions"]
    assert (row["sources"], row["confidence"]) == (["newswire", "spacy"], 0.8)
    layer.spans.all().delete()
    assert offered(article, annotator, call) == []
    article.project.engines.filter(name="ensemble").update(enabled=False)
    assert offered(article, annotator, call) == [(0, "GPE", 1), (25, "PERSON", 2)]


def test_what_was_accepted_before_the_ensemble_read_stays_answered(
    article: Article, annotator: User, call: Api
) -> None:
    suggestion = call(annotator, "GET", f"articles/{article.pk}/editor/").body["suggestions"][1]
    accepted = add_span(suggestion=suggestion["id"])
    resized = EditRequest(uuid4(), "change_span", {"id": accepted.data["id"], "end": 29, "label": "ORG"})
    rejected = EditRequest(uuid4(), "reject_suggestion", {"start": 0, "end": 6, "label": "GPE"})
    annotate(article, annotator, accepted, resized, rejected)
    merged(article, (0, 6, "GPE"), (25, 39, "PERSON"))
    assert offered(article, annotator, call) == []


def test_an_accepted_suggestion_stays_answered_when_its_span_is_resized(
    article: Article, annotator: User, call: Api
) -> None:
    suggestion = call(annotator, "GET", f"articles/{article.pk}/editor/").body["suggestions"][1]
    accepted = add_span(suggestion=suggestion["id"])
    resized = EditRequest(uuid4(), "change_span", {"id": accepted.data["id"], "end": 29, "label": "ORG"})
    annotate(article, annotator, accepted, resized)
    assert offered(article, annotator, call) == [(0, "GPE", 1)]
    annotate(article, annotator, EditRequest(uuid4(), "remove_span", {"id": accepted.data["id"]}))
    assert offered(article, annotator, call) == [(0, "GPE", 1), (25, "PERSON", 2)]


def test_relations_are_offered_at_both_ends_once_however_many_engines_agree(
    project: Project, annotator: User, call: Api
) -> None:
    article = make_article(project)
    office = Suggestion(0, 6, "TITLE", 0.9, links=(Link("TITLE_OF", 25, 39, "PERSON"),))
    person = Suggestion(25, 39, "PERSON", 0.9)
    for engine in project.engines.filter(name__in=("newswire", "spacy")):
        write_layers(engine=engine, version="1", articles=[article], suggestions=[[office, person]])
    rows = call(annotator, "GET", f"articles/{article.pk}/editor/").body["suggestions"]
    assert [row["links"] for row in rows] == [
        [{"type": "TITLE_OF", "start": 25, "end": 39, "label": "PERSON", "is_source": True}],
        [{"type": "TITLE_OF", "start": 0, "end": 6, "label": "TITLE", "is_source": False}],
    ]
    annotate(article, annotator, add_span(suggestion=rows[1]["id"]))
    (left,) = call(annotator, "GET", f"articles/{article.pk}/editor/").body["suggestions"]
    assert left["links"] == rows[0]["links"]
