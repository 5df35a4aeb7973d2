from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

import pytest

from annotator.users.models import Project
from articles.domain.spans import Link, Suggestion
from articles.models import Article, Layer, ProjectEngine, Relation, Span, Status
from articles.queries.suggestions.ids import SUGGESTION_NAMESPACE
from articles.services.runs.layers import write_layers
from tests.builders import make_article

PERSON = Suggestion(0, 3, "PERSON", 0.9)
QUOTE = Suggestion(10, 20, "QUOTE", 0.9)
TO_QUOTE = Link("SPEAKER_OF", 10, 20, "QUOTE")


@pytest.fixture
def engine(project: Project) -> ProjectEngine:
    return project.engines.get(name="newswire")


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project)


def write(engine: ProjectEngine, article: Article, suggestions: Sequence[Suggestion]) -> None:
    write_layers(engine=engine, version="1", articles=[article], suggestions=[suggestions])


def linked(*links: Link) -> Suggestion:
    return Suggestion(0, 3, "PERSON", 0.9, links=links)


def relations() -> list[tuple[UUID, str, str, str]]:
    rows = Relation.objects.values_list("id", "type", "source__label", "target__label")
    return list(rows)


def test_relations_are_written_with_their_ends(engine: ProjectEngine, article: Article) -> None:
    write(engine, article, [linked(TO_QUOTE, TO_QUOTE), QUOTE])
    ((_, *relation),) = relations()
    assert relation == ["SPEAKER_OF", "PERSON", "QUOTE"]


def test_the_same_relation_has_the_same_id_in_every_run(engine: ProjectEngine, article: Article) -> None:
    write(engine, article, [linked(TO_QUOTE), QUOTE])
    before = relations()
    write(engine, article, [QUOTE, linked(TO_QUOTE)])
    assert relations() == before
    write(engine, article, [PERSON, QUOTE])
    assert relations() == []
    assert Span.objects.count() == 2


@pytest.mark.parametrize(
    "link",
    [
        Link("NOT_IN_SCHEMA", 10, 20, "QUOTE"),
        Link("SPEAKER_OF", 10, 19, "QUOTE"),
        Link("SPEAKER_OF", 10, 20, "DATE"),
        Link("TITLE_OF", 10, 20, "QUOTE"),
        Link("COREF", 0, 3, "PERSON"),
        Link("SPEAKER_OF", 0, 10**9, "QUOTE"),
    ],
)
def test_a_relation_that_cannot_be_is_left_out(engine: ProjectEngine, article: Article, link: Link) -> None:
    write(engine, article, [linked(link), QUOTE])
    assert relations() == []
    assert Span.objects.count() == 2


def test_where_a_suggestion_was_merged_from_is_kept(engine: ProjectEngine, article: Article) -> None:
    write(engine, article, [Suggestion(0, 3, "PERSON", 0.9, sources=("newswire", "spacy")), QUOTE])
    assert list(Span.objects.order_by("start").values_list("sources", flat=True)) == [
        ["newswire", "spacy"],
        None,
    ]


def test_a_new_article_has_suggestions_then(engine: ProjectEngine, article: Article) -> None:
    write(engine, article, [])
    article.refresh_from_db()
    assert article.status == Status.SUGGESTED
    assert Layer.objects.get().version == 1


def test_a_layer_is_replaced_as_a_whole(engine: ProjectEngine, project: Project) -> None:
    first, second = make_article(project), make_article(project)
    write(engine, first, [PERSON])
    write_layers(engine=engine, version="2", articles=[first, second], suggestions=[[QUOTE], [PERSON, QUOTE]])
    layers = Layer.objects.order_by("article").values_list("article", "engine_version", "version")
    assert list(layers) == [(first.pk, "2", 2), (second.pk, "2", 1)]
    spans = Span.objects.order_by("layer__article", "start").values_list("layer__article", "label")
    assert list(spans) == [(first.pk, "QUOTE"), (second.pk, "PERSON"), (second.pk, "QUOTE")]


def test_what_is_not_known_is_not_made_up(engine: ProjectEngine, article: Article) -> None:
    write(engine, article, [Suggestion(0, 3, "PERSON")])
    span = Span.objects.get()
    assert (span.confidence, span.sources, span.fragments, span.attributes) == (None, None, [], {})
    name = f"{article.pk}/{engine.pk}/0/3/PERSON"
    assert span.id == uuid5(SUGGESTION_NAMESPACE, name)  # as in every run before
