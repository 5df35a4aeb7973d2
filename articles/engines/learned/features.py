"""What stands beside a word and what is known of it, in any alphabet.

A feature is a text; those of words nearby have their distance before them. Those of runs of capitals, and
of how the article writes a word elsewhere, come from Chieu and Ng (2002).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText
from articles.engines.learned.clusters import Clusters
from articles.engines.learned.looks import AROUND, HERE, NO_LOOK, Looks, lower, shape
from articles.engines.learned.names import known_places
from articles.engines.learned.words import Passage

NOTHING = "|"  # stands where there is no word

_BEYOND = (NO_LOOK,) * HERE  # the ends of a passage

Observations = list[list[str]]
Usage = defaultdict[str, set[str]]  # of a word in lower case


class Observer:
    """Sees words as the groups they belong to, and what the `engines` of these names say of them."""

    def __init__(
        self, clusters: Clusters, engines: Iterable[str] = (), known: Collection[str] | None = None
    ) -> None:
        """`known` are the features that matter, if that is known."""
        self._looks = Looks(clusters, known)
        self._engines = tuple(engines)

    def observe(self, article: ArticleText, there: Sequence[Passage]) -> list[Observations]:
        """What is seen at each word of each passage of an article."""
        written = [_written(passage) for passage in there]
        usage = _usage(there, written)
        found = []
        for passage, (lowers, shapes) in zip(there, written, strict=True):
            seen = self._observe(passage, lowers, shapes, usage)
            for engine in self._engines:
                _said(seen, passage, engine, article.suggestions.get(engine, ()))
            found.append(seen)
        return found

    def _observe(self, passage: Passage, lowers: list[str], shapes: list[str], usage: Usage) -> Observations:
        pairs, around = _pairs(lowers, shapes), self._around(passage.words)
        found: Observations = [[*chain.from_iterable(seen)] for seen in zip(pairs, *around, strict=False)]
        for first, last in _capital_runs(shapes):
            self._run(found, lowers, first, last)
        for at in passage.openings:
            found[at] += ["opens", *sorted(usage.get(lowers[at], ()))]
        for first, last, kind in known_places().find(lowers):
            if not shapes[first].startswith("x"):
                _mark(found, first, last, f"place:{kind}")
        return found

    def _around(self, words: Sequence[str]) -> list[list[tuple[str, ...]]]:
        """For each distance the features of the words that stand so far from each word."""
        looks = [*_BEYOND, *map(self._looks.of, words), *_BEYOND]
        return [[look[column] for look in looks[column:]] for column in range(len(AROUND))]

    def _run(self, found: Observations, lowers: Sequence[str], first: int, last: int) -> None:
        """What stands before and after words `[first, last)` that all have capitals, for each of them."""
        before = lowers[first - 1] if first else NOTHING
        after = lowers[last] if last < len(lowers) else NOTHING
        seen = [f"run<{before}", f"run>{after}", f"run={before}/{after}", f"run#{min(last - first, 5)}"]
        seen += [f"run[{lowers[first]}", f"run]{lowers[last - 1]}"]
        for side, word in (("<", before), (">", after), ("]", lowers[last - 1])):
            seen += [f"run{side}{group}" for group in self._looks.groups(word)]
        for at in range(first, last):
            found[at] += seen
            found[at].append(f"run+{min(at - first, 3)}")


def _said(found: Observations, passage: Passage, engine: str, suggestions: Iterable[Suggestion]) -> None:
    """What an engine suggests, told to the words of it and to their neighbours."""
    for one in suggestions:
        place = passage.words_at(one.start, one.end)
        if place:
            _mark(found, *place, f"{engine}:{one.label}")


def _mark(found: Observations, first: int, last: int, what: str) -> None:
    for at in range(first, last):
        found[at].append(f"says{'<' if at == first else '='}{what}")
    if first:
        found[first - 1].append(f"says+{what}")
    if last < len(found):
        found[last].append(f"says-{what}")


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


def _written(passage: Passage) -> tuple[list[str], list[str]]:
    """Its words in lower case, and their shapes."""
    return [lower(word) for word in passage.words], [shape(word) for word in passage.words]


def _usage(article: Iterable[Passage], written: Iterable[tuple[list[str], list[str]]]) -> Usage:
    """How the words of an article are written in it: with a capital within a sentence, without one."""
    found: Usage = defaultdict(set)
    for passage, (lowers, shapes) in zip(article, written, strict=True):
        for at, (word, kind) in enumerate(zip(lowers, shapes, strict=True)):
            capital = kind.startswith("X")
            if not capital or at not in passage.openings:
                found[word].add("else=X" if capital else "else=x")
    return found
