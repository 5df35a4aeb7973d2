"""What gold begins with: what all readers agree on and, if the project wants it, what most of them say."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from articles.domain.gold.disagreements import Disagreements, Item, Said, majority
from articles.domain.gold.settling import edits_to_settle
from articles.domain.layers.edits import EditRefused
from articles.domain.layers.state import LayerState
from articles.domain.spans import Relation


def agreed_state(found: Disagreements, gold: LayerState) -> LayerState:
    """A state with the spans, relations and labels on which all readers agree, under new ids. An attribute on
    which they differ has no value yet."""
    after = replace(gold, spans={}, relations={}, origins={}, labels=found.labels)
    ids = {n: uuid4() for n, entity in enumerate(found.entities) if entity.is_agreed}
    for n, fresh in ids.items():
        spans = found.entities[n].marked
        attributes = {
            name: value
            for name, value in spans[0].attributes.items()
            if all(one.attributes.get(name) == value for one in spans)
        }
        after.spans[fresh] = replace(spans[0], id=fresh, attributes=attributes)
    for link in found.links:
        if link.source in ids and link.target in ids:
            fresh = uuid4()
            ends = ids[link.source], ids[link.target]
            after.relations[fresh] = Relation(fresh, link.type, *ends, dict(link.attributes))
    return after


def settle_by_majority(found: Disagreements, gold: LayerState) -> list[tuple[Item, Said]]:
    """Change `gold` to what most of three or more readers say. Returns the settled items with what was taken.

    Ties, and what would not fit the schema, are left to people.
    """
    settled = list[tuple[Item, Said]]()
    # Spans first: relations need their ends.
    for item in sorted(found.items, key=lambda item: not item.is_about_spans):
        said = majority(item)
        if said is None:
            continue
        trial = replace(gold, spans=dict(gold.spans), relations=dict(gold.relations))
        trial.rejections = dict(gold.rejections)
        try:
            for edit in edits_to_settle(item, said, found, trial):
                trial.apply(edit)
        except EditRefused:
            continue
        gold.spans, gold.relations = trial.spans, trial.relations
        gold.labels, gold.rejections = trial.labels, trial.rejections
        settled.append((item, said))
    return settled
