"""How good the learned engine becomes with articles, and with people's time, by the order of the queue, on wikigold
(Balasuriya et al., 2009) and WNUT 2017 (Derczynski et al., 2017), if the folder ANNOTATOR_BENCH_DATA holds them.

Simulated: of 130 articles of ten sentences 10 random ones are gold at first, the same for every order. The engine
learns from what is gold, orders the rest, and the next 10 become gold, until 50 are. After each step its exact
F1 is measured on 40 other articles; between two steps it is taken to grow evenly. An article takes the seconds
that articles/domain/assignments/ordering.py has for opening and reading it, and 3 s for each entity of its
gold: an order knows only how many the engine suggests. Word groups are learned from the texts of all 130.
Each order is held against the random one of the same seed. Orders were developed on the seeds 101 to 104.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean, stdev

import numpy as np

from articles.domain.assignments.ordering import (
    A_CHARACTER,
    OPENING,
    Candidate,
    ease,
    queue,
    unsureness,
    words,
)
from articles.engines.base import Lesson
from articles.engines.learned import LearnedEngine
from bench.engines.learned import TO_LEARN, TO_TEST, exact_f1, in_columns
from bench.interchange.site import say

SEEDS = (201, 202, 203, 204, 205)
STEP, MOST = 10, 50
AN_ENTITY = 3.0  # seconds
SETS = {
    "wikigold": (("wikigold.conll.txt",), (0.45, 0.50, 0.55)),
    "wnut17": (("wnut17train.conll", "emerging.dev.conll"), (0.20, 0.25, 0.30)),
}  # files, and F1 that is wanted

Order = Callable[[LearnedEngine, Sequence[Lesson], Sequence[Lesson], random.Random], list[Lesson]]
Curve = list[tuple[int, float, float]]  # articles of gold, seconds they took, F1


def measure() -> None:
    for name, (files, wanted) in SETS.items():
        paths = [Path(os.environ.get("ANNOTATOR_BENCH_DATA", ""), name, file) for file in files]
        if all(path.is_file() for path in paths):
            _report(name, list(in_columns(paths)), wanted)
        else:
            print(f"{name} is passed over: ANNOTATOR_BENCH_DATA names no folder with its files.")


def _report(name: str, lessons: Sequence[Lesson], wanted: Sequence[float]) -> None:
    at_random = [simulated(lessons, seed, _at_random) for seed in SEEDS]
    _tell(f"{name}, random", at_random, wanted)
    for order_name, order in ORDERS.items():
        curves = [simulated(lessons, seed, order) for seed in SEEDS]
        _tell(f"{name}, {order_name}", curves, wanted)
        for measured, area in (("articles", _by_articles), ("seconds", _by_seconds)):
            better = [area(one, other) for one, other in zip(curves, at_random, strict=True)]
            told = f"{mean(better):+.3f} (spread {stdev(better):.3f})"
            say(f"{name}, {order_name}: mean F1 over {measured}, against random", told)


def _tell(name: str, curves: Sequence[Curve], wanted: Sequence[float]) -> None:
    curve = _mean(curves)
    say(f"{name}: F1 after {STEP}, {2 * STEP}, ...", " ".join(f"{f1:.3f}" for _, _, f1 in curve))
    for one in wanted:
        say(f"{name}: until F1 is {one:.2f}", _told(cost_of(curve, one)))


def _by_articles(curve: Curve, other: Curve) -> float:
    """How much higher F1 is in the mean of all steps."""
    return mean(here[2] - there[2] for here, there in zip(curve, other, strict=True))


def _by_seconds(curve: Curve, other: Curve) -> float:
    """How much higher F1 is in the mean over the time that both took."""
    times = np.linspace(curve[0][1], min(curve[-1][1], other[-1][1]))
    here, there = (
        np.interp(times, [step[1] for step in one], [step[2] for step in one]) for one in (curve, other)
    )
    return float((here - there).mean())


def simulated(lessons: Sequence[Lesson], seed: int, order: Order) -> Curve:
    """F1 as gold grows by the order."""
    chance = random.Random(seed)  # noqa: S311 - a split, not a secret
    shuffled = list(lessons)
    chance.shuffle(shuffled)
    waiting, test = shuffled[:TO_LEARN], shuffled[TO_LEARN : TO_LEARN + TO_TEST]
    labels = frozenset(span.label for lesson in lessons for span in lesson.spans)
    texts = [lesson.article.text for lesson in waiting]
    gold, waiting = waiting[:STEP], waiting[STEP:]
    curve: Curve = []
    while True:
        engine = LearnedEngine({}, labels, LearnedEngine.train({}, labels, gold, texts=texts))
        curve.append((len(gold), sum(map(seconds_taken, gold)), exact_f1(engine, test)))
        if len(gold) >= MOST:
            return curve
        chosen = order(engine, waiting, gold, chance)[:STEP]
        taken = {one.article.id for one in chosen}
        gold, waiting = [*gold, *chosen], [one for one in waiting if one.article.id not in taken]


def seconds_taken(lesson: Lesson) -> float:
    return OPENING + A_CHARACTER * len(lesson.article.text) + AN_ENTITY * len(lesson.spans)


def cost_of(curve: Curve, wanted: float) -> tuple[float, float] | None:
    """Articles and seconds at which the curve first reaches it, if it does."""
    before = curve[0]
    for here in curve:
        if here[2] >= wanted:
            share = 1.0 if here == before else (wanted - before[2]) / (here[2] - before[2])
            return before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])
        before = here
    return None


def _mean(curves: Sequence[Curve]) -> Curve:
    return [
        (step[0][0], mean(one[1] for one in step), mean(one[2] for one in step))
        for step in zip(*curves, strict=True)
    ]


def _told(cost: tuple[float, float] | None) -> str:
    return f"{cost[0]:.0f} articles, {cost[1] / 60:.0f} minutes" if cost else f"more than {MOST} articles"


def _at_random(
    engine: LearnedEngine, waiting: Sequence[Lesson], gold: Sequence[Lesson], chance: random.Random
) -> list[Lesson]:
    return chance.sample(waiting, len(waiting))


def _oldest(
    engine: LearnedEngine, waiting: Sequence[Lesson], gold: Sequence[Lesson], chance: random.Random
) -> list[Lesson]:
    return sorted(waiting, key=lambda one: one.article.id)


def _by_gain(
    engine: LearnedEngine, waiting: Sequence[Lesson], gold: Sequence[Lesson], chance: random.Random
) -> list[Lesson]:
    by_id = {one.article.id: one for one in waiting}
    known = Counter(word for one in gold for word in words(one.article.text))
    return [by_id[article] for article, _ in queue(list(_candidates(engine, waiting)), known)]


def _by_ease(
    engine: LearnedEngine, waiting: Sequence[Lesson], gold: Sequence[Lesson], chance: random.Random
) -> list[Lesson]:
    easy = {one.article: ease(one) for one in _candidates(engine, waiting)}
    return sorted(waiting, key=lambda one: -easy[one.article.id])


def _candidates(engine: LearnedEngine, waiting: Sequence[Lesson]) -> Iterator[Candidate]:
    """As articles/services/assignments/ranks.py makes them, from what the engine itself suggests."""
    articles = [one.article for one in waiting]
    for article, found, promised in zip(
        articles, engine.annotate(articles), engine.promises(articles), strict=True
    ):
        seconds = OPENING + A_CHARACTER * len(article.text) + AN_ENTITY * len(found)
        doubt = sum(unsureness(one.confidence) for one in found)
        yield Candidate(article.id, seconds, doubt, promised, article.id)


ORDERS: dict[str, Order] = {"oldest": _oldest, "gain": _by_gain, "ease": _by_ease}
