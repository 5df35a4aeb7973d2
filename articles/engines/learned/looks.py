"""What words are by themselves, in any alphabet: their letters, their shape, the groups they belong to."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache

import regex

from articles.engines.learned.clusters import Clusters

LONGEST_WORD = 40  # code points of a word that are looked at
AFFIXES = (1, 2, 3, 4)
AROUND = (-2, -1, 0, 1, 2)  # distances at which a word is seen
MOST_KEPT = 50_000  # words

_DIGIT = regex.compile(r"\p{N}")
_UPPER = regex.compile(r"[\p{Lu}\p{Lt}]")
_LOWER = regex.compile(r"\p{Ll}")
_LETTER = regex.compile(r"[\p{Lo}\p{Lm}]")
_RUNS = regex.compile(r"(.)\1+")

Look = tuple[tuple[str, ...], ...]  # the features of a word at each distance of AROUND


class Looks:
    """The features of words. Only those that are `known`, if that is said: most teach nothing."""

    def __init__(self, clusters: Clusters, known: Container[str] | None = None) -> None:
        self._clusters = clusters
        self._known = known
        self._kept: dict[str, Look] = {}

    def of(self, word: str) -> Look:
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[word] = tuple(tuple(self._at(word, offset)) for offset in AROUND)
        return found

    def groups(self, plain: str) -> Iterator[str]:
        """Of a word in lower case."""
        for size, group in enumerate(self._clusters.get(plain, ())):
            yield f"c{size}={group}"

    def _at(self, word: str, offset: int) -> Iterator[str]:
        plain = lower(word)
        seen = _near(word, plain) if offset else _here(word, plain)
        for feature in (*seen, *self.groups(plain)):
            told = f"{offset}{feature}"
            if self._known is None or told in self._known:
                yield told


def lower(word: str) -> str:
    return word[:LONGEST_WORD].lower()


@lru_cache(maxsize=MOST_KEPT)
def shape(word: str) -> str:
    """Xx for Oslo, 00-00 for 2010-12: kinds of characters, runs of them shortened to two."""
    kinds = _DIGIT.sub("0", word[:LONGEST_WORD])
    for kind, sign in ((_UPPER, "X"), (_LOWER, "x"), (_LETTER, "a")):
        kinds = kind.sub(sign, kinds)
    return _RUNS.sub(r"\1\1", kinds)


def _here(word: str, plain: str) -> Iterator[str]:
    yield from ("always", f"w={plain}", f"s={shape(word)}")
    yield from (f"{size}<{plain[:size]}" for size in AFFIXES)
    yield from (f"{size}>{plain[-size:]}" for size in AFFIXES)


def _near(word: str, plain: str) -> Iterator[str]:
    yield from (f"w={plain}", f"s={shape(word)}", f">{plain[-3:]}")
