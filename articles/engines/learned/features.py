"""What a word looks like and what stands beside it, in any alphabet.

A feature is a text; those of words nearby have their distance before them. Those of runs of capitals and of
the other mentions of a word in its article come from studies of little training data (Chieu and Ng, 2002;
Ratinov and Roth, 2009).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import regex

from articles.engines.learned.clusters import Clusters
from articles.engines.learned.names import known_places
from articles.engines.learned.words import Passage

LONGEST_WORD = 40  # code points of a word that are looked at
NOTHING = "|"  # stands where there is no word
MOST_COMPANY = 24  # features from other mentions of a word
AROUND = (-2, -1, 1, 2)

_DIGIT = regex.compile(r"\p{N}")
_UPPER = regex.compile(r"[\p{Lu}\p{Lt}]")
_LOWER = regex.compile(r"\p{Ll}")
_LETTER = regex.compile(r"[\p{Lo}\p{Lm}]")
_RUNS = regex.compile(r"(.)\1+")

Observations = list[list[str]]
Company = defaultdict[str, Counter[str]]  # of a word in lower case


class Observer:
    """Sees words as the groups they belong to, too."""

    def __init__(self, clusters: Clusters) -> None:
        self._groups = {word: _of_groups(groups) for word, groups in clusters.items()}

    def observe(self, article: Sequence[Passage]) -> list[Observations]:
        """What is seen at each word of each passage of an article."""
        company = _company(article)
        return [self._observe(passage, company) for passage in article]

    def _observe(self, passage: Passage, company: Company) -> Observations:
        words = passage.words
        lowers, shapes = [lower(word) for word in words], [shape(word) for word in words]
        found: Observations = [list(_looks(word)) for word in words]
        for at in range(len(words)):
            found[at] += self._around(words, lowers, at)
            found[at] += _pairs(lowers, shapes, at)
        for at in passage.openings:
            found[at].append("opens")
        for first, last in _capital_runs(shapes):
            self._run(found, lowers, first, last)
            for at in range(first, last):
                found[at] += _elsewhere(passage, at, company)
        for first, last, kind in known_places().find(lowers):
            if not shapes[first].startswith("x"):
                _of_place(found, first, last, kind)
        return found

    def _around(self, words: Sequence[str], lowers: Sequence[str], at: int) -> Iterator[str]:
        yield from self._groups.get(lowers[at], {}).get(0, ())
        for offset in AROUND:
            if 0 <= at + offset < len(words):
                yield from _near(words[at + offset], offset)
                yield from self._groups.get(lowers[at + offset], {}).get(offset, ())
            else:
                yield f"{offset}none"

    def _run(self, found: Observations, lowers: Sequence[str], first: int, last: int) -> None:
        """What stands before and after words `[first, last)` that all have capitals, for each of them."""
        before = lowers[first - 1] if first else NOTHING
        after = lowers[last] if last < len(lowers) else NOTHING
        seen = [f"run<{before}", f"run>{after}", f"run={before}/{after}", f"run#{min(last - first, 5)}"]
        seen += [f"run[{lowers[first]}", f"run]{lowers[last - 1]}"]
        for side, word in (("<", before), (">", after), ("]", lowers[last - 1])):
            seen += [f"run{side}{group}" for group in self._groups.get(word, {}).get(0, ())]
        for at in range(first, last):
            found[at] += seen
            found[at].append(f"run+{min(at - first, 3)}")


def lower(word: str) -> str:
    return word[:LONGEST_WORD].lower()


@lru_cache(maxsize=50_000)
def shape(word: str) -> str:
    """Xx for Oslo, 00-00 for 2010-12: kinds of characters, runs of them shortened to two."""
    kinds = _DIGIT.sub("0", word[:LONGEST_WORD])
    for kind, sign in ((_UPPER, "X"), (_LOWER, "x"), (_LETTER, "a")):
        kinds = kind.sub(sign, kinds)
    return _RUNS.sub(r"\1\1", kinds)


@lru_cache(maxsize=50_000)
def _looks(word: str) -> tuple[str, ...]:
    plain = lower(word)
    affixes = [f"{size}<{plain[:size]}" for size in (1, 2, 3, 4)] + [
        f"{size}>{plain[-size:]}" for size in (1, 2, 3, 4)
    ]
    return ("always", f"w={plain}", f"s={shape(word)}", *affixes)


@lru_cache(maxsize=100_000)
def _near(word: str, offset: int) -> tuple[str, ...]:
    plain = lower(word)
    return (f"{offset}w={plain}", f"{offset}s={shape(word)}", f"{offset}>{plain[-3:]}")


def _pairs(lowers: Sequence[str], shapes: Sequence[str], at: int) -> tuple[str, ...]:
    """The word with each of its neighbours."""
    word, kind = lowers[at], shapes[at]
    before, kind_before = (lowers[at - 1], shapes[at - 1]) if at else (NOTHING, NOTHING)
    after, kind_after = (lowers[at + 1], shapes[at + 1]) if at + 1 < len(lowers) else (NOTHING, NOTHING)
    return (
        f"s<{kind_before}/{kind}",
        f"s>{kind}/{kind_after}",
        f"s={kind_before}/{kind}/{kind_after}",
        f"w<{before}/{word}",
        f"w>{word}/{after}",
        f"ws<{before}/{kind}",
        f"ws>{kind}/{after}",
    )


def _capital_runs(shapes: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = None
    for at, kind in enumerate([*shapes, ""]):
        if kind.startswith("X"):
            first = at if first is None else first
        elif first is not None:
            yield first, at
            first = None


def _of_groups(groups: Sequence[int]) -> dict[int, tuple[str, ...]]:
    return {
        offset: tuple(f"{offset}c{size}={group}" for size, group in enumerate(groups))
        for offset in (0, *AROUND)
    }


def _company(article: Iterable[Passage]) -> Company:
    """What stands beside the words with capitals of an article, and how often."""
    found: Company = defaultdict(Counter)
    for passage in article:
        for at, word in enumerate(passage.words):
            if _is_name_like(word):
                found[lower(word)].update(_beside(passage, at))
    return found


def _elsewhere(passage: Passage, at: int, company: Company) -> list[str]:
    """What stands beside the other mentions of a word in its article."""
    here = _beside(passage, at)
    counts = company[lower(passage.words[at])]
    if counts.total() == len(here):
        return []
    return [feature for feature, count in islice(counts.items(), MOST_COMPANY) if count > (feature in here)]


def _beside(passage: Passage, at: int) -> tuple[str, ...]:
    found = ["else^" if at in passage.openings else "else"]
    if at:
        found.append(f"else<{lower(passage.words[at - 1])}")
    if at + 1 < len(passage):
        found.append(f"else>{lower(passage.words[at + 1])}")
    return tuple(found)


def _is_name_like(word: str) -> bool:
    return shape(word).startswith("X")


def _of_place(found: Observations, first: int, last: int, kind: str) -> None:
    """A known place at words `[first, last)`, told to them and to their neighbours."""
    for at in range(first, last):
        found[at].append(f"place{'<' if at == first else '='}{kind}")
    if first:
        found[first - 1].append(f"place+{kind}")
    if last < len(found):
        found[last].append(f"place-{kind}")
