"""What the names of an input become in a project's label schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any
from uuid import UUID

from articles.domain.spans import Relation, Span
from articles.formats.base import ParsedArticle, Reading

LEAVE_OUT = ""
# Words of the report.
SPANS, RELATIONS, ATTRIBUTES = "spans left out", "relations left out", "attributes left out"
ARTICLE_LABELS, LAYERS = "article labels left out", "layers left out"
MERGED = "spans under a name that their place has already"

Names = Mapping[str, str]


class BadMapping(ValueError):
    """A mapping that cannot be used. The text is the reason."""


@dataclass(frozen=True)
class NameMap:
    """New names by those of the input, for labels, relation types, attributes, labels of whole articles and
    authors (`user:NAME`, `engine:NAME`, `gold`). What is mapped to nothing is left out; what is not named
    stays as it is. Spans that become the same are one afterwards."""

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
            if any("\0" in name for pair in names.items() for name in pair):
                raise BadMapping(f'In the mapping, "{kind}" has a NUL character, which no name may hold.')
        return cls(**data)

    def keeps(self, kind: str, name: str) -> bool:
        """Whether a name is mapped to itself: it is wanted as it is, and the schema is to have it."""
        names: Names = getattr(self, kind)
        return names.get(name) == name

    def applied(self, article: ParsedArticle) -> ParsedArticle:
        """The article under its new names; what is left out is counted in `dropped`."""
        if self == _NOTHING:
            return article
        lost: Counter[str] = Counter(article.dropped)
        own = self._reading(Reading("", article.spans, article.relations, article.labels), lost)
        return replace(
            article,
            spans=own.spans,
            relations=own.relations,
            labels=own.labels,
            readings=tuple(self._readings(article.readings, lost)),
            dropped=dict(+lost),
        )

    def _readings(self, readings: Iterable[Reading], lost: Counter[str]) -> Iterator[Reading]:
        for one in readings:
            author = self.authors.get(one.author, one.author)
            if author == LEAVE_OUT:
                lost[LAYERS] += 1
            else:
                yield replace(self._reading(one, lost), author=author)

    def _reading(self, reading: Reading, lost: Counter[str]) -> Reading:
        spans, became = self._spans(reading.spans, lost)
        links = self._relations(reading.relations, became)
        relations = tuple({(one.type, one.source, one.target): one for one in links}.values())
        labels = tuple(dict.fromkeys(_renamed(reading.labels, self.article_labels)))
        lost[RELATIONS] += len(reading.relations) - len(relations)
        lost[ARTICLE_LABELS] += len(reading.labels) - len(labels)
        return replace(reading, spans=spans, relations=relations, labels=labels)

    def _spans(self, spans: Sequence[Span], lost: Counter[str]) -> tuple[tuple[Span, ...], dict[UUID, UUID]]:
        """The spans that stay; and the id of the span that each of them became, by its own."""
        stay = [span for one in spans if (span := self._span(one, lost))]
        places: dict[tuple[Any, ...], Span] = {}
        became = {
            span.id: places.setdefault((span.start, span.end, span.label, span.fragments), span).id
            for span in stay
        }
        lost[SPANS] += len(spans) - len(stay)
        lost[MERGED] += len(stay) - len(places)
        return tuple(places.values()), became

    def _span(self, span: Span, lost: Counter[str]) -> Span | None:
        label = self.labels.get(span.label, span.label)
        if label == LEAVE_OUT:
            return None
        attributes = self._attributes(span.attributes, lost) if self.attributes else span.attributes
        # Most spans stay as they are, and there are many.
        if label == span.label and attributes == span.attributes:
            return span
        return replace(span, label=label, attributes=attributes)

    def _attributes(self, attributes: Mapping[str, Any], lost: Counter[str]) -> Mapping[str, Any]:
        named = ((self.attributes.get(name, name), value) for name, value in attributes.items())
        kept = {name: value for name, value in named if name != LEAVE_OUT}
        lost[ATTRIBUTES] += len(attributes) - len(kept)
        return kept

    def _relations(self, relations: Iterable[Relation], became: Mapping[UUID, UUID]) -> Iterator[Relation]:
        for one in relations:
            kind = self.relations.get(one.type, one.type)
            source, target = became.get(one.source), became.get(one.target)
            if kind != LEAVE_OUT and source and target and source != target:
                yield replace(one, type=kind, source=source, target=target)


_NOTHING = NameMap()


def _renamed(names: Iterable[str], new: Names) -> Iterable[str]:
    return (found for name in names if (found := new.get(name, name)) != LEAVE_OUT)
