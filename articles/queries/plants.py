"""Suggestions that are wrong on purpose, among the others and afterwards."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.conflicts import without_conflicts
from articles.domain.planting import displaces
from articles.domain.spans import Suggestion
from articles.models import Article, Layer, Plant, PlantAnswer, Rejection, Span


def about_plants(project: Project) -> str:
    """What annotators are told where suggestions are planted; empty where none are."""
    if not project.planted_share:
        return ""
    return (
        f"About {project.planted_share} in 100 suggestions are wrong on purpose, to see whether suggestions "
        "are looked at. When you submit an article you are told which of them you accepted."
    )


def with_plants(
    offered: list[dict[str, Any]], article: Article, layer: Layer | None, user: User
) -> list[dict[str, Any]]:
    """The suggestions of `open_suggestions` with the plants that `user` has still to answer, in the same
    shape and order. A suggestion that would give a plant away is not shown beside it."""
    found = _unanswered(article, user) if article.project.planted_share else []
    if not found:
        return offered
    definition = published_definition(article.project_id)
    overlap, labels = definition.overlap, definition.active_names
    still_open = [one for one in _unsettled(found, layer) if one["label"] in labels]
    plants = without_conflicts(still_open, _taken(layer), overlap)
    values = [Suggestion(one["start"], one["end"], one["label"]) for one in plants]
    others = [
        one
        for one in offered
        if not any(displaces(plant, one["start"], one["end"], one["label"]) for plant in values)
    ]
    places = [(one.start, one.end) for one in values]
    shown = [*plants, *without_conflicts(others, places, overlap)]
    return sorted(shown, key=lambda one: (one["start"], -one["end"], one["label"]))


def accepted_plants(article: Article, user: User | None = None) -> list[dict[str, Any]]:
    """The plants of the article that this user, or anybody, had accepted when they handed it in: `by`,
    `start`, `end`, `label`. One that gold has was right, and is left out."""
    rows = _answers(Plant.objects.filter(article=article), accepted=True)
    if user:
        rows = rows.filter(user=user)
    values = rows.order_by("user__username", "plant__start").values_list(
        "user__username", "plant__start", "plant__end", "plant__label"
    )
    return [{"by": by, "start": start, "end": end, "label": label} for by, start, end, label in values]


def plant_answers(project: Project) -> QuerySet[PlantAnswer]:
    """All answers to plants of the project that are wrong as far as is known."""
    return _answers(Plant.objects.filter(article__project=project, article__archived_at__isnull=True))


def _answers(plants: QuerySet[Plant], **wanted: bool) -> QuerySet[PlantAnswer]:
    return PlantAnswer.objects.filter(plant__in=_still_wrong(plants).values("pk"), **wanted)


def _still_wrong(plants: QuerySet[Plant]) -> QuerySet[Plant]:
    wrong: QuerySet[Plant] = plants.still_wrong()  # type: ignore[attr-defined]
    return wrong


def _unanswered(article: Article, user: User) -> list[dict[str, Any]]:
    rows = _still_wrong(Plant.objects.filter(article=article)).exclude(answers__user=user)
    fields = ("id", "start", "end", "label", "confidence", "sources")
    return [{**row, "links": []} for row in rows.values(*fields)]


def _unsettled(plants: list[dict[str, Any]], layer: Layer | None) -> list[dict[str, Any]]:
    """Those that the layer has neither accepted, in whatever shape, nor rejected."""
    if layer is None:
        return plants
    accepted = set(Span.objects.filter(layer=layer).values_list("suggestion", flat=True))
    refused = set(Rejection.objects.filter(layer=layer).values_list("start", "end", "label"))
    return [
        one
        for one in plants
        if one["id"] not in accepted and (one["start"], one["end"], one["label"]) not in refused
    ]


def _taken(layer: Layer | None) -> list[tuple[int, int]]:
    return list(Span.objects.filter(layer=layer).values_list("start", "end")) if layer else []
