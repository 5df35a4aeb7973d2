"""A corpus of any size with the words of a language: few that are everywhere, many that are rare."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import orjson

WORDS = 30_000
LENGTH = 1_600
_LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


def vocabulary() -> list[str]:
    """Made-up words, the most frequent first: short ones there, as in languages."""
    chance = random.Random(7)  # noqa: S311 - a corpus, not a secret
    words = dict.fromkeys(
        "".join(chance.choices(_LETTERS, range(26, 0, -1), k=chance.randint(2, 4 + number % 8)))
        for number in range(WORDS * 2)
    )
    return list(words)[:WORDS]


def write_jsonl(path: Path, count: int) -> None:
    """`count` plain articles of about 1,600 characters, no two alike, their words as often as Zipf says."""
    chance, words = random.Random(11), vocabulary()  # noqa: S311 - a corpus, not a secret
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    with path.open("wb") as file:
        for number in range(count):
            text = " ".join(chance.choices(words, cum_weights=weights, k=330))[:LENGTH]
            record = {
                "external_id": f"n{number}",
                "title": f"Story {number}",
                "text": f"{text} end{number}.",
                "published_on": f"20{10 + number % 15}-0{1 + number % 9}-1{number % 10}",
                "language": "en",
            }
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


def pieces(path: Path, size: int = 2**20) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(size):
            yield piece
