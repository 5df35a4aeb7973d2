"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from annotator.users.models import Project
from articles.formats.base import Reading
from articles.models import Article, Layer, Span
from tests.builders import make_article, make_span


@pytest.fixture
def layer(project: Project) -> Layer:
    """An engine's layer of a text of ten characters, with one span."""
    make_article(project, "0123456789", readings=(Reading("engine:ner", (make_span(2, 5),)),))
    return Layer.objects.get()


def refused(do: Callable[[], Any]) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        do()
    return str(caught.value)


def row(layer: int, start: int = 0, end: int = 3) -> Span:
    return Span(id=uuid4(), layer_id=layer, start=start, end=end, label="PERSON")


def test_a_span_lies_in_a_layer(layer: Layer) -> None:
    nowhere = layer.pk + 1_000
    assert f"There is no layer {nowhere}" in refused(row(nowhere).save)
    assert "There is no layer" in refused(lambda: Span.objects.bulk_create([row(layer.pk), row(nowhere)]))
    assert "There is no layer" in refused(lambda: Span.objects.update(layer_id=nowhere))
    assert Span.objects.count() == 1


def test_a_span_lies_inside_the_text(layer: Layer) -> None:
    assert "A span ends at 11, outside article" in refused(row(layer.pk, 0, 11).save)
    assert "outside article" in refused(
        lambda: Span.objects.bulk_create([row(layer.pk, 0, 10), row(layer.pk, 9, 12)])
    )
    assert "outside article" in refused(lambda: Span.objects.update(end=11))
    for start, end in ((-1, 2), (3, 3), (4, 3)):
        assert "span_not_empty" in refused(row(layer.pk, start, end).save)
    row(layer.pk, 0, 10).save()


def test_a_layer_does_not_go_without_its_spans(layer: Layer) -> None:
    raw = Layer.objects.filter(pk=layer.pk)
    assert "still has spans" in refused(lambda: raw._raw_delete("default"))
    Span.objects.all().delete()
    raw._raw_delete("default")
    assert not Layer.objects.exists()


def test_a_text_never_changes(layer: Layer) -> None:
    article = Article.objects.filter(pk=layer.article_id)
    for changes in ({"text": "9876543210"}, {"sha256": ""}, {"text": "9876543210", "title": "Other"}):
        assert "The text of articles_article never changes" in refused(lambda: article.update(**changes))  # noqa: B023
    article.update(title="Other", text="0123456789")
    assert article.get().text == "0123456789"


def test_the_guards_are_there_as_long_as_the_tables_are(db: None) -> None:
    """COPY fires them too; a trigger that is switched off would show nowhere else."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal
            AND tgrelid IN ('articles_span'::regclass, 'articles_layer'::regclass,
                            'articles_article'::regclass)"""
        )
        assert dict(cursor.fetchall()) == {
            "span_inside_text_on_insert": "O",
            "span_inside_text_on_update": "O",
            "layer_without_spans": "O",
            "article_text_never_changes": "O",
            "article_is_searched": "O",
            "article_title_is_searched": "O",
            "article_is_searched_no_more": "O",
        }
