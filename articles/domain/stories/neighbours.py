"""Texts that nearly repeat each other, found in memory: within a file, or within a batch and what is similar
to it."""

from __future__ import annotations

from collections.abc import Iterable

from articles.domain.groups import Groups
from articles.domain.stories.twins import THRESHOLD, Fingerprint, fingerprint, resemblances


class Neighbours:
    """Fingerprints, each under a number of its own. With a `limit`, the oldest are forgotten."""

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self._prints: dict[int, Fingerprint] = {}
        self._holders: dict[int, list[int]] = {}

    def like(self, wanted: Fingerprint) -> dict[int, float]:
        """The numbers of the fingerprints that it nearly repeats, each with its resemblance."""
        met = list({number for band in wanted.bands for number in self._holders.get(band, ())})
        if not met:
            return {}
        values = resemblances(wanted.signature, [self._prints[number].signature for number in met])
        return {number: value for number, value in zip(met, values, strict=True) if value >= THRESHOLD}

    def add(self, number: int, print_: Fingerprint) -> None:
        self._prints[number] = print_
        for band in print_.bands:
            self._holders.setdefault(band, []).append(number)
        if self._limit and len(self._prints) > self._limit:
            self._forget_oldest()

    def add_new(self, number: int, print_: Fingerprint) -> tuple[Fingerprint, dict[int, float]]:
        """Add a fingerprint without the bands that those like it hold already. These lead there anyway, and
        however often a text is repeated, few are met. Answers what was added, and those like it."""
        like = self.like(print_)
        held = {band for other in like for band in self._prints[other].bands}
        kept = Fingerprint(print_.signature, tuple(sorted(set(print_.bands) - held)))
        if kept.bands:
            self.add(number, kept)
        return kept, like

    def _forget_oldest(self) -> None:
        oldest = next(iter(self._prints))
        for band in self._prints.pop(oldest).bands:
            self._holders[band].remove(oldest)
            if not self._holders[band]:
                del self._holders[band]


def twins_among(texts: Iterable[str]) -> list[int | None]:
    """For each text the position of the earliest of those that it nearly repeats, directly or through others;
    None for the earliest itself and for a text that is like no other."""
    neighbours, groups, count = Neighbours(), Groups(), 0
    for count, text in enumerate(texts, start=1):
        for other in neighbours.add_new(count - 1, fingerprint(text))[1]:
            groups.join(count - 1, other)
    roots = (groups.root(number) for number in range(count))
    return [None if root == number else root for number, root in enumerate(roots)]
