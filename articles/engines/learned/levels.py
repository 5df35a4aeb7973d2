"""Spans as tags of words, and back: B- begins a span, I- goes on with it, O is outside.

Spans within spans are learned by levels: the outermost of a paragraph first, then those within each of them,
and so on. Of two spans that cross, the one that begins first is learned; spans with gaps are not, nor those
that go over the end of a paragraph. A span that ends within a word is learned as if it ended with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from articles.domain.spans import Span, reading_order
from articles.engines.learned.words import Passage

OUTSIDE = "O"
DEEPEST = 5  # levels that are learned


@dataclass(slots=True)
class Mention:
    """A labelled run of words `[first, last)` of a passage, with those within it in order."""

    first: int
    last: int
    label: str
    within: list[Mention] = field(default_factory=list)


def mentions(passage: Passage, spans: Iterable[Span]) -> list[Mention]:
    """The outermost mentions of a passage, in order."""
    outermost: list[Mention] = []
    around: list[Mention] = []
    for span in sorted(spans, key=reading_order):
        one = _mention(passage, span)
        if one is None:
            continue
        while around and around[-1].last <= one.first:
            around.pop()
        if around and (one.last > around[-1].last or _same(one, around)):
            continue
        (around[-1].within if around else outermost).append(one)
        around.append(one)
    return outermost


def depth(found: Iterable[Mention]) -> int:
    """How many levels of mentions there are, at most DEEPEST."""
    level, levels = list(found), 0
    while level and levels < DEEPEST:
        level, levels = [inner for one in level for inner in one.within], levels + 1
    return levels


def tags(mentions_there: Iterable[Mention], first: int, last: int) -> list[str]:
    """One tag for each of the words `[first, last)`."""
    found = [OUTSIDE] * (last - first)
    for one in mentions_there:
        inside = [f"I-{one.label}"] * (one.last - one.first - 1)
        found[one.first - first : one.last - first] = [f"B-{one.label}", *inside]
    return found


def runs(found: Sequence[str], first: int = 0) -> Iterator[Mention]:
    """The mentions that tags say there are; an I- without a beginning of its label begins one itself."""
    start, label = 0, ""
    for number, tag in enumerate([*found, OUTSIDE]):
        if label and tag != f"I-{label}":
            yield Mention(first + start, first + number, label)
            label = ""
        if tag != OUTSIDE and not label:
            start, label = number, tag[2:]


def _mention(passage: Passage, span: Span) -> Mention | None:
    place = None if span.fragments else passage.words_at(span.start, span.end)
    return Mention(*place, span.label) if place else None


def _same(one: Mention, around: Iterable[Mention]) -> bool:
    return any((one.first, one.last, one.label) == (other.first, other.last, other.label) for other in around)
