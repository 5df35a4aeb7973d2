"""What readers say about an item, as JSON: for the person who settles it, and to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from articles.domain.gold.disagreements import Said
from articles.domain.gold.entities import Entity


def said_as_json(said: Said) -> dict[str, Any]:
    """Entities are given by number. Empty parts are left out."""
    spans = [
        {
            "start": one.start,
            "end": one.end,
            "label": one.label,
            "fragments": [list(piece) for piece in one.fragments],
            "attributes": dict(one.attributes),
        }
        for one in said.spans
    ]
    links = [
        {"type": one.type, "source": one.source, "target": one.target, "attributes": dict(one.attributes)}
        for one in said.links
    ]
    body = {"spans": spans, "links": links, "chains": [list(chain) for chain in said.chains]}
    full = {name: value for name, value in body.items() if value}
    return full if said.value is None else {**full, "value": said.value}


def told(said: Said, entities: Sequence[Entity]) -> dict[str, Any]:
    """The same in a form that keeps its meaning: instead of its number, an entity has its place in the text
    and its label."""
    body = said_as_json(said)
    for link in body.get("links", []):
        link["source"], link["target"] = (_place(entities[link[end]]) for end in ("source", "target"))
    if "chains" in body:
        body["chains"] = [[_place(entities[n]) for n in chain] for chain in said.chains]
    return body


def _place(entity: Entity) -> dict[str, Any]:
    first = entity.marked[0]
    return {"start": first.start, "end": first.end, "label": first.label}
