"""Exercises as managers and annotators make them."""

from __future__ import annotations

from typing import Any

from annotator.users.models import Project, Role, User
from articles.domain.layers.edits import EditRequest
from articles.models import Article, Attempt, Exercise
from articles.services.assignments.claiming import submit_article
from articles.services.gold.approving import approve
from articles.services.known_gold.exercises import begin_attempt, mark_exercise
from tests.builders import TEXT, add_span, annotate, make_article, make_member


def make_gold(project: Project, by: User, *, text: str = TEXT, **fields: Any) -> Article:
    """An article whose gold has "Mara Ellingsen" as a person and "Bergen" as a place, by a colleague."""
    article, colleague = make_article(project, text, **fields), make_member(project, Role.REVIEWER)
    annotate(article, colleague, add_span(), add_span(0, 6, "GPE"))
    submit_article(article=article, by=colleague)
    approve(article=article, by=by)
    return article


def make_exercise(project: Project, by: User, kind: str = "practice", *, text: str = TEXT) -> Exercise:
    article = make_gold(project, by, text=text)
    return mark_exercise(project=project, article=article.pk, kind=kind, note="Places count.", by=by)


def hand_in(exercise: Exercise, by: User, *edits: EditRequest) -> Attempt:
    """Try it in full: right without `edits`."""
    attempt = begin_attempt(project=exercise.article.project, exercise=exercise, user=by)
    copy = Article.objects.select_related("project").get(pk=attempt.copy_id)
    annotate(copy, by, *(edits or (add_span(), add_span(0, 6, "GPE"))))
    submit_article(article=copy, by=by)
    attempt.refresh_from_db()
    return attempt
