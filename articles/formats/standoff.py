"""An article on its way in from a format whose annotations have names and refer to each other by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count, pairwise
from typing import Any
from uuid import UUID

from articles.domain.spans import Fragment, Relation, Span, problem_with_offsets
from articles.formats.base import ParsedArticle
from articles.formats.text import BadText, problem_with_text

MAX_LABEL = 64
COREFERENCE = "COREF"


class Draft:
    """Spans and relations over an exact text. Spans are known by the names that the file gives them.

    What refers to nothing raises BadText with the line; what an article cannot hold is counted in `dropped`.
    """

    def __init__(self, text: str) -> None:
        """Raises BadText when this can be no article's text."""
        if problem := problem_with_text(text):
            raise BadText(problem)
        self.text = text
        self.spans: dict[str, Span] = {}
        self.dropped: Counter[str] = Counter()
        self._attributes: dict[str, dict[str, Any]] = {}
        self._relations: dict[tuple[str, str, str], Relation] = {}
        self._numbers = count(1)

    def add_span(self, name: str, label: str, pieces: Sequence[Fragment], line: int | None = None) -> Span:
        """A span of one or more `[start, end)` pieces, in any order, in code points. Raises BadText."""
        if name in self.spans:
            raise BadText(f"{name!r:.40} is there twice.", line)
        if not 0 < len(label) <= MAX_LABEL:
            raise BadText(f"A label has 1 to {MAX_LABEL} characters, not {len(label)}.", line)
        pieces = _joined(sorted(pieces))
        start, end = pieces[0][0], pieces[-1][1]
        fragments = tuple(pieces) if len(pieces) > 1 else ()
        if problem := problem_with_offsets(start, end, len(self.text), fragments):
            raise BadText(problem, line)
        attributes = self._attributes.setdefault(name, {})
        span = self.spans[name] = Span(self._id(), start, end, label, fragments, attributes)
        return span

    def span(self, name: str, line: int | None = None) -> Span:
        """Raises BadText for a name that no span has."""
        if name not in self.spans:
            raise BadText(f"There is no annotation {name!r:.40}.", line)
        return self.spans[name]

    def set_attribute(self, name: str, key: str, value: Any, line: int | None = None) -> None:
        """The first value stays: a span has each attribute once. Raises BadText."""
        self.span(name, line)
        if self._attributes[name].setdefault(key, value) != value:
            self.dropped["further values of an attribute"] += 1

    def relate(
        self,
        kind: str,
        source: str,
        target: str,
        line: int | None = None,
        attributes: Mapping[str, Any] | None = None,
    ) -> None:
        """Link two spans; the same link a second time changes nothing. Raises BadText."""
        ends = self.span(source, line), self.span(target, line)
        if not 0 < len(kind) <= MAX_LABEL:
            raise BadText(f"A relation's type has 1 to {MAX_LABEL} characters, not {len(kind)}.", line)
        if source == target:
            self.dropped["relations of a span with itself"] += 1
        elif (kind, source, target) not in self._relations:
            link = Relation(self._id(), kind, ends[0].id, ends[1].id, attributes or {})
            self._relations[kind, source, target] = link

    def chain(self, kind: str, names: Sequence[str], line: int | None = None) -> None:
        """Say that these spans mean the same thing, by links from each mention to the next in the text."""
        ordered = sorted(dict.fromkeys(names), key=lambda name: (self.span(name, line).start, name))
        for source, target in pairwise(ordered):
            self.relate(kind, source, target, line)

    def article(self, file: str, **fields: Any) -> ParsedArticle:
        """What was gathered, with further fields of a ParsedArticle."""
        spans, relations = tuple(self.spans.values()), tuple(self._relations.values())
        return ParsedArticle(
            text=self.text, file=file, spans=spans, relations=relations, dropped=dict(+self.dropped), **fields
        )

    def _id(self) -> UUID:
        """Ids only tell spans and relations of one article apart."""
        return UUID(int=next(self._numbers))


def _joined(pieces: Sequence[Fragment]) -> list[Fragment]:
    """Pieces in order, those that touch as one."""
    joined = [pieces[0]]
    for start, end in pieces[1:]:
        if start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
