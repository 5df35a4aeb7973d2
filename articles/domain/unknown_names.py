"""Names of a layer that its label schema does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.schemas.definition import (
    PALETTE_SIZE,
    ArticleLabel,
    Attribute,
    Definition,
    Label,
    RelationType,
)
from articles.domain.spans import Relation, Span

_KINDS = ("labels", "relations", "attributes", "article_labels")


@dataclass
class UnknownNames:
    """How often each name occurs that the schema lacks. `values` holds what unknown attributes were given."""

    labels: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    attributes: Counter[str] = field(default_factory=Counter)
    article_labels: Counter[str] = field(default_factory=Counter)
    truths: dict[str, bool] = field(default_factory=dict)

    def count(
        self,
        spans: Iterable[Span],
        relations: Iterable[Relation],
        labels: Iterable[str],
        definition: Definition,
    ) -> None:
        """Add those of one layer."""
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
        """The schema with these names: labels in free colours, relations between any labels, attributes that
        are yes or no when nothing else was seen, and texts otherwise. A retired label is used again."""
        revived = {one.name for one in definition.labels if one.name in self.labels}
        labels = [replace(one, retired=False) if one.name in revived else one for one in definition.labels]
        fresh = [name for name in self.labels if name not in revived]
        return replace(
            definition,
            labels=(*labels, *(Label(name, _colour(definition, n)) for n, name in enumerate(fresh))),
            relations=(*definition.relations, *map(RelationType, self.relations)),
            attributes=(*definition.attributes, *map(self._attribute, self.attributes)),
            article_labels=(*definition.article_labels, *map(ArticleLabel, self.article_labels)),
        )

    def _add_attribute(self, name: str, value: Any) -> None:
        self.attributes[name] += 1
        self.truths[name] = self.truths.get(name, True) and isinstance(value, bool)

    def _attribute(self, name: str) -> Attribute:
        return Attribute(name, "boolean" if self.truths[name] else "text")


def _colour(definition: Definition, number: int) -> int:
    return (len(definition.labels) + number) % PALETTE_SIZE
