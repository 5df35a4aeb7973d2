"""What words are by themselves, in any alphabet: their letters, their shape, the groups they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

import regex

from articles.engines.learned.clusters import Clusters

LONGEST_WORD = 40  # code points of a word that are looked at
AFFIXES = (1, 2, 3, 4)
AROUND = (-2, -1, 0, 1, 2)  # distances at which a word is seen
HERE = AROUND.index(0)
MOST_KEPT = 50_000  # words

_DIGIT = regex.compile(r"\p{N}")
_UPPER = regex.compile(r"[\p{Lu}\p{Lt}]")
_LOWER = regex.compile(r"\p{Ll}")
_LETTER = regex.compile(r"[\p{Lo}\p{Lm}]")
_RUNS = regex.compile(r"(.)\1+")

Look = tuple[tuple[str, ...], ...]  # the features of a word at each distance of AROUND
NO_LOOK: Look = ((),) * len(AROUND)


class Looks:
    """The features of words. Only those that are `known`, if that is said: most teach nothing."""

    def __init__(self, clusters: Clusters, known: Collection[str] | None = None) -> None:
        self._clusters = clusters
        self._known = None if known is None else _by_distance(known)
        self._kept: dict[str, Look] = {}

    def of(self, word: str) -> Look:
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[word] = self._look(word)
        return found

    def groups(self, plain: str) -> Iterator[str]:
        """Of a word in lower case."""
        for size, group in enumerate(self._clusters.get(plain, ())):
            yield f"c{size}={group}"

    def _look(self, word: str) -> Look:
        plain = lower(word)
        groups = tuple(self.groups(plain))
        here, near = _here(word, plain) + groups, _near(word, plain) + groups
        if self._known is None:
            return tuple(tuple(f"{at}{one}" for one in (near if at else here)) for at in AROUND)
        around = self._told(near)
        return tuple(
            there if at else self._told(here)[HERE] for at, there in zip(AROUND, around, strict=True)
        )

    def _told(self, seen: Iterable[str]) -> Look:
        """The known ones of these features, at each distance."""
        known = self._known or {}
        rows = [known[one] for one in seen if one in known]
        return tuple(tuple(filter(None, column)) for column in zip(*rows, strict=True)) or NO_LOOK


def _by_distance(known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What is known of words, by what it is without the distance: the same at each of AROUND, or "".

    Most words of an article are new to the engine. To ask for each distance whether one is known took most
    of the time of reading. Tuples, because Python's collector looks at each of so many lists again and again.
    """
    found: dict[str, list[str]] = {}
    for column, offset in enumerate(map(str, AROUND)):
        for feature in known:
            if feature.startswith(offset):
                found.setdefault(feature[len(offset) :], [""] * len(AROUND))[column] = feature
    return {seen: tuple(columns) for seen, columns in found.items()}


def lower(word: str) -> str:
    return word[:LONGEST_WORD].lower()


@lru_cache(maxsize=MOST_KEPT)
def shape(word: str) -> str:
    """Xx for Oslo, 00-00 for 2010-12: kinds of characters, runs of them shortened to two."""
    kinds = _DIGIT.sub("0", word[:LONGEST_WORD])
    for kind, sign in ((_UPPER, "X"), (_LOWER, "x"), (_LETTER, "a")):
        kinds = kind.sub(sign, kinds)
    return _RUNS.sub(r"\1\1", kinds)


def _here(word: str, plain: str) -> tuple[str, ...]:
    begins = [f"{size}<{plain[:size]}" for size in AFFIXES]
    ends = [f"{size}>{plain[-size:]}" for size in AFFIXES]
    return ("always", f"w={plain}", f"s={shape(word)}", *begins, *ends)


def _near(word: str, plain: str) -> tuple[str, ...]:
    return (f"w={plain}", f"s={shape(word)}", f">{plain[-3:]}")
