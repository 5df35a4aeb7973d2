"""Suggestions that are wrong on purpose: which of an engine's are replaced, and by what.

All is drawn by lot from the article and the place, so that everybody who labels the article sees the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from articles.domain.assignments.draws import is_drawn, pick
from articles.domain.spans import Meeting, Suggestion, meeting, reading_order
from articles.domain.texts.passages import AROUND
from articles.domain.texts.tokens import Bounds, tokens

Place = tuple[int, int, str]

# Shorter words with a capital are rarely taken for a name.
SHORTEST_NAME = 4


class Planting:
    """Draws the plants of one article.

    `offers` are what its engines suggest, in code points; `labels` those that the schema allows; `taken` all
    that any layer of the article says, which may be right and so is never planted.
    """

    def __init__(
        self,
        article: int,
        text: str,
        offers: Sequence[Suggestion],
        labels: Collection[str],
        taken: Collection[Place],
    ) -> None:
        self.article = article
        self.text = text
        self.offers = sorted(offers, key=reading_order)
        self.labels = sorted(labels)
        self.taken = {*taken, *((one.start, one.end, one.label) for one in offers)}

    def plants(self, percent: int) -> list[Suggestion]:
        """Wrong suggestions for about `percent` in a hundred of the offers, from the same engines and with
        the same confidence as the offers they replace. No two of them overlap."""
        found = list[Suggestion]()
        for offer in self.offers:
            if is_drawn(percent, self.article, offer.start, offer.end):
                place = next((one for one in self._wrong(offer) if not _meets(one, found)), None)
                if place:
                    found.append(Suggestion(*place, offer.confidence, offer.sources))
        return found

    def _wrong(self, offer: Suggestion) -> Iterator[Place]:
        """What could replace this offer: first of a kind that is drawn at random, then of the other kinds."""
        kinds: list[Callable[[Suggestion], list[Place]]] = [self._relabelled, self._moved, self._elsewhere]
        first = kinds.index(pick(kinds, self.article, offer.start, offer.end, 1))
        for kind in (*kinds[first:], *kinds[:first]):
            places = [place for place in kind(offer) if place not in self.taken]
            if places:
                yield pick(places, self.article, offer.start, offer.end, 2)

    def _relabelled(self, offer: Suggestion) -> list[Place]:
        """The same words with another label. Labels that the article has are more credible."""
        seen = {one.label for one in self.offers} & set(self.labels) - {offer.label}
        others = sorted(seen) or [label for label in self.labels if label != offer.label]
        return [(offer.start, offer.end, label) for label in others]

    def _moved(self, offer: Suggestion) -> list[Place]:
        """One word less, or one more of the same line that only a space separates from it."""
        words = self._words(*self._around(offer))
        within = [word for word in words if offer.start <= word[0] and word[1] <= offer.end]
        bounds = [(within[1][0], offer.end), (offer.start, within[-2][1])] if len(within) > 1 else []
        for start, end in words:
            if self.text[end : offer.start] == " ":
                bounds.append((start, offer.end))
            if self.text[offer.end : start] == " ":
                bounds.append((offer.start, end))
        return [(start, end, offer.label) for start, end in bounds]

    def _around(self, offer: Suggestion) -> Bounds:
        """The line of the offer, as far as the words next to it."""
        start = self.text.rfind("\n", 0, offer.start) + 1
        end = self.text.find("\n", offer.end)
        end = len(self.text) if end < 0 else end
        return max(start, offer.start - AROUND), min(end, offer.end + AROUND)

    def _elsewhere(self, offer: Suggestion) -> list[Place]:
        """A word with a capital that is no name: the article also has it without one."""
        if not self.text[offer.start].isupper():
            return []
        return [(*word, offer.label) for word in self._no_names]

    @cached_property
    def _no_names(self) -> list[Bounds]:
        words = self._words(0, len(self.text))
        lower = {word for start, end in words if (word := self.text[start:end]).islower()}
        return [
            (start, end)
            for start, end in words
            if end - start >= SHORTEST_NAME
            and self.text[start:end].istitle()
            and self.text[start:end].lower() in lower
            and not any(one[0] < end and start < one[1] for one in self.taken)
        ]

    def _words(self, start: int, end: int) -> list[Bounds]:
        return [word for word in tokens(self.text, start, end) if self.text[word[0]].isalnum()]


def displaces(plant: Suggestion, start: int, end: int, label: str) -> bool:
    """Whether a real suggestion would give the planted one away, or cannot stand beside it."""
    how = meeting(plant.start, plant.end, start, end)
    if how is Meeting.NESTED:
        return plant.label == label
    return how is not Meeting.APART


def _meets(place: Place, others: Sequence[Suggestion]) -> bool:
    return any(meeting(place[0], place[1], one.start, one.end) is not Meeting.APART for one in others)
