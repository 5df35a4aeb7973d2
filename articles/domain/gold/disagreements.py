"""Where the readers of one article disagree. Their layers are aligned, and each difference is one item to
settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from typing import Any
from uuid import UUID

from annotator.schemas.definition import Definition
from articles.domain.gold.entities import Entity, aligned, mention
from articles.domain.gold.links import Link, chains_said, links_said
from articles.domain.layers.state import problem_with_overlap
from articles.domain.measures.f_measure import Mention
from articles.domain.spans import Fragment, Relation, Span


class Kind(StrEnum):
    LABEL = "label"
    BOUNDARY = "boundary"
    MISSING = "missing"
    ATTRIBUTE = "attribute"
    RELATION = "relation"
    CHAIN = "chain"
    ARTICLE_LABEL = "article_label"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person said of an article."""

    spans: Mapping[UUID, Span] = field(default_factory=dict)
    relations: Mapping[UUID, Relation] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SpanSaid:
    start: int
    end: int
    label: str
    fragments: tuple[Fragment, ...] = ()
    attributes: tuple[tuple[str, Any], ...] = ()

    @property
    def mention(self) -> Mention:
        return self.start, self.end, self.label, self.fragments


@dataclass(frozen=True, slots=True)
class Said:
    """What one reader says about one item. Two readers who say the same are equal, whatever ids their spans
    have.

    `links` and `chains` name entities by their number. `value` is the value of an attribute, or whether the
    reader gave an article label.
    """

    spans: tuple[SpanSaid, ...] = ()
    links: tuple[Link, ...] = ()
    chains: tuple[tuple[int, ...], ...] = ()
    value: Any = None


@dataclass(frozen=True, slots=True)
class Item:
    """One difference to settle. `said` has what each reader says, in the order of the readings.

    `key` identifies the item as long as the readings do not change. `name` is the attribute, relation type or
    article label in question. `start` and `end` are the bounds of the words, in code points; None for article
    labels.
    """

    key: str
    kind: Kind
    start: int | None
    end: int | None
    said: tuple[Said, ...]
    entities: tuple[int, ...] = ()
    name: str = ""

    @property
    def is_about_spans(self) -> bool:
        return self.kind in (Kind.LABEL, Kind.BOUNDARY, Kind.MISSING)


@dataclass(frozen=True, slots=True)
class Disagreements:
    """`links` are the links between entities that all readers agree on, those of chains included."""

    entities: tuple[Entity, ...]
    items: tuple[Item, ...]
    links: tuple[Link, ...] = ()
    labels: frozenset[str] = frozenset()


def disagreements(readings: Sequence[Reading], definition: Definition) -> Disagreements:
    """All differences between the readings of one article, in the order in which they are settled. There are
    none with a single reading."""
    entities = tuple(aligned([reading.spans for reading in readings]))
    number = {span.id: n for n, entity in enumerate(entities) for span in entity.marked}
    chain_types = {one.name for one in definition.relations if one.chain}
    relations = [list(reading.relations.values()) for reading in readings]
    links, agreed_links = links_said(relations, number, chain_types)
    chains, agreed_chains = chains_said(relations, number, chain_types)
    labels = [reading.labels for reading in readings]
    found = [
        *_span_items(entities, definition),
        *_attribute_items(entities),
        *(_item(Kind.RELATION, entities, ends, [Said(links=one) for one in said]) for ends, said in links),
        *(
            _item(Kind.CHAIN, entities, ends, [Said(chains=one) for one in said], name)
            for name, ends, said in chains
        ),
        *_label_items(labels),
    ]
    in_order = sorted(found, key=_order)
    common = frozenset.intersection(*labels) if labels else frozenset()
    return Disagreements(entities, _with_keys(in_order), (*agreed_links, *agreed_chains), common)


def _order(item: Item) -> tuple[int, int, int]:
    """First differences about spans, then those about links between spans, then those about the whole
    article; within each group in reading order."""
    step = 1 if item.kind in (Kind.RELATION, Kind.CHAIN) else 2 if item.kind is Kind.ARTICLE_LABEL else 0
    return step, item.start or 0, -(item.end or 0)


def majority(item: Item) -> Said | None:
    """What more than half of three or more readers say, or None."""
    said, votes = Counter(_hashable(one) for one in item.said).most_common(1)[0]
    if len(item.said) < 3 or 2 * votes <= len(item.said):
        return None
    return next(one for one in item.said if _hashable(one) == said)


def _span_items(entities: Sequence[Entity], definition: Definition) -> list[Item]:
    items = list[Item]()
    for numbers in _inseparable(entities, definition):
        group = [entities[n] for n in numbers]
        readers = zip(*(entity.spans for entity in group), strict=True)
        said = [Said(tuple(span_said(span) for span in spans if span)) for spans in readers]
        items.append(_item(_kind(said), entities, numbers, said))
    return items


def _inseparable(entities: Sequence[Entity], definition: Definition) -> list[list[int]]:
    """The numbers of the entities that are not agreed on, in groups: entities that cannot both be in one
    layer are in the same group."""
    groups = list[list[int]]()
    for number, entity in enumerate(entities):
        if entity.is_agreed:
            continue
        clashing = [group for group in groups if any(_clash(entities[n], entity, definition) for n in group)]
        groups = [group for group in groups if group not in clashing]
        groups.append(sorted([number, *chain.from_iterable(clashing)]))
    return groups


def _clash(one: Entity, other: Entity, definition: Definition) -> bool:
    return any(
        problem_with_overlap(span, later, definition.overlap) is not None
        for span in one.marked
        for later in other.marked
        if span.start < later.end and later.start < span.end
    )


def _kind(said: Sequence[Said]) -> Kind:
    places = {tuple((one.start, one.end, one.fragments) for one in reading.spans) for reading in said}
    labels = {tuple(one.label for one in reading.spans) for reading in said if reading.spans}
    if len(places - {()}) > 1:
        return Kind.BOUNDARY
    if len(labels) > 1:
        return Kind.LABEL
    return Kind.MISSING


def _attribute_items(entities: Sequence[Entity]) -> Iterable[Item]:
    for number, entity in enumerate(entities):
        if not entity.is_agreed:
            continue
        spans = entity.marked
        for name in sorted({name for span in spans for name in span.attributes}):
            values = [span.attributes.get(name) for span in spans]
            if any(value != values[0] for value in values):
                said = [Said(value=value) for value in values]
                yield _item(Kind.ATTRIBUTE, entities, [number], said, name)


def _item(
    kind: Kind, entities: Sequence[Entity], about: Sequence[int], said: Iterable[Said], name: str = ""
) -> Item:
    """An item about these entities."""
    marked = [span for n in about for span in entities[n].marked]
    start, end = min(span.start for span in marked), max(span.end for span in marked)
    return Item("", kind, start, end, tuple(said), tuple(about), name)


def _label_items(labels: Sequence[frozenset[str]]) -> Iterable[Item]:
    for name in sorted(frozenset[str]().union(*labels)):
        said = tuple(Said(value=name in one) for one in labels)
        if not all(one.value for one in said):
            yield Item("", Kind.ARTICLE_LABEL, None, None, said, (), name)


def _with_keys(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with their keys. Items of the same place and kind are numbered."""
    seen = Counter[str]()
    named = list[Item]()
    for item in items:
        subject = "span" if item.is_about_spans else item.kind.value
        place = "" if item.start is None else f":{item.start}-{item.end}"
        key = f"{subject}{place}{f':{item.name}' if item.name else ''}"
        seen[key] += 1
        number = f"#{seen[key]}" if seen[key] > 1 else ""
        named.append(replace(item, key=key + number))
    return tuple(named)


def span_said(span: Span) -> SpanSaid:
    attributes = tuple(sorted(span.attributes.items()))
    return SpanSaid(*mention(span), attributes)


def _hashable(said: Said) -> str:
    return repr(said)
