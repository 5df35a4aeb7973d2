"""What stands beside a word and what is known of it, in any alphabet.

A feature is a text, and from then on its number in a vocabulary; those of words nearby have their distance
before them. Those of runs of capitals, and of how the article writes a word elsewhere, come from Chieu and Ng
(2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText
from articles.engines.learned.clusters import Clusters
from articles.engines.learned.looks import AROUND, HERE, NO_WORD, Look, Looks
from articles.engines.learned.names import known_places
from articles.engines.learned.vocabulary import Vocabulary
from articles.engines.learned.words import Passage

NOTHING = "|"  # stands where there is no word

_BEYOND = (NO_WORD,) * HERE  # the ends of a passage


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen at the words of a passage, or of a part of it.

    The word w sees `looks[w : w + len(AROUND)]`, itself in the middle; `beside[w]` are the features that more
    than one word decides.
    """

    looks: list[Look]
    beside: list[tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.beside)

    def part(self, first: int, last: int) -> Seen:
        """What is seen at the words `[first, last)`."""
        return Seen(self.looks[first : last + len(AROUND) - 1], self.beside[first:last])

    def features(self) -> list[list[int]]:
        """All that is seen at each word."""
        columns = [
            [look.around[column] for look in self.looks[column : column + len(self)]]
            for column in range(len(AROUND))
        ]
        return [[*chain.from_iterable(seen)] for seen in zip(self.beside, *columns, strict=True)]


class Usage:
    """How the words of an article are written in it: with a capital within a sentence, without one."""

    def __init__(self, there: Iterable[tuple[Passage, Sequence[Look]]]) -> None:
        self._small: set[str] = set()
        self._capital: set[str] = set()
        for passage, looks in there:
            for at, look in enumerate(looks):
                if not look.shape.startswith("X"):
                    self._small.add(look.plain)
                elif at not in passage.openings:
                    self._capital.add(look.plain)

    def features(self, plain: str) -> Iterator[str]:
        if plain in self._capital:
            yield "else=X"
        if plain in self._small:
            yield "else=x"


class Observer:
    """Sees words as the groups they belong to, and what the `engines` of these names say of them."""

    def __init__(self, clusters: Clusters, engines: Iterable[str], vocabulary: Vocabulary) -> None:
        self._looks = Looks(clusters, vocabulary)
        self._engines = tuple(engines)
        self._numbers = vocabulary.numbers

    def observe(self, article: ArticleText, there: Sequence[Passage]) -> list[Seen]:
        """What is seen at each word of each passage of an article."""
        written = [[self._looks.of(word) for word in passage.words] for passage in there]
        usage = Usage(zip(there, written, strict=True))
        found = []
        for passage, looks in zip(there, written, strict=True):
            beside = self._beside(passage, looks, usage)
            for engine in self._engines:
                self._said(beside, passage, engine, article.suggestions.get(engine, ()))
            found.append(Seen([*_BEYOND, *looks, *_BEYOND], [tuple(features) for features in beside]))
        return found

    def inside(self, seen: Seen, first: int, last: int, label: str) -> Seen:
        """What is seen at the words `[first, last)` of a mention, and that they are in it."""
        found, within = seen.part(first, last), self._numbers([f"in={label}"])
        found.beside[:] = [features + within for features in found.beside]
        found.beside[0] += self._numbers(["in<"])
        found.beside[-1] += self._numbers(["in>"])
        return found

    def _beside(self, passage: Passage, looks: Sequence[Look], usage: Usage) -> list[list[int]]:
        lowers, shapes = [look.plain for look in looks], [look.shape for look in looks]
        found = [[*self._numbers(seen)] for seen in _pairs(lowers, shapes)]
        for first, last in _capital_runs(shapes):
            self._run(found, lowers, first, last)
        for at in passage.openings:
            found[at] += self._numbers(["opens", *usage.features(lowers[at])])
        for first, last, kind in known_places().find(lowers):
            if not shapes[first].startswith("x"):
                self._mark(found, first, last, f"place:{kind}")
        return found

    def _run(self, found: list[list[int]], lowers: Sequence[str], first: int, last: int) -> None:
        """What stands before and after words `[first, last)` that all have capitals, for each of them."""
        before = lowers[first - 1] if first else NOTHING
        after = lowers[last] if last < len(lowers) else NOTHING
        seen = [f"run<{before}", f"run>{after}", f"run={before}/{after}", f"run#{min(last - first, 5)}"]
        seen += [f"run[{lowers[first]}", f"run]{lowers[last - 1]}"]
        for side, word in (("<", before), (">", after), ("]", lowers[last - 1])):
            seen += [f"run{side}{group}" for group in self._looks.groups(word)]
        numbers = self._numbers(seen)
        for at in range(first, last):
            found[at] += numbers
            found[at] += self._numbers([f"run+{min(at - first, 3)}"])

    def _said(
        self, found: list[list[int]], passage: Passage, engine: str, suggestions: Iterable[Suggestion]
    ) -> None:
        """What an engine suggests, told to the words of it and to their neighbours."""
        for one in suggestions:
            place = passage.words_at(one.start, one.end)
            if place:
                self._mark(found, *place, f"{engine}:{one.label}")

    def _mark(self, found: list[list[int]], first: int, last: int, what: str) -> None:
        for at in range(first, last):
            found[at] += self._numbers([f"says{'<' if at == first else '='}{what}"])
        if first:
            found[first - 1] += self._numbers([f"says+{what}"])
        if last < len(found):
            found[last] += self._numbers([f"says-{what}"])


def _pairs(lowers: Sequence[str], shapes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each word's shape with what stands beside it."""
    words, kinds = [NOTHING, *lowers, NOTHING], [NOTHING, *shapes, NOTHING]
    for before, after, kind_before, here, kind_after in zip(
        words, words[2:], kinds, shapes, kinds[2:], strict=False
    ):
        yield (f"s={kind_before}/{here}/{kind_after}", f"s<{before}/{here}", f"s>{here}/{after}")


def _capital_runs(shapes: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = None
    for at, kind in enumerate([*shapes, ""]):
        if kind.startswith("X"):
            first = at if first is None else first
        elif first is not None:
            yield first, at
            first = None
