"""In which order articles teach an engine most for the time of the people who annotate them.

A word promises to teach as much as it is likely to be of a name, times one more than the bits that the engine
is unsure of its tag: uncertainty sampling (Lewis & Gale, SIGIR 1994) that leans to names, because they are
rare, and what an engine that knows little is unsure of is mostly noise (Tomanek & Hahn, "Reducing Class
Imbalance during Active Learning for Named Entity Annotation", K-CAP 2009). If n articles before it, finished
or in the queue, have the word, it promises 1 / (1 + n) of that, so that no batch says the same thing over and
over. The gain of an article is what its words promise over the seconds that it will probably take (Settles,
Craven & Friedland, "Active Learning with Real Annotation Costs", 2008). Gains shrink as the queue grows and
never grow again, so the queue is made by the lazy greedy rule (Minoux 1978; with costs: Leskovec et al.,
"Cost-effective Outbreak Detection in Networks", KDD 2007).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import log2

import numpy as np

from articles.domain.spans import Suggestion
from articles.domain.texts.tokens import tokens

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
_APOSTROPHE = re.compile(r"['’]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that waits. `uncertainty` is that of its suggestions, in bits; `promises` maps its words, in
    lower case, to what each promises to teach, and may leave out those that promise nothing; `group` is the
    same for articles that nearly repeat each other."""

    article: int
    seconds: float
    uncertainty: float
    promises: Mapping[str, float]
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


def promises(text: str, suggestions: Iterable[Suggestion]) -> dict[str, float]:
    """What the words of suggestions promise to teach, as far as their confidence tells."""
    found: dict[str, float] = {}
    for one in suggestions:
        likely = UNSURE if one.confidence is None else one.confidence
        for word in words(text[one.start : one.end]):
            found[word] = max(found.get(word, 0.0), likely * (1 + unsureness(one.confidence)))
    return found


def words(text: str) -> set[str]:
    """The different words of a text, in lower case; what an apostrophe joins is apart."""
    found = {text[start:end].lower() for start, end in tokens(text, 0, len(text))}
    return {part for word in found for part in _APOSTROPHE.split(word) if part}


def queue(
    candidates: Sequence[Candidate], known: Counter[str], done: Iterable[int] = ()
) -> Iterator[tuple[int, float]]:
    """Articles with their gains, the greatest first.

    `known` counts in how many finished articles a word is, and is changed; `done` are their groups. An
    article that nearly repeats one before it has no gain.
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
        known.update(one.promises.keys())
        yield one.article, now


def _gain(one: Candidate, known: Mapping[str, int]) -> float:
    fresh = sum(promise / (1 + known.get(word, 0)) for word, promise in one.promises.items())
    return max(fresh, _NOTHING_FOUND) / max(one.seconds, FEWEST_SECONDS)


def ease(one: Candidate) -> float:
    """The greater, the easier: short articles about which the engines are sure come first."""
    return 1 / (max(one.seconds, FEWEST_SECONDS) * (1 + one.uncertainty))


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
