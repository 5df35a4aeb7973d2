"""Names in a layer that its project does not have. Most of them belong into the label schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from annotator.schemas.definition import (
    PALETTE_SIZE,
    ArticleLabel,
    Attribute,
    Definition,
    Label,
    RelationType,
)
from articles.domain.spans import Relation, Span

T = TypeVar("T")

AUTHORS = "authors"
_KINDS = ("labels", "relations", "attributes", "article_labels", AUTHORS)


@dataclass
class UnknownNames:
    """How often each name occurs that is not known. `truths` says of an attribute whether all its values are
    true or false; `authors` are `user:NAME` and `engine:NAME`."""

    labels: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    attributes: Counter[str] = field(default_factory=Counter)
    article_labels: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    truths: dict[str, bool] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(getattr(self, kind) for kind in _KINDS)

    def count(
        self,
        spans: Iterable[Span],
        relations: Iterable[Relation],
        labels: Iterable[str],
        definition: Definition,
    ) -> None:
        """Add those of one layer that the schema lacks."""
        for span in spans:
            if span.label not in definition.active_names:
                self.labels[span.label] += 1
            for name, value in span.attributes.items():
                if name not in definition.attributes_by_name:
                    self._add_attribute(name, value)
        self.relations.update(one.type for one in relations if one.type not in definition.relations_by_name)
        self.article_labels.update(name for name in labels if name not in definition.article_label_names)

    def add(self, other: UnknownNames) -> None:
        """Add what was counted elsewhere."""
        for kind in _KINDS:
            getattr(self, kind).update(getattr(other, kind))
        for name, truth in other.truths.items():
            self.truths[name] = self.truths.get(name, True) and truth

    def only(self, fits: Callable[[str, str], bool]) -> UnknownNames:
        """Those that `fits(kind, name)` says yes to."""
        kept = {
            kind: Counter({name: count for name, count in getattr(self, kind).items() if fits(kind, name)})
            for kind in _KINDS
        }
        return UnknownNames(**kept, truths=self.truths)

    def as_dict(self) -> dict[str, dict[str, int]]:
        """The counts by kind, the most frequent name first; kinds without any are left out."""
        counted = {kind: dict(getattr(self, kind).most_common()) for kind in _KINDS}
        return {kind: names for kind, names in counted.items() if names}

    def added_to(self, definition: Definition) -> Definition:
        """The schema with those of these names that it lacks: labels in free colours, relations between any
        labels, attributes that are yes or no when nothing else was seen, and texts otherwise. A retired label
        is used again."""
        known = {label.name for label in definition.labels}
        labels = [_revived(one, definition) if one.name in self.labels else one for one in definition.labels]
        fresh = [name for name in self.labels if name not in known]
        labels += [Label(name, _colour(definition, number)) for number, name in enumerate(fresh)]
        relations = _made(RelationType, self.relations, definition.relations_by_name)
        attributes = _made(self._attribute, self.attributes, definition.attributes_by_name)
        article_labels = _made(ArticleLabel, self.article_labels, definition.article_label_names)
        return replace(
            definition,
            labels=tuple(labels),
            relations=definition.relations + relations,
            attributes=definition.attributes + attributes,
            article_labels=definition.article_labels + article_labels,
        )

    def _add_attribute(self, name: str, value: Any) -> None:
        self.attributes[name] += 1
        self.truths[name] = self.truths.get(name, True) and isinstance(value, bool)

    def _attribute(self, name: str) -> Attribute:
        return Attribute(name, "boolean" if self.truths[name] else "text")


def _made(make: Callable[[str], T], names: Iterable[str], known: Container[str]) -> tuple[T, ...]:
    return tuple(make(name) for name in names if name not in known)


def _revived(label: Label, definition: Definition) -> Label:
    """Its key may be another's by now."""
    taken = {one.hotkey for one in definition.labels if not one.retired and one.name != label.name}
    return replace(label, retired=False, hotkey="" if label.hotkey in taken else label.hotkey)


def _colour(definition: Definition, number: int) -> int:
    return (len(definition.labels) + number) % PALETTE_SIZE
