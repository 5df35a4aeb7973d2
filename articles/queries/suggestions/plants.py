"""Suggestions that are wrong on purpose, among the others and afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.spans import Suggestion
from articles.domain.suggestions.conflicts import without_conflicts
from articles.domain.suggestions.planting import Planting, displaces
from articles.models import Article, Assignment, Layer, Plant, PlantAnswer, Rejection, Span
from articles.queries.layers.bodies import open_suggestions
from articles.queries.suggestions.ids import suggestion_id


def about_plants(project: Project) -> str:
    """What annotators are told where suggestions are planted; empty where none are."""
    if not project.planted_share:
        return ""
    return gettext(
        "About %(share)s in 100 suggestions are wrong on purpose, to see whether suggestions are looked at. "
        "When you submit an article you are told which of them you accepted."
    ) % {"share": project.planted_share}


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
    found = [one for one in found if one["label"] in labels]
    plants = without_conflicts(_unsettled(found, layer), _taken(layer), overlap)
    # Also beside those that are rejected by now: what came back in their place would say that they were one.
    values = [Suggestion(one["start"], one["end"], one["label"]) for one in found]
    others = [
        one
        for one in offered
        if not any(displaces(plant, one["start"], one["end"], one["label"]) for plant in values)
    ]
    places = [(one["start"], one["end"]) for one in plants]
    shown = [*plants, *without_conflicts(others, places, overlap)]
    hidden = {_mention(one) for one in offered} - {_mention(one) for one in shown}
    shown = [{**one, "links": [to for to in one["links"] if _mention(to) not in hidden]} for one in shown]
    return sorted(shown, key=lambda one: (one["start"], -one["end"], one["label"]))


def drawn_plants(article: Article, percent: int) -> list[Plant]:
    """The article's plants by the lot, not stored: the same until somebody is given the article, so that who
    looked at it before sees nothing change. Each has the id that its engine would have given it."""
    offered = open_suggestions(article, None)
    layers = Span.objects.filter(pk__in=[one["id"] for one in offered])
    engines = dict(layers.values_list("pk", "layer__engine"))
    engine_of = {tuple(one["sources"]): engines[one["id"]] for one in offered}
    offers = [
        Suggestion(one["start"], one["end"], one["label"], one["confidence"], tuple(one["sources"]))
        for one in offered
    ]
    labels = published_definition(article.project_id).active_names
    taken = set(Span.objects.filter(layer__article=article).values_list("start", "end", "label"))
    return [
        Plant(
            id=UUID(suggestion_id(article.pk, engine_of[one.sources], one)),
            article=article,
            start=one.start,
            end=one.end,
            label=one.label,
            confidence=one.confidence,
            sources=list(one.sources),
        )
        for one in Planting(article.pk, article.text, offers, labels, taken).plants(percent)
    ]


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
    """As stored, or to who has not been given the article yet, as they will be then."""
    stored = Plant.objects.filter(article=article)
    rows: Iterable[Plant] = _still_wrong(stored).exclude(answers__user=user)
    is_theirs = Assignment.objects.of(user).filter(article=article).taking_room()
    if not (stored.exists() or is_theirs.exists()):
        rows = drawn_plants(article, article.project.planted_share)
    fields = ("id", "start", "end", "label", "confidence", "sources")
    return [{**{name: getattr(row, name) for name in fields}, "links": []} for row in rows]


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


def _mention(one: Mapping[str, Any]) -> tuple[int, int, str]:
    return one["start"], one["end"], one["label"]


def _taken(layer: Layer | None) -> list[tuple[int, int]]:
    return list(Span.objects.filter(layer=layer).values_list("start", "end")) if layer else []
