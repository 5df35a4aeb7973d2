"""The edits that settle a disagreement in the gold layer. They are ordinary edits.

The editor computes them itself, because it works without the server: static/editor/state/settling.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from articles.domain.gold.disagreements import Disagreements, Item, Kind, Said, SpanSaid
from articles.domain.gold.entities import Entity, likeness, mention
from articles.domain.gold.links import Link
from articles.domain.layers.edits import EditRequest
from articles.domain.layers.state import LayerState, problem_with_ends, problem_with_overlap
from articles.domain.spans import Span

NOTHING = Said()


def edits_to_settle(item: Item, said: Said, found: Disagreements, gold: LayerState) -> list[EditRequest]:
    """The edits after which gold says `said` about the item. NOTHING removes what any reader said.

    Relations whose ends are not in gold yet are left out. They are added when their ends are.
    """
    match item.kind:
        case Kind.ATTRIBUTE:
            return list(_attribute(item, said, found, gold))
        case Kind.ARTICLE_LABEL:
            others = gold.labels - {item.name}
            return [_edit("set_labels", sorted(others | {item.name} if said.value else others))]
        case Kind.RELATION:
            return list(_relations(item, said.links, found, gold))
        case Kind.CHAIN:
            links = [Link(item.name, a, b) for chain in said.chains for a, b in pairwise(chain)]
            return list(_relations(item, links, found, gold))
    edits = list(_spans(item, said, gold))
    return edits + list(_carried(item, found, gold, edits))


def standing(entity: Entity, spans: Iterable[Span]) -> Span | None:
    """The one of `spans` that means this entity: one equal to a reader's span, otherwise the one most like
    them."""
    marked = entity.marked
    best = max(((_closeness(span, marked), -span.start, str(span.id), span) for span in spans), default=None)
    return best[3] if best and best[0] else None


def _closeness(span: Span, marked: Iterable[Span]) -> float:
    return max(10.0 if mention(span) == mention(one) else likeness(span, one) for one in marked)


def _spans(item: Item, said: Said, gold: LayerState) -> Iterator[EditRequest]:
    wanted = {one.mention: one for one in said.spans}
    offered = {one.mention for reading in item.said for one in reading.spans}
    there = {mention(span): span for span in gold.spans.values()}
    unwanted = [
        span
        for span in gold.spans.values()
        if mention(span) not in wanted and (mention(span) in offered or _is_in_the_way(span, said, gold))
    ]
    missing = [one for key, one in wanted.items() if key not in there]
    if len(unwanted) == len(missing) == 1:
        yield _edit("change_span", {"id": str(unwanted[0].id), **_as_data(missing[0])})
    else:
        yield from (_edit("remove_span", {"id": str(span.id)}) for span in unwanted)
        yield from (_edit("add_span", {"id": str(uuid4()), **_as_data(one)}) for one in missing)
    for key, one in wanted.items():
        if key in there and dict(there[key].attributes) != dict(one.attributes):
            yield _edit("change_span", {"id": str(there[key].id), "attributes": dict(one.attributes)})
    for start, end, label in sorted({key[:3] for key in offered} - {key[:3] for key in wanted}):
        yield _edit("reject_suggestion", {"start": start, "end": end, "label": label})


def _is_in_the_way(span: Span, said: Said, gold: LayerState) -> bool:
    """Whether this span, which no reader marked, makes it impossible to have in gold what is said."""
    return any(
        problem_with_overlap(_as_span(one), span, gold.definition.overlap)
        for one in said.spans
        if span.start < one.end and one.start < span.end
    )


def _carried(
    item: Item, found: Disagreements, gold: LayerState, edits: Iterable[EditRequest]
) -> Iterator[EditRequest]:
    """The relations on which all agree and both of whose ends are in gold after these edits."""
    spans = {**gold.spans}
    for edit in edits:
        if edit.op in ("add_span", "change_span"):
            old = spans.get(UUID(edit.data["id"]))
            spans[UUID(edit.data["id"])] = _after(old, edit.data)
        elif edit.op == "remove_span":
            del spans[UUID(edit.data["id"])]
    linked = {(one.type, one.source, one.target) for one in gold.relations.values()}
    for link in found.links:
        if {link.source, link.target} & set(item.entities):
            request = _link(link, found, spans)
            if request and _ends(request) not in linked and _fits(request, spans, gold):
                yield request


def _fits(request: EditRequest, spans: Mapping[UUID, Span], gold: LayerState) -> bool:
    """Whether the schema allows the relation between the labels that its ends have in gold."""
    kind, source, target = _ends(request)
    definition = gold.definition.relations_by_name.get(kind)
    problem = definition and problem_with_ends(definition, spans[source].label, spans[target].label)
    return definition is not None and not problem


def _relations(
    item: Item, wanted: Iterable[Link], found: Disagreements, gold: LayerState
) -> Iterator[EditRequest]:
    requests = [request for link in wanted if (request := _link(link, found, gold.spans))]
    members = {span.id for n in item.entities if (span := standing(found.entities[n], gold.spans.values()))}
    chain_types = {one.name for one in gold.definition.relations if one.chain}
    kept = set[tuple[str, UUID, UUID]]()
    for relation in gold.relations.values():
        is_meant = relation.type == item.name if item.name else relation.type not in chain_types
        if is_meant and {relation.source, relation.target} <= members:
            ends = (relation.type, relation.source, relation.target)
            if ends in map(_ends, requests):
                kept.add(ends)
            else:
                yield _edit("remove_relation", {"id": str(relation.id)})
    yield from (request for request in requests if _ends(request) not in kept)


def _attribute(item: Item, said: Said, found: Disagreements, gold: LayerState) -> Iterator[EditRequest]:
    span = standing(found.entities[item.entities[0]], gold.spans.values())
    if span is None:
        return
    others = {name: value for name, value in span.attributes.items() if name != item.name}
    attributes = others if said.value is None else {**others, item.name: said.value}
    if attributes != dict(span.attributes):
        yield _edit("change_span", {"id": str(span.id), "attributes": attributes})


def _link(link: Link, found: Disagreements, spans: Mapping[UUID, Span]) -> EditRequest | None:
    """The edit that adds the link between the spans that mean its ends; None where one of them is missing."""
    source = standing(found.entities[link.source], spans.values())
    target = standing(found.entities[link.target], spans.values())
    if source is None or target is None or source.id == target.id:
        return None
    ends = {"source": str(source.id), "target": str(target.id)}
    attributes = dict(link.attributes)
    return _edit("add_relation", {"id": str(uuid4()), "type": link.type, **ends, "attributes": attributes})


def _ends(request: EditRequest) -> tuple[str, UUID, UUID]:
    return request.data["type"], UUID(request.data["source"]), UUID(request.data["target"])


def _after(old: Span | None, data: Mapping[str, Any]) -> Span:
    start, end, label = (data.get(name, getattr(old, name, None)) for name in ("start", "end", "label"))
    fragments = tuple((a, b) for a, b in data.get("fragments", old.fragments if old else ()))
    return Span(UUID(data["id"]), start, end, label, fragments)


def _as_span(one: SpanSaid) -> Span:
    return Span(uuid4(), *one.mention, dict(one.attributes))


def _as_data(one: SpanSaid) -> dict[str, Any]:
    fragments = [list(piece) for piece in one.fragments]
    place = {"start": one.start, "end": one.end, "label": one.label, "fragments": fragments}
    return {**place, "attributes": dict(one.attributes)}


def _edit(op: str, data: Any) -> EditRequest:
    return EditRequest(uuid4(), op, data)
