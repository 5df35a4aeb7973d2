"""What the names of an input become in a project's label schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from articles.domain.spans import Relation, Span
from articles.formats.base import ParsedArticle, Reading

LEAVE_OUT = ""
LEFT_OUT = "spans left out as the mapping says"

Names = Mapping[str, str]


class BadMapping(ValueError):
    """A mapping that cannot be used. The text is the reason."""


@dataclass(frozen=True)
class NameMap:
    """New names by those of the input, for labels, relation types, attributes, labels of whole articles and
    authors (`user:NAME`, `engine:NAME`, `gold`). What is mapped to nothing is left out; what is not named
    stays as it is."""

    labels: Names = field(default_factory=dict)
    relations: Names = field(default_factory=dict)
    attributes: Names = field(default_factory=dict)
    article_labels: Names = field(default_factory=dict)
    authors: Names = field(default_factory=dict)

    @classmethod
    def parse(cls, data: Any) -> NameMap:
        """Read `{"labels": {"PER": "PERSON", "MISC": ""}, ...}`. Raises BadMapping."""
        known = [one.name for one in fields(cls)]
        if not isinstance(data, Mapping) or set(data) - set(known):
            raise BadMapping(f"The mapping is an object of {', '.join(known)}, each new names by old ones.")
        for kind, names in data.items():
            if not isinstance(names, Mapping) or not all(isinstance(one, str) for one in names.values()):
                raise BadMapping(f'In the mapping, "{kind}" is an object: the new name by the old one.')
        return cls(**data)

    def keeps(self, kind: str, name: str) -> bool:
        """Whether a name is mapped to itself: it is wanted as it is, and the schema is to have it."""
        names: Names = getattr(self, kind)
        return names.get(name) == name

    def applied(self, article: ParsedArticle) -> ParsedArticle:
        """The article under its new names; what is left out is counted in `dropped`."""
        if self == _NOTHING:
            return article
        own = self._reading(Reading("", article.spans, article.relations, article.labels))
        readings = [self._reading(one) for one in article.readings]
        gone = len(article.spans) - len(own.spans)
        return replace(
            article,
            spans=own.spans,
            relations=own.relations,
            labels=own.labels,
            readings=tuple(one for one in readings if one.author != LEAVE_OUT),
            dropped={**article.dropped, **({LEFT_OUT: gone} if gone else {})},
        )

    def _reading(self, reading: Reading) -> Reading:
        spans = tuple(span for one in reading.spans if (span := self._span(one)))
        kept = {span.id for span in spans}
        return replace(
            reading,
            author=self.authors.get(reading.author, reading.author),
            spans=spans,
            relations=tuple(self._relations(reading.relations, kept)),
            labels=tuple(dict.fromkeys(_renamed(reading.labels, self.article_labels))),
        )

    def _span(self, span: Span) -> Span | None:
        label = self.labels.get(span.label, span.label)
        if label == LEAVE_OUT:
            return None
        attributes = {
            new: value
            for name, value in span.attributes.items()
            if (new := self.attributes.get(name, name)) != LEAVE_OUT
        }
        return replace(span, label=label, attributes=attributes)

    def _relations(self, relations: Iterable[Relation], kept: set[Any]) -> Iterable[Relation]:
        for one in relations:
            kind = self.relations.get(one.type, one.type)
            if kind != LEAVE_OUT and one.source in kept and one.target in kept:
                yield replace(one, type=kind)


_NOTHING = NameMap()


def _renamed(names: Iterable[str], new: Names) -> Iterable[str]:
    return (found for name in names if (found := new.get(name, name)) != LEAVE_OUT)
