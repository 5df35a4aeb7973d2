"""A corpus like real news: 1,600 characters an article, 60 spans nested two deep, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import orjson

WORDS = """harbour council minister Northline river budget vote storm bridge school museum train Almaty Bergen
Lagos report Tuesday market price winter city line ferry water company court film record north open early""".split()
LABELS = ("PERSON", "ORG", "GPE", "DATE", "LOC", "CARDINAL", "MONEY", "EVENT")


def articles(count: int, spans: int = 60, length: int = 1600) -> Iterator[dict[str, Any]]:
    """Records as our JSONL has them."""
    chance = random.Random(7)  # noqa: S311 - a corpus, not a secret
    for number in range(count):
        words = [chance.choice(WORDS) for _ in range(length // 6)]
        text = f"{number} " + " ".join(words)
        yield {
            "external_id": f"a{number}",
            "title": f"Article {number}",
            "text": text,
            "published_on": f"20{10 + number % 15}-0{1 + number % 9}-11",
            "language": "en",
            "spans": list(_spans(chance, text, spans)),
        }


def jsonl(count: int, spans: int = 60) -> bytes:
    """The corpus as one file."""
    return b"".join(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in articles(count, spans))


def _spans(chance: random.Random, text: str, count: int) -> Iterator[dict[str, Any]]:
    """Pairs: an outer span of some words, and its first word within it."""
    step = len(text) // max(1, count // 2) if count else 0
    for number in range(count // 2):
        start = number * step
        end = min(len(text), start + step - 2)
        yield {"start": start, "end": end, "label": chance.choice(LABELS)}
        yield {"start": start, "end": start + max(1, (end - start) // 3), "label": chance.choice(LABELS)}
