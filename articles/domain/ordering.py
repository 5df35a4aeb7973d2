"""In which order articles teach an engine most for the time of the people who annotate them.

An article's gain is its uncertainty times its novelty, over the seconds it will probably take: uncertainty
sampling (Lewis & Gale, SIGIR 1994) by cost (Settles, Craven & Friedland, "Active Learning with Real
Annotation Costs", 2008), where novelty is what keeps a batch from saying the same thing over and over. The
novelty of an article is the share of its mentions' weight that is new: a name that gold or the queue before
it has n times counts 1 / (1 + n). Gains shrink as the queue grows and never grow again, so the queue is made
by the lazy greedy rule (Minoux 1978; with costs: Leskovec et al., "Cost-effective Outbreak Detection in
Networks", KDD 2007).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import log2

import numpy as np

# What a mention without any confidence is taken for.
UNSURE = 0.5
# A text without a single suggestion still may teach something.
_NOTHING_FOUND = 0.1
# Silent reading of English: 238 words a minute, 5.7 characters each (Brysbaert 2019); to that the seconds
# for opening an article and for judging one suggestion, until the project's own times are known.
OPENING, A_CHARACTER, A_SUGGESTION = 8.0, 60 / (238 * 5.7), 1.5
# The defaults weigh as much as so many sittings.
_PRIOR = 10.0
FEWEST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that waits. `mentions` maps what a suggestion is about (words and label, or a hash of them)
    to how unsure it is, in bits; `uncertainty` is the whole article's, in bits; `group` is the same for
    articles that nearly repeat each other."""

    article: int
    seconds: float
    uncertainty: float
    mentions: Mapping[object, float]
    group: int


@dataclass(frozen=True, slots=True)
class Time:
    """What an article of a length (code points), with so many suggestions, took: active seconds."""

    length: int
    suggestions: int
    seconds: float


def unsureness(confidence: float | None) -> float:
    """How unsure a suggestion is, in bits: the binary entropy of its confidence."""
    p = UNSURE if confidence is None else min(max(confidence, 0.0), 1.0)
    return 0.0 if p in (0.0, 1.0) else -p * log2(p) - (1 - p) * log2(1 - p)


def queue(
    candidates: Sequence[Candidate], known: Counter[object], done: Iterable[int] = ()
) -> Iterator[tuple[int, float]]:
    """Articles with their gains, the greatest first.

    `known` counts the mentions that gold has, and is changed; `done` are the groups that gold has. An article
    that nearly repeats one before it has no gain.
    """
    taken = set(done)
    waiting = [(-_gain(one, known), place) for place, one in enumerate(candidates)]
    heapify(waiting)
    while waiting:
        gain, place = heappop(waiting)
        one = candidates[place]
        now = 0.0 if one.group in taken else _gain(one, known)
        if waiting and now < -gain and now < -waiting[0][0]:
            heappush(waiting, (-now, place))
            continue
        taken.add(one.group)
        known.update(dict.fromkeys(one.mentions, 1))
        yield one.article, now


def _gain(one: Candidate, known: Mapping[object, int]) -> float:
    weight = sum(one.mentions.values())
    fresh = sum(unsure / (1 + known.get(mention, 0)) for mention, unsure in one.mentions.items())
    novelty = fresh / weight if weight else 1.0
    return max(one.uncertainty, _NOTHING_FOUND) * novelty / max(one.seconds, FEWEST_SECONDS)


def ease(*, seconds: float, uncertainty: float) -> float:
    """The greater, the easier: short articles about which the engines are sure come first."""
    return 1 / (max(seconds, FEWEST_SECONDS) * (1 + uncertainty))


def predictor(times: Sequence[Time]) -> tuple[float, float, float]:
    """Seconds to open an article, for a character, and for a suggestion, as the project's people take them.

    Least squares, drawn towards the defaults as by ten more sittings (ridge regression, Hoerl & Kennard
    1970). None is below zero.
    """
    defaults = np.array([OPENING, A_CHARACTER, A_SUGGESTION])
    if not times:
        return OPENING, A_CHARACTER, A_SUGGESTION
    rows = np.array([(1.0, one.length, one.suggestions) for one in times])
    scale = np.maximum(rows.std(axis=0) + rows.mean(axis=0), 1.0)
    left = np.array([one.seconds for one in times]) - rows @ defaults
    scaled = rows / scale
    change = np.linalg.solve(scaled.T @ scaled + _PRIOR * np.eye(3), scaled.T @ left) / scale
    opening, character, suggestion = np.maximum(defaults + change, 0.0).tolist()
    return opening, character, suggestion
