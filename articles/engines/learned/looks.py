"""What words are by themselves, in any alphabet: their letters, their shape, the groups they belong to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from articles.engines.learned.clusters import Clusters
from articles.engines.learned.vocabulary import Vocabulary

LONGEST_WORD = 40  # code points of a word that are looked at
AFFIXES = (1, 2, 3, 4)
AROUND = (-2, -1, 0, 1, 2)  # distances at which a word is seen
HERE = AROUND.index(0)
MOST_KEPT = 50_000  # words
SIGNS = {"Lu": "X", "Lt": "X", "Ll": "x", "Lo": "a", "Lm": "a"}  # of general categories of Unicode

_RUNS = re.compile(r"(.)\1{2,}")


class _Signs(dict[int, str]):
    """Of code points the signs for their kind, or they themselves; for `str.translate`."""

    def __missing__(self, point: int) -> str:
        kind = unicodedata.category(chr(point))
        self[point] = "0" if kind.startswith("N") else SIGNS.get(kind, chr(point))
        return self[point]


_SIGNS = _Signs()


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A word by itself: in lower case, its shape, its features as seen from each distance of AROUND.

    It is equal only to itself: that is quick to tell.
    """

    plain: str
    shape: str
    around: tuple[tuple[int, ...], ...]


NO_WORD = Look("", "", ((),) * len(AROUND))


class Looks:
    """Looks at words, and remembers the latest."""

    def __init__(self, clusters: Clusters, vocabulary: Vocabulary) -> None:
        self._clusters = clusters
        self._vocabulary = vocabulary
        self._kept: dict[str, Look] = {}
        self._kept_near: dict[str, tuple[tuple[int, ...], ...]] = {}

    def of(self, word: str) -> Look:
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
                self._kept_near.clear()
            found = self._kept[word] = self._look(word)
        return found

    def groups(self, plain: str) -> Iterator[str]:
        """Of a word in lower case."""
        for size, group in enumerate(self._clusters.get(plain, ())):
            yield f"c{size}={group}"

    def _look(self, word: str) -> Look:
        plain, kind = lower(word), shape(word)
        groups = tuple(self.groups(plain))
        here = self._vocabulary.numbers([f"0{one}" for one in _here(plain, kind) + groups])
        near = zip(*map(self._near, _near(plain, kind) + groups), strict=True)
        around = [tuple(chain.from_iterable(there)) for there in near]
        return Look(plain, kind, (*around[:HERE], here, *around[HERE:]))

    def _near(self, seen: str) -> tuple[tuple[int, ...], ...]:
        """What is seen of a word nearby, from each distance but none."""
        found = self._kept_near.get(seen)
        if found is None:
            found = tuple(self._vocabulary.numbers([f"{at}{seen}"]) for at in AROUND if at)
            self._kept_near[seen] = found
        return found


def lower(word: str) -> str:
    return word[:LONGEST_WORD].lower()


@lru_cache(maxsize=MOST_KEPT)
def shape(word: str) -> str:
    """Xx for Oslo, 00-00 for 2010-12: kinds of characters, runs of them shortened to two."""
    return _RUNS.sub(r"\1\1", word[:LONGEST_WORD].translate(_SIGNS))


def _here(plain: str, kind: str) -> tuple[str, ...]:
    begins = [f"{size}<{plain[:size]}" for size in AFFIXES]
    ends = [f"{size}>{plain[-size:]}" for size in AFFIXES]
    return ("always", f"w={plain}", f"s={kind}", *begins, *ends)


def _near(plain: str, kind: str) -> tuple[str, ...]:
    return (f"w={plain}", f"s={kind}", f">{plain[-3:]}")
