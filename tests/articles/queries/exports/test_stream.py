"""The dataset as a stream: what was taken in comes out, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.users.models import Project, User
from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, ParsedArticle, StoredArticle
from articles.models import Article
from articles.queries.exports.stream import stored_articles
from articles.queries.layers.choice import GOLD, LayerChoice
from articles.services.intake.articles import store_articles
from articles.services.intake.authors import Target
from tests.articles.formats.builders import make_writer
from tests.builders import make_articles, make_project, make_span


def exported(project: Project, layer: LayerChoice = GOLD) -> list[ExportArticle]:
    return [one.article() for one in stored_articles(Article.objects.of(project), layer)]


letters = st.sampled_from("a \r\n\u2028é\u0301👩‍🔧🇰قال\u200f林\\\t") | st.characters(
    exclude_categories=["Cs"], exclude_characters="\0"
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(letters, min_size=3, max_size=40).filter(lambda text: bool(text.strip())))
def test_any_text_comes_out_as_it_went_in(project: Project, text: str) -> None:
    """COPY has escapes of its own: tabs, backslashes and line ends must survive them."""
    spans = (Span(uuid4(), 0, 2, "ORG", (), {"link": text}), Span(uuid4(), 0, len(text), "LAW"))
    relation = Relation(uuid4(), "COREF", spans[0].id, spans[1].id)
    article = ParsedArticle(
        text, "a", title=text.strip()[:9], metadata={text: [text]}, spans=spans, relations=(relation,)
    )
    (id_,) = store_articles(project=project, articles=[article], target=Target(user=None, by=None))
    (stored,) = stored_articles(Article.objects.filter(pk=id_), GOLD)
    out = stored.article()
    assert out.text == text
    assert out.metadata[text] == [text]
    assert {(one.start, one.end, one.label, *one.attributes.values()) for one in out.spans} == {
        (0, 2, "ORG", text),
        (0, len(text), "LAW"),
    }
    by_id = {one.id: one.label for one in out.spans}
    assert [(by_id[one.source], by_id[one.target]) for one in out.relations] == [("ORG", "LAW")]


def test_articles_come_in_order_and_only_those_that_have_the_layer(project: Project) -> None:
    first, second = make_articles(project, 2, spans=(make_span(0, 6, "GPE"),))
    make_articles(project, 2, text="Something that nobody has read yet.")
    make_articles(make_project(), 1, spans=(make_span(0, 6, "GPE"),))
    assert [one.id for one in exported(project)] == [first.pk, second.pk]


def test_the_layer_of_a_person(project: Project, annotator: User) -> None:
    article = ParsedArticle("Mara went home.", "a", spans=(make_span(0, 4),))
    store_articles(project=project, articles=[article], target=Target(user=annotator, by=None))
    assert len(exported(project, LayerChoice("user", "annotator"))) == 1
    assert exported(project, LayerChoice("user", "nobody")) == []
    assert exported(project) == [], "what a person read is not gold before a reviewer approves it"


@pytest.mark.parametrize("author", ["", "me", "user:", "user", "engine:", "gold:x", "nobody:x"])
def test_what_names_no_layer(author: str) -> None:
    assert LayerChoice.parse(author) is None


def test_the_first_piece_comes_before_the_last_row_is_read(project: Project) -> None:
    make_articles(project, 30, text="word " * 1000, spans=(make_span(0, 4, "ORG"),))
    read: list[int] = []

    def watched() -> Iterator[StoredArticle]:
        for one in stored_articles(Article.objects.of(project), GOLD):
            read.append(one.id)
            yield one

    writer = make_writer("jsonl")
    pieces = writer.write_stored(watched())
    first = next(pieces)
    assert first
    assert len(read) < 20
    assert b"".join([first, *pieces]).count(b"\n") == len(read) == 30


def test_the_connection_is_free_again_when_somebody_stops_reading(project: Project) -> None:
    make_articles(project, 30, text="word " * 1000, spans=(make_span(0, 4, "ORG"),))
    rows = stored_articles(Article.objects.of(project), GOLD)
    next(rows)
    rows.close()
    assert Article.objects.of(project).count() == 30


def test_a_statement_that_meets_an_export_is_refused_and_does_not_wait_for_ever(project: Project) -> None:
    make_articles(project, 3, spans=(make_span(0, 6, "GPE"),))
    rows = stored_articles(Article.objects.of(project), GOLD)
    next(rows)
    with pytest.raises(RuntimeError, match="being read from this connection"):
        Article.objects.count()
    assert len(list(rows)) == 2
    assert Article.objects.count() == 3


def test_any_number_of_articles_takes_one_query(project: Project, django_assert_num_queries) -> None:
    make_articles(project, 15, spans=(make_span(0, 6, "GPE"),))
    with django_assert_num_queries(1):
        assert len(exported(project)) == 15


def test_a_text_that_was_tampered_with_is_not_exported(project: Project) -> None:
    (article,) = make_articles(project, 1, spans=(make_span(0, 6, "GPE"),))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # as no trigger were there
        cursor.execute("UPDATE articles_article SET text = 'OSLO' || text WHERE id = %s", [article.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(ValueError, match="checksum differs"):
        exported(project)
