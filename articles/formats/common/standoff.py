"""An article on its way in from a format whose annotations have names and refer to each other by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import count, pairwise
from typing import Any
from uuid import UUID

from articles.domain.spans import Fragment, Relation, Span, problem_with_offsets
from articles.formats.base import ParsedArticle
from articles.formats.common.limits import MAX_SPANS
from articles.formats.common.text import BadText, problem_with_text

MAX_LABEL = 64
COREFERENCE = "COREF"  # the type of relation that chains of mentions are made of
LINK = "link"  # the attribute that says what a span is in a knowledge base


class Draft:
    """Spans and relations over an exact text. Spans are known by the names that the file gives them.

    What cannot be a span raises BadText with the line; what an article cannot hold is counted in `dropped`.
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

    def add_span(self, name: str, label: str, pieces: Iterable[Fragment], line: int | None) -> None:
        """A span of one or more `[start, end)` pieces, in any order, in code points. Raises BadText.

        Some tools mark places between two characters: these are no spans.
        """
        pieces = joined(pieces, lambda end, start: end == start)
        start, end = pieces[0][0], pieces[-1][1]
        fragments = tuple(pieces) if len(pieces) > 1 else ()
        if start == end:
            self.dropped["empty spans"] += 1
            return
        if name in self.spans:
            raise BadText(f"{name!r:.40} is there twice.", line)
        if problem := problem_with_offsets(start, end, len(self.text), fragments):
            raise BadText(problem, line)
        if len(self.spans) == MAX_SPANS:
            raise BadText(f"An article has at most {MAX_SPANS:,} spans.", line)
        _require_name("A label", label, line)
        attributes = self._attributes[name] = {}
        self.spans[name] = Span(self._id(), start, end, label, fragments, attributes)

    def set_attribute(self, span: str, key: str, value: Any) -> None:
        """The first value stays: a span has each attribute once."""
        if span not in self.spans:
            self.dropped["attributes of what is no span"] += 1
        elif self._attributes[span].setdefault(key, value) != value:
            self.dropped["further values of an attribute"] += 1

    def relate(
        self,
        kind: str,
        source: str,
        target: str,
        line: int | None,
        attributes: Mapping[str, Any] | None = None,
    ) -> None:
        """Link two spans; the same link a second time changes nothing. Raises BadText."""
        _require_name("A relation's type", kind, line)
        if source not in self.spans or target not in self.spans:
            self.dropped["relations whose ends are no spans"] += 1
        elif source == target:
            self.dropped["relations of a span with itself"] += 1
        elif (kind, source, target) not in self._relations:
            ends = self.spans[source].id, self.spans[target].id
            self._relations[kind, source, target] = Relation(self._id(), kind, *ends, attributes or {})

    def chain(self, kind: str, names: Iterable[str], line: int | None) -> None:
        """Say that these spans mean the same thing, by links from each mention to the next in the text."""
        mentions = [name for name in dict.fromkeys(names) if name in self.spans]
        mentions.sort(key=lambda name: (self.spans[name].start, name))
        for source, target in pairwise(mentions):
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


def joined(pieces: Iterable[Fragment], is_no_gap: Callable[[int, int], bool]) -> list[Fragment]:
    """Pieces in order; those with no gap between the end of one and the start of the next are one."""
    whole: list[Fragment] = []
    for start, end in sorted(pieces):
        if whole and is_no_gap(whole[-1][1], start):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _require_name(noun: str, name: str, line: int | None) -> None:
    if not 0 < len(name) <= MAX_LABEL:
        raise BadText(f"{noun} has 1 to {MAX_LABEL} characters, not {len(name)}.", line)
