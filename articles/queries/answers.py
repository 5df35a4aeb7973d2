"""What people answered in exercises and known articles, and what gold says there."""

from __future__ import annotations

from annotator.schemas.queries import published_definition
from articles.domain.grading import Answer
from articles.models import Attempt, Exercise, Layer
from articles.queries.gold.adjudication import readings_of


def answer_of(layer: Layer | None) -> Answer:
    """What the layer says; nothing where there is none."""
    if layer is None:
        return Answer()
    (reading,) = readings_of([layer])
    definition = published_definition(layer.article.project_id)
    return Answer.of(reading, {one.name for one in definition.relations if one.chain})


def gold_answer(exercise: Exercise) -> Answer:
    return answer_of(gold_layer(exercise.article_id))


def given_answer(attempt: Attempt) -> Answer:
    return answer_of(given_layer(attempt.copy_id, attempt.user_id))


def gold_layer(article: int) -> Layer | None:
    return Layer.objects.gold().filter(article=article).select_related("article").first()


def given_layer(copy: int, user: int) -> Layer | None:
    """What the person made of their copy."""
    rows = Layer.objects.by_people().filter(article=copy, user=user)
    return rows.select_related("article").first()
