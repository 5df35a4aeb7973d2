"""What a bulk edit does to each place: which spans it would add, change or remove, as pure data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from annotator.schemas.definition import Definition
from articles.domain.layers.edits import EditRequest

LABEL, RELABEL, REMOVE = "label", "relabel", "remove"
# A span as the history writes it, or None where there is none.
SpanData = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What to do. `label` is the new label, empty to remove; `of` narrows to spans with that label."""

    action: str
    label: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A span of one layer from one state to another."""

    span: UUID
    before: SpanData
    after: SpanData

    def reversed(self) -> Change:
        return Change(self.span, self.after, self.before)

    def edit(self, id_: UUID) -> EditRequest:
        """The edit that makes it."""
        if self.after is None:
            return EditRequest(id_, "remove_span", {"id": str(self.span)})
        op = "add_span" if self.before is None else "change_span"
        return EditRequest(id_, op, {"id": str(self.span), **self.after})


@dataclass(frozen=True, slots=True)
class StandingSpan:
    """A span that stands in the layer. `data` is what an edit would say of it, without its id."""

    id: UUID
    data: dict[str, Any]

    @property
    def label(self) -> str:
        return str(self.data["label"])

    def is_at(self, start: int, end: int) -> bool:
        return (self.data["start"], self.data["end"]) == (start, end)


def changes_at(
    wish: Wish,
    article: int,
    start: int,
    end: int,
    standing: Sequence[StandingSpan],
    *,
    bulk: UUID,
    definition: Definition,
) -> tuple[list[Change], str]:
    """What is to be changed at `[start, end)` of an article, or else why nothing is."""
    here = [one for one in standing if one.is_at(start, end)]
    if wish.action == LABEL:
        if any(one.label == wish.label for one in here):
            return [], f"This is labelled {wish.label} already."
        data = {"start": start, "end": end, "label": wish.label, "fragments": [], "attributes": {}}
        return [Change(uuid5(bulk, f"span {article}:{start}-{end}"), None, {**data, "suggestion": None})], ""
    meant = [one for one in here if not wish.of or one.label == wish.of]
    if not meant:
        return [], f"Exactly these words are not labelled {wish.of}".rstrip() + "."
    if wish.action == REMOVE:
        return [Change(one.id, one.data, None) for one in meant], ""
    changed = [one for one in meant if one.label != wish.label]
    if not changed:
        return [], f"This is labelled {wish.label} already."
    return [Change(one.id, one.data, _relabelled(one.data, wish.label, definition)) for one in changed], ""


def edit_id(bulk: UUID, purpose: str, span: UUID) -> UUID:
    """The same for the same work done twice. `purpose` tells doing from each undoing."""
    return uuid5(bulk, f"{purpose} {span}")


def _relabelled(data: Mapping[str, Any], label: str, definition: Definition) -> dict[str, Any]:
    return {**data, "label": label, "attributes": dict(_kept(data["attributes"], label, definition))}


def _kept(attributes: Mapping[str, Any], label: str, definition: Definition) -> Iterator[tuple[str, Any]]:
    """Attributes that the new label has, too."""
    for name, value in attributes.items():
        attribute = definition.attributes_by_name.get(name)
        if attribute and (not attribute.labels or label in attribute.labels):
            yield name, value
