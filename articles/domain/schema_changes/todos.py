"""The questions that a change of the label schema leaves to people: which label a span has, which value an
attribute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from annotator.schemas.definition import Attribute, Definition
from articles.domain.schema_changes.mapping import SchemaMapping, images_of, label_images
from articles.domain.schema_changes.plan import Plan
from articles.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Todo:
    """A span to look at: is its label `label` or another one, or what is the value of its `attribute`?"""

    span: UUID
    label: str
    attribute: str = ""


def newly_required(plan: Plan, after: Definition) -> list[Attribute]:
    """The attributes that spans must have from now on."""
    names = {name for step in plan.of("attribute", "require") for name in step.names}
    names |= {step.to for step in plan.of("attribute", "add")}
    return [one for one in after.attributes if one.required and one.name in names]


def watched_labels(plan: Plan, before: Definition, after: Definition) -> set[str]:
    """The labels, by their old names, whose spans people may have to look at."""
    watched = {name for step in plan.of("label", "split") if step.by_hand for name in step.names}
    return watched.union(*(labels_of(one, plan, before) for one in newly_required(plan, after)))


def labels_of(attribute: Attribute, plan: Plan, before: Definition) -> set[str]:
    """The labels, by their old names, whose spans have the attribute after the plan."""
    images, meant = label_images(plan), set(attribute.labels)
    return {
        label.name
        for label in before.labels
        if not meant or not meant.isdisjoint(images_of([label.name], images))
    }


def todos_in(
    spans: Iterable[Span], text: str, *, plan: Plan, mapping: SchemaMapping, after: Definition
) -> Iterator[Todo]:
    """The questions about a layer as it was before the change; `after` is the schema to which it is carried
    over."""
    by_hand = {name: step for step in plan.of("label", "split") if step.by_hand for name in step.names}
    required = newly_required(plan, after)
    for span in spans:
        step = by_hand.get(span.label)
        if step and not mapping.is_decided(span, text):
            yield Todo(span.id, step.to)
        new = mapping.span(span, text) if required else None
        for attribute in required if new else ():
            if new and _lacks(new, attribute):
                yield Todo(span.id, new.label, attribute.name)


def _lacks(span: Span, attribute: Attribute) -> bool:
    is_meant = not attribute.labels or span.label in attribute.labels
    return is_meant and span.attributes.get(attribute.name) in (None, "")
