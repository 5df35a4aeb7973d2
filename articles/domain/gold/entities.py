"""Which spans of several layers mean the same entity, although their authors marked or labelled it
differently.

Spans that are equal in every way belong together. The others are paired greedily, the most alike first, as
long as an entity has at most one span of each layer. Most alike are the same words with another label, then
overlapping words with the same label, then words that largely overlap with another label.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from articles.domain.measures.f_measure import Mention
from articles.domain.spans import Span, reading_order

# Words that are shared so far may mean one entity even under two labels (Dice coefficient of characters).
MOSTLY = 0.5
_SAME_WORDS, _SAME_LABEL, _SHARED_WORDS = 4.0, 2.0, 0.0


@dataclass(frozen=True, slots=True)
class Entity:
    """What each layer's author marked, in the order of the layers; None where they marked nothing."""

    spans: tuple[Span | None, ...]

    @property
    def marked(self) -> list[Span]:
        return [span for span in self.spans if span]

    @property
    def is_agreed(self) -> bool:
        """Whether everybody marked the same words with the same label."""
        return None not in self.spans and len({mention(span) for span in self.marked}) == 1


def mention(span: Span) -> Mention:
    return span.start, span.end, span.label, span.fragments


def aligned(layers: Sequence[Mapping[UUID, Span]]) -> list[Entity]:
    """The entities of all layers, in reading order. Every span belongs to exactly one of them."""
    groups = _same_mentions(layers)
    owner = list(range(len(groups)))
    for _, one, other in sorted(_pairs(groups, len(layers))):
        a, b = owner[one], owner[other]
        if a == b or groups[a].keys() & groups[b].keys():
            continue
        groups[a] = {**groups[a], **groups[b]}
        groups[b] = {}
        owner = [a if home == b else home for home in owner]
    entities = [Entity(tuple(group.get(n) for n in range(len(layers)))) for group in groups if group]
    return sorted(entities, key=lambda entity: min(map(reading_order, entity.marked)))


def likeness(one: Span, other: Span) -> float:
    """How alike two spans of different layers are; 0 when they cannot mean the same entity."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return 0.0
    dice = 2 * shared / (len(one) + len(other))
    if (one.start, one.end, one.fragments) == (other.start, other.end, other.fragments):
        return _SAME_WORDS + dice
    if one.label == other.label:
        return _SAME_LABEL + dice
    return _SHARED_WORDS + dice if dice >= MOSTLY else 0.0


def _same_mentions(layers: Sequence[Mapping[UUID, Span]]) -> list[dict[int, Span]]:
    """Spans with the same words and label, each with the number of its layer, in reading order."""
    found: dict[Mention, dict[int, Span]] = defaultdict(dict)
    repeated = list[dict[int, Span]]()
    for number, layer in enumerate(layers):
        for span in layer.values():
            group = found[mention(span)]
            if number in group:
                repeated.append({number: span})
            group.setdefault(number, span)
    return sorted([*found.values(), *repeated], key=lambda group: reading_order(next(iter(group.values()))))


def _pairs(groups: Sequence[dict[int, Span]], layers: int) -> Iterator[tuple[float, int, int]]:
    """Groups that may mean one entity, as (minus likeness, group, group), so that sorting puts the most alike
    first."""
    open_groups = [(n, next(iter(group.values()))) for n, group in enumerate(groups) if len(group) < layers]
    for place, (one, span) in enumerate(open_groups):
        for other, later in open_groups[place + 1 :]:
            if later.start >= span.end:
                break
            score = 0.0 if groups[one].keys() & groups[other].keys() else likeness(span, later)
            if score:
                yield -score, one, other
