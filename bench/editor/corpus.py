"""Articles as dense as the hardest published corpora of nested entities: spans three deep, 29 labels."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

WORDS = """harbour council minister Northline river budget vote storm bridge school museum train Almaty Bergen
Lagos report Tuesday market price winter city line ferry water company court film record north open early Mara
Ellingsen of the and for with after before from said would about under between""".split()
# Spans and characters, as the figures name them.
SHAPES = {69: 1_500, 1_000: 28_000, 5_000: 126_000}


def text_of(characters: int, seed: int) -> str:
    """Paragraphs of two to five sentences."""
    chance, paragraphs, length = random.Random(seed), list[str](), 0  # noqa: S311 - a corpus, not a secret
    while length < characters:
        sentences = []
        for _ in range(chance.randint(2, 5)):
            words = [chance.choice(WORDS) for _ in range(chance.randint(8, 22))]
            sentences.append(" ".join(words).capitalize() + ".")
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:characters]


def spans_of(text: str, count: int, labels: list[str], seed: int) -> list[dict[str, Any]]:
    """`count` spans in groups of an outer one, one within it, and one within that."""
    chance = random.Random(seed)  # noqa: S311
    words = list(_words(text))
    groups = (count + 2) // 3
    step = len(words) / groups
    spans: list[dict[str, Any]] = []
    for group in range(groups):
        at = int(group * step)
        deep = min(max(1, int(step) - 1), 4)
        for depth in range(3):
            last = min(at + max(0, deep - depth - 1), len(words) - 1)
            spans.append(_span(words[at][0], words[last][1], chance.choice(labels)))
    return _without_repeats(spans)[:count]


def _words(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for word in text.replace("\n", " ").split(" "):
        if word:
            yield start, start + len(word.rstrip("."))
        start += len(word) + 1


def _span(start: int, end: int, label: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "start": start, "end": end, "label": label}


def _without_repeats(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(one["start"], one["end"], one["label"]): one for one in spans}.values())
