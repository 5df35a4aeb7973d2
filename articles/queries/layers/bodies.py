"""Layers as JSON-ready data, for the API and the editor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count

from annotator.schemas.queries import published_definition, published_version
from annotator.users.models import User
from articles.access.caller import Caller
from articles.access.layers import may_see_layer
from articles.domain.suggestions.conflicts import without_conflicts
from articles.engines.carried import CarriedEngine
from articles.engines.registry import merging_kinds
from articles.models import Article, Layer, LayerLabel, Rejection, Relation, Span
from articles.queries.layers.offered_links import links_by_mention

READINGS = 5
_SPAN_FIELDS = ("id", "start", "end", "label", "fragments", "attributes", "confidence", "suggestion")
_RELATION_FIELDS = ("id", "type", "source_id", "target_id", "attributes")


def whole_layer(layer: Layer, project_id: int) -> dict[str, Any]:
    """Spans, relations, labels, rejected mentions and version of a layer; offsets in code points."""
    body = consistent_body(layer)
    version = published_version(project_id)
    return {**layer_head(layer), **body, "schema_version": version.number}


def empty_layer(user: User) -> dict[str, Any]:
    """A layer that its author has not begun."""
    head = {"author": f"user:{user.username}", "version": 0, "state": "open", "engine_version": ""}
    dates = {"submitted_at": None, "approved_at": None}
    return {**head, **dates, "spans": [], "relations": [], "labels": [], "rejected": []}


def layer_head(layer: Layer) -> dict[str, Any]:
    return {
        "author": layer.author,
        "version": layer.version,
        "state": layer_state_name(layer),
        "submitted_at": layer.submitted_at,
        "approved_at": layer.approved_at,
        "engine_version": layer.engine_version,
    }


def layer_state_name(layer: Layer | None) -> str:
    """`open`, `submitted` or `approved`."""
    if layer is None or not (layer.submitted_at or layer.approved_at):
        return "open"
    return "approved" if layer.approved_at else "submitted"


def consistent_body(layer: Layer) -> dict[str, Any]:
    """Spans, relations, labels and rejected mentions, all of one version, which `layer` carries afterwards.

    They are read one after another, and an edit may come in between: then they are read again.
    """
    for _ in range(READINGS):
        body = {**layer_body(layer), "rejected": rejected_mentions(layer)}
        version = Layer.objects.values_list("version", flat=True).get(pk=layer.pk)
        if version == layer.version:
            break
        layer.version = version
    return body


def layer_body(layer: Layer) -> dict[str, Any]:
    rows = Span.objects.filter(layer=layer).order_by("start", "-end", "label")
    links = Relation.objects.filter(layer=layer).order_by("type", "id").values(*_RELATION_FIELDS)
    return {
        "spans": list(rows.values(*_SPAN_FIELDS)),
        "relations": [
            {
                "id": row["id"],
                "type": row["type"],
                "source": row["source_id"],
                "target": row["target_id"],
                "attributes": row["attributes"],
            }
            for row in links
        ],
        "labels": list(LayerLabel.objects.filter(layer=layer).values_list("name", flat=True)),
    }


def visible_layers(caller: Caller, article: Article) -> list[dict[str, Any]]:
    """The heads of the layers that the caller may see, with their number of spans."""
    layers = Layer.objects.filter(article=article).select_related("user", "engine").order_by("kind", "pk")
    counts = dict(layers.order_by().values_list("pk").annotate(Count("spans")))
    return [
        {**layer_head(layer), "spans": counts[layer.pk]}
        for layer in layers
        if may_see_layer(caller, article, layer.author)
    ]


def open_suggestions(article: Article, layer: Layer | None) -> list[dict[str, Any]]:
    """What the engines offer that the layer has neither taken nor rejected: one a mention.

    Once an enabled engine that merges has read the article, these are its suggestions only. Else the
    confidence is the highest any engine gave, and `sources` names all engines that agree. Of suggestions
    that cannot stand side by side under the project's schema, the most confident is offered. `links` are
    relations to other mentions (see `links_by_mention`).
    """
    rows = Span.objects.filter(
        layer__article=article, layer__kind=Layer.Kind.ENGINE, layer__engine__enabled=True
    )
    found = rows.order_by("start", "-end", "label").values(
        "id", "start", "end", "label", "confidence", "sources", "layer", "layer__engine__name"
    )
    settled = settled_mentions(layer) if layer else set()
    answered = _answered(layer) if layer else set()
    # A span that was accepted and then resized or relabelled still answers all engines that said the same.
    settled |= {(row["start"], row["end"], row["label"]) for row in found if row["id"] in answered}
    merging = _merging_layers(article)
    merged: dict[tuple[int, int, str], dict[str, Any]] = {}
    for row in found:
        key = (row["start"], row["end"], row["label"])
        if key not in settled and (not merging or row["layer"] in merging):
            _merge(merged, key, dict(row), row["sources"] or [row["layer__engine__name"]])
    overlap = published_definition(article.project_id).overlap
    taken = [(start, end) for start, end, _ in _mentions(layer)] if layer else []
    offered, links = without_conflicts(list(merged.values()), taken, overlap), links_by_mention(article)
    return [{**one, "links": links.get((one["start"], one["end"], one["label"]), [])} for one in offered]


def rejected_mentions(layer: Layer | None) -> list[dict[str, Any]]:
    if layer is None:
        return []
    return [dict(row) for row in Rejection.objects.filter(layer=layer).values("start", "end", "label")]


def readings_of_people(article: Article, gold: Layer | None) -> list[dict[str, Any]]:
    """Who did what, for the reviewer: each person's layer with its state and how much of it is in gold."""
    in_gold = set(_mentions(gold)) if gold else set()
    layers = Layer.objects.by_people().filter(article=article).select_related("user").order_by("pk")
    people = []
    for layer in layers:
        mentions = set(_mentions(layer))
        same = len(mentions & in_gold)
        head = {"author": layer.author, "state": layer_state_name(layer)}
        people.append({**head, "spans": len(mentions), "same_as_gold": same})
    return people


def _mentions(layer: Layer) -> list[tuple[int, int, str]]:
    return list(Span.objects.filter(layer=layer).values_list("start", "end", "label"))


def settled_mentions(layer: Layer) -> set[tuple[int, int, str]]:
    """Start, end and label of what the layer has, or does not want."""
    rejected = Rejection.objects.filter(layer=layer).values_list("start", "end", "label")
    return {*_mentions(layer), *rejected}


def _merging_layers(article: Article) -> set[int]:
    """The article's layers by enabled engines that merge what others say, and with them what was carried over
    from gold, which may have come later; none if nothing merges."""
    kinds = merging_kinds()
    rows = Layer.objects.filter(article=article, engine__enabled=True)
    found = dict(rows.filter(engine__kind__in={*kinds, CarriedEngine.name}).values_list("pk", "engine__kind"))
    return set(found) if kinds & set(found.values()) else set()


def _answered(layer: Layer) -> set[UUID]:
    """The suggestions that spans of the layer were accepted from."""
    rows = Span.objects.filter(layer=layer, suggestion__isnull=False)
    return {id_ for id_ in rows.values_list("suggestion", flat=True) if id_}


def _merge(
    merged: dict[tuple[int, int, str], dict[str, Any]],
    key: tuple[int, int, str],
    row: dict[str, Any],
    sources: list[str],
) -> None:
    one = merged.get(key)
    if one is None:
        start, end, label = key
        merged[key] = {
            "id": row["id"],
            "start": start,
            "end": end,
            "label": label,
            "confidence": row["confidence"],
            "sources": list(sources),
        }
        return
    one["sources"] += [source for source in sources if source not in one["sources"]]
    if (row["confidence"] or 0) > (one["confidence"] or 0):
        one["confidence"] = row["confidence"]
