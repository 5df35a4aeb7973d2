"""Who changed what in a layer, and when; and the layer as it was then."""

from __future__ import annotations

from typing import Any

from annotator.schemas.queries import published_definition
from articles.domain.layers.replay import PastEdit, replay
from articles.domain.layers.state import LayerState
from articles.models import Article, Edit, Layer
from articles.queries.layers.bodies import layer_head

EDITS_A_PAGE = 200


def edits_of(layer: Layer, before: int | None = None) -> list[dict[str, Any]]:
    """The newest edits that were applied, newest first: those before the version `before`, if it is given."""
    rows = Edit.objects.filter(layer=layer, version__isnull=False).select_related("author")
    if before is not None:
        rows = rows.filter(version__lt=before)
    return [
        {
            "id": row.id,
            "version": row.version,
            "op": row.op,
            "data": row.data,
            "by": {"username": row.author.username, "name": row.author.name} if row.author else None,
            "at": row.created_at,
        }
        for row in rows.order_by("-version")[:EDITS_A_PAGE]
    ]


def layer_at(layer: Layer, article: Article, version: int) -> dict[str, Any]:
    """The whole layer as it was at that version, in the shape of `whole_layer`.

    Raises EditRefused when its edits do not add up, which never should be.
    """
    rows = Edit.objects.filter(layer=layer, version__lte=version).order_by("version")
    past = (PastEdit(id_, op, data) for id_, op, data in rows.values_list("id", "op", "data").iterator(2_000))
    state = replay(past, length=article.length, definition=published_definition(article.project_id))
    return {**layer_head(layer), "version": version, **_body(state)}


def _body(state: LayerState) -> dict[str, Any]:
    spans = sorted(state.spans.values(), key=lambda one: (one.start, -one.end, one.label))
    links = sorted(state.relations.values(), key=lambda one: (one.type, one.id))
    return {
        "spans": [
            {
                "id": one.id,
                "start": one.start,
                "end": one.end,
                "label": one.label,
                "fragments": one.fragments,
                "attributes": one.attributes,
                "confidence": None,
                "suggestion": state.origins.get(one.id),
            }
            for one in spans
        ],
        "relations": [
            {
                "id": one.id,
                "type": one.type,
                "source": one.source,
                "target": one.target,
                "attributes": one.attributes,
            }
            for one in links
        ],
        "labels": sorted(state.labels),
        "rejected": [{"start": s, "end": e, "label": label} for s, e, label in state.rejections],
    }
