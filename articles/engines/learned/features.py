"""What a word looks like and what stands around it, in any alphabet."""

from __future__ import annotations

from functools import lru_cache

import regex

from articles.engines.learned.words import Passage

LONGEST_WORD = 40  # code points of a word that are looked at

_DIGIT = regex.compile(r"\p{N}")
_UPPER = regex.compile(r"[\p{Lu}\p{Lt}]")
_LOWER = regex.compile(r"\p{Ll}")
_LETTER = regex.compile(r"[\p{Lo}\p{Lm}]")
_RUNS = regex.compile(r"(.)\1+")

Observations = list[list[str]]


def observe(passage: Passage) -> Observations:
    """What is seen at each word of a passage."""
    words = passage.words
    return [[*_here(words[at]), *_neighbours(words, at), *_place(passage, at)] for at in range(len(words))]


@lru_cache(maxsize=50_000)
def shape(word: str) -> str:
    """Xx for Oslo, 00-00 for 2010-12: kinds of characters, runs of them shortened to two."""
    kinds = _DIGIT.sub("0", word[:LONGEST_WORD])
    for kind, sign in ((_UPPER, "X"), (_LOWER, "x"), (_LETTER, "a")):
        kinds = kind.sub(sign, kinds)
    return _RUNS.sub(r"\1\1", kinds)


@lru_cache(maxsize=50_000)
def _here(word: str) -> tuple[str, ...]:
    lower = word[:LONGEST_WORD].lower()
    affixes = [
        f"{side}{part}" for size in (1, 2, 3, 4) for side, part in (("<", lower[:size]), (">", lower[-size:]))
    ]
    return ("always", f"w={lower}", f"s={shape(word)}", *affixes)


@lru_cache(maxsize=50_000)
def _near(word: str) -> tuple[str, ...]:
    lower = word[:LONGEST_WORD].lower()
    return (f"w={lower}", f"s={shape(word)}", f">{lower[-3:]}")


def _neighbours(words: tuple[str, ...], at: int) -> list[str]:
    found = []
    for offset in (-2, -1, 1, 2):
        if 0 <= at + offset < len(words):
            found += [f"{offset}{feature}" for feature in _near(words[at + offset])]
        else:
            found.append(f"{offset}none")
    return found


def _place(passage: Passage, at: int) -> list[str]:
    return ["opens"] if at in passage.openings else []
