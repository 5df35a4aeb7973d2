"""What stands where in one author's layers of many articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from articles.models import Layer, Span
from articles.queries.layers.choice import LayerChoice


class Mark(NamedTuple):
    """A labelled stretch `[start, end)`, in code points."""

    start: int
    end: int
    label: str


def layers_of(choice: LayerChoice) -> QuerySet[Layer]:
    """The layers of that author, in all articles of all projects."""
    match choice.kind:
        case "gold":
            return Layer.objects.gold()
        case "user":
            return Layer.objects.by_people().filter(user__username=choice.name)
        case "engine":
            return Layer.objects.by_engines().filter(engine__name=choice.name)
    return Layer.objects.none()


def marks_of(choice: LayerChoice, articles: Iterable[int], *, label: str = "") -> dict[int, list[Mark]]:
    """The spans by article, in reading order; only those with one label, if that is given."""
    layers = dict(layers_of(choice).filter(article__in=list(articles)).values_list("pk", "article"))
    rows = Span.objects.filter(layer__in=list(layers)).order_by("start", "-end", "label")
    if label:
        rows = rows.filter(label=label)
    found: dict[int, list[Mark]] = {}
    for layer, start, end, name in rows.values_list("layer", "start", "end", "label"):
        found.setdefault(layers[layer], []).append(Mark(start, end, name))
    return found
