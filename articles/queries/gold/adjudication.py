"""What the annotators of an article disagree on, for whoever settles it. Offsets are code points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from string import ascii_uppercase
from typing import Any
from uuid import UUID

from annotator.schemas.queries import published_definition
from articles.domain.gold.disagreements import Disagreements, Item, Reading, Said, SpanSaid, disagreements
from articles.domain.gold.entities import likeness, mention
from articles.domain.gold.told import said_as_json, told
from articles.domain.layers.deciding import Deciding, Made
from articles.domain.spans import Relation as RelationValue
from articles.domain.spans import Span as SpanValue
from articles.models import Article, Decision, Layer, LayerLabel, Relation, Span
from articles.queries.layers.bodies import open_suggestions, settled_mentions, whole_layer
from articles.queries.layers.values import relation_value, span_value


@dataclass(frozen=True)
class Adjudication:
    """The layers that were handed in, and where they differ. Readings are in the order of the layers, which
    is shuffled, another one for each article: the first is A."""

    article: Article
    layers: tuple[Layer, ...]
    found: Disagreements

    @cached_property
    def engine(self) -> list[SpanValue]:
        """What the engines would offer in this article, taken together."""
        return [
            SpanValue(one["id"], one["start"], one["end"], one["label"], confidence=one["confidence"])
            for one in open_suggestions(self.article, None)
        ]

    @property
    def letters(self) -> str:
        return ascii_uppercase[: len(self.layers)]

    def item(self, key: str) -> Item | None:
        return next((item for item in self.found.items if item.key == key), None)


def adjudication_of(article: Article) -> Adjudication:
    handed_in = Layer.objects.by_people().filter(article=article, submitted_at__isnull=False)
    layers = sorted(handed_in.select_related("user"), key=lambda layer: _lot(article, layer))
    definition = published_definition(article.project_id)
    return Adjudication(article, tuple(layers), disagreements(readings_of(layers), definition))


def readings_of(layers: Sequence[Layer]) -> list[Reading]:
    """The whole layers as values, in three queries for all."""
    spans: dict[int, dict[UUID, SpanValue]] = defaultdict(dict)
    relations: dict[int, dict[UUID, RelationValue]] = defaultdict(dict)
    labels: dict[int, set[str]] = defaultdict(set)
    for row in Span.objects.filter(layer__in=layers):
        spans[row.layer_id][row.id] = span_value(row)
    for link in Relation.objects.filter(layer__in=layers):
        relations[link.layer_id][link.id] = relation_value(link)
    for layer, name in LayerLabel.objects.filter(layer__in=layers).values_list("layer", "name"):
        labels[layer].add(name)
    return [Reading(spans[one.pk], relations[one.pk], frozenset(labels[one.pk])) for one in layers]


def disagreements_body(article: Article, *, named: bool) -> dict[str, Any]:
    """All that it takes to settle an article: who reads as which letter (with `named`, their names), the
    entities, what all agree on between them, the items with what can be chosen, and what is decided."""
    return adjudication_body(adjudication_of(article), named=named)


def adjudication_body(adjudication: Adjudication, *, named: bool) -> dict[str, Any]:
    found = adjudication.found
    return {
        "readers": [
            {"letter": letter, "name": layer.user.name if named and layer.user else ""}
            for letter, layer in zip(adjudication.letters, adjudication.layers, strict=True)
        ],
        "entities": [[_mention_json(span) for span in entity.marked] for entity in found.entities],
        "links": said_as_json(Said(links=found.links)).get("links", []),
        "items": [_item_json(item, adjudication) for item in found.items],
        "decisions": [decision_json(row) for row in standing_decisions(adjudication)],
    }


def readings_offered(adjudication: Adjudication, gold: Layer | None, *, named: bool) -> list[dict[str, Any]]:
    """What readers mark, and engines where readers differ, as suggestions for the gold layer: one a mention,
    with who says so as its sources. What gold has or has rejected is left out."""
    found, letters = adjudication.found, adjudication.letters
    settled = settled_mentions(gold) if gold else set()
    offered: dict[tuple[int, int, str], dict[str, Any]] = {}
    for entity in found.entities:
        for letter, layer, span in zip(letters, adjudication.layers, entity.spans, strict=True):
            if span:
                _offer(offered, span, f"user:{layer.user.name if named and layer.user else letter}")
    for item in found.items:
        for span in engine_near(item, adjudication) if item.is_about_spans else ():
            _offer(offered, span, "engine")
    return [one for key, one in offered.items() if key not in settled]


def _offer(offered: dict[tuple[int, int, str], dict[str, Any]], span: SpanValue, source: str) -> None:
    place = {"start": span.start, "end": span.end, "label": span.label, "confidence": span.confidence}
    fresh = {"id": span.id, **place, "sources": [], "links": []}
    one = offered.setdefault((span.start, span.end, span.label), fresh)
    one["sources"] += [source] if source not in one["sources"] else []


def gold_with_decisions(gold: Layer, project: int) -> dict[str, Any]:
    """The whole layer, with how disagreements were settled in it."""
    standing = standing_decisions(adjudication_of(gold.article))
    return {**whole_layer(gold, project), "decisions": [decision_json(row) for row in standing]}


def deciding_on(adjudication: Adjudication) -> Deciding:
    """What can be decided on in gold, and what stands decided."""
    made = {
        row.item: Made(row.edit_id, row.choice, row.reader, row.by.name if row.by else "")
        for row in newest_decisions(adjudication)
    }
    return Deciding(frozenset(item.key for item in adjudication.found.items), adjudication.letters, made)


def standing_decisions(adjudication: Adjudication) -> list[Decision]:
    """The newest decisions, without those that were taken back."""
    return [row for row in newest_decisions(adjudication) if row.choice != Decision.Choice.OPEN]


def newest_decisions(adjudication: Adjudication) -> list[Decision]:
    """Of each item the last decision, if it was made on what the readers say now."""
    rows = (
        Decision.objects.filter(article=adjudication.article)
        .prefetch_related("readings")
        .select_related("by")
    )
    last = {row.item: row for row in rows.order_by("pk")}
    said = {item.key: _told_by_layer(item, adjudication) for item in adjudication.found.items}
    return [
        row
        for key, row in last.items()
        if said.get(key) == {one.layer_id: one.said for one in row.readings.all()}
    ]


def decision_json(row: Decision) -> dict[str, Any]:
    return {"item": row.item, "choice": row.choice, "reader": row.reader, "reason": row.reason}


def engine_said(item: Item, adjudication: Adjudication) -> Said:
    """What the engines say of the entities of an item about spans."""
    return Said(tuple(SpanSaid(*mention(one)) for one in engine_near(item, adjudication)))


def engine_near(item: Item, adjudication: Adjudication) -> list[SpanValue]:
    """The engines' spans that may mean what an item is about, without what all readers agree on."""
    entities = adjudication.found.entities
    marked = [span for n in item.entities for span in entities[n].marked]
    agreed = {mention(entity.marked[0]) for entity in entities if entity.is_agreed}
    return [
        one
        for one in adjudication.engine
        if mention(one) not in agreed and any(likeness(one, span) for span in marked)
    ]


def _item_json(item: Item, adjudication: Adjudication) -> dict[str, Any]:
    return {
        "key": item.key,
        "kind": item.kind,
        "name": item.name,
        "start": item.start,
        "end": item.end,
        "entities": item.entities,
        "options": _options(item, adjudication),
    }


def _options(item: Item, adjudication: Adjudication) -> list[dict[str, Any]]:
    """What can be chosen: one option for each different thing that readers say, in the order of their
    letters; then what the engines say, if that is something else."""
    options = list[dict[str, Any]]()
    sayings = list[Said]()
    for letter, said in zip(adjudication.letters, item.said, strict=True):
        if said in sayings:
            options[sayings.index(said)]["readers"].append(letter)
            continue
        sayings.append(said)
        options.append({"readers": [letter], "engine": False, "said": said_as_json(said)})
    if not item.is_about_spans or not adjudication.engine:
        return options
    from_engine = engine_said(item, adjudication)
    places = [tuple(one.mention for one in said.spans) for said in sayings]
    place = tuple(one.mention for one in from_engine.spans)
    if place in places:
        options[places.index(place)]["engine"] = True
    elif place:
        options.append({"readers": [], "engine": True, "said": said_as_json(from_engine)})
    return options


def _told_by_layer(item: Item, adjudication: Adjudication) -> Mapping[int, Any]:
    readers = zip(adjudication.layers, item.said, strict=True)
    return {layer.pk: told(said, adjudication.found.entities) for layer, said in readers}


def _mention_json(span: SpanValue) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "label": span.label, "fragments": span.fragments}


def _lot(article: Article, layer: Layer) -> bytes:
    """A sort key that shuffles the layers of an article in the same way each time, and says nothing of who is
    who."""
    return sha256(f"{article.pk}:{layer.pk}".encode()).digest()
