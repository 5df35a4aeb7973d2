"""Suggestions that are wrong on purpose: drawn as an article is given out, taken out as it is handed in."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db.models import F

from articles.domain.layers.state import LayerState
from articles.domain.schema_changes.mapping import SchemaMapping
from articles.domain.spans import Span
from articles.models import Article, Assignment, Edit, Layer, Plant, PlantAnswer
from articles.queries.schema_changes.changes import names_today
from articles.queries.suggestions.plants import drawn_plants
from articles.services.layers import copy_state, save_changes


def plant_suggestions(*, article: Article, percent: int) -> None:
    """Draw the article's plants, unless it has some: everybody is shown the same. The caller has locked the
    article. What no engine has read yet gets none."""
    if percent and not Plant.objects.filter(article=article).exists():
        Plant.objects.bulk_create(drawn_plants(article, percent))


def settle_plants(*, article: Article, layer: Layer, state: LayerState, claim: Assignment) -> None:
    """Note which plants the layer accepted as they were, and take those out of it. The caller has locked the
    layer, of which `state` is the whole.

    Only what somebody made of a plant when they first handed in counts: afterwards they know that it was one.
    """
    rows = Plant.objects.filter(article=article).still_wrong()
    plants: dict[UUID, Plant] = {plant.pk: plant for plant in rows}
    names = names_today(article.project_id, state.definition)
    taken = {
        span: origin
        for span, origin in state.origins.items()
        if origin in plants and _is_as_planted(state.spans[span], plants[origin], names, article.text)
    }
    if taken:
        _take_out(layer, state, list(taken))
    if not claim.blind:
        _note(article, claim, plants, set(taken.values()), state)


def _is_as_planted(own: Span, plant: Plant, names: SchemaMapping, text: str) -> bool:
    """Whether the plant was accepted without a change. A new name that the schema has given its label since
    is none."""
    labels = {plant.label, names.label(plant.label, text[plant.start : plant.end])}
    return (own.start, own.end, own.fragments) == (plant.start, plant.end, ()) and own.label in labels


def _take_out(layer: Layer, state: LayerState, spans: list[UUID]) -> None:
    after, edits = copy_state(state), list[Edit]()
    for number, span in enumerate(spans, start=1):
        data = {"id": str(span)}
        after.remove_span(data)
        version = layer.version + number
        edits.append(Edit(id=uuid4(), layer=layer, op="remove_span", data={"span": data}, version=version))
    Edit.objects.bulk_create(edits)
    save_changes(layer, before=state, after=after)
    Layer.objects.filter(pk=layer.pk).update(version=F("version") + len(edits))


def _note(
    article: Article, claim: Assignment, plants: dict[UUID, Plant], accepted: set[UUID], state: LayerState
) -> None:
    """Store what became of each plant. Where plants are switched off by now, those that are still open are
    not shown any more, and do not count."""
    are_shown = article.project.planted_share > 0
    PlantAnswer.objects.bulk_create(
        [
            PlantAnswer(plant=plant, user_id=claim.user_id, accepted=plant.pk in accepted)
            for plant in plants.values()
            if are_shown or plant.pk in accepted or (plant.start, plant.end, plant.label) in state.rejections
        ],
        ignore_conflicts=True,
    )
