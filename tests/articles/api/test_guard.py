from __future__ import annotations

from uuid import uuid4

import pytest

from annotator.users.models import Project, User
from articles.models import Layer, Plant, PlantAnswer, Span
from tests.articles.api.conftest import Api
from tests.builders import make_articles, make_member, make_submitted


@pytest.fixture
def other(project: Project, annotator: User) -> User:
    """Two annotators with an article each, of which one had a plant and all are gold."""
    other = make_member(project, name="other")
    for article, person in zip(make_articles(project, 2), (annotator, other), strict=True):
        make_submitted(article, person)
        gold = Layer.objects.get(article=article, kind=Layer.Kind.GOLD)
        Layer.objects.filter(pk=gold.pk).update(approved_at="2026-01-01T00:00Z")
        layer = Layer.objects.create(article=article, kind="engine", engine=project.engines.get(name="rules"))
        Span.objects.create(id=uuid4(), layer=layer, start=0, end=6, label="GPE")
    plant = Plant.objects.create(id=uuid4(), article=article, start=0, end=6, label="ORG")
    PlantAnswer.objects.create(plant=plant, user=other, accepted=True)
    return other


def test_managers_see_everybody_and_others_themselves(
    project: Project, annotator: User, other: User, manager: User, stranger: User, call: Api
) -> None:
    path = f"projects/{project.slug}/guard/"
    seen = call(manager, "GET", path).body
    assert [one["username"] for one in seen] == [annotator.username, other.username]
    assert seen[1] == {
        "username": "other",
        "wrong": {"accepted": 0, "shown": 1, "share": None},
        "planted": {"accepted": 1, "shown": 1, "share": None},
        "with_suggestions": {"articles": 1, "f1": None},
        "blind": {"articles": 0, "f1": None},
    }
    assert [one["username"] for one in call(annotator, "GET", path).body] == [annotator.username]
    assert call(stranger, "GET", path).status == 404
