"""How many articles, and how much of people's time, each order of the queue needs until the learned engine is as
good as wanted, on wikigold (Balasuriya et al., 2009; where it is kept: see bench/engines/learned.py).

Simulated: of 130 articles of ten sentences 10 random ones are gold at first, the same for every order. The engine
learns from what is gold, orders the rest, and the next 10 become gold, until 70 are. After each step its exact
F1 is measured on 40 other articles; between two steps it is taken to grow evenly. An article takes the seconds
that articles/domain/ordering.py has for opening and reading it, and 3 s for each entity of its gold: an order
knows only how many the engine suggests. Word groups are learned from the texts of all 130. F1 and costs are the
means of the seeds.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean

from articles.domain.ordering import A_CHARACTER, OPENING, Candidate, ease, queue, unsureness
from articles.domain.spans import Suggestion
from articles.engines.base import Lesson
from articles.engines.learned import LearnedEngine
from bench.engines.learned import TO_LEARN, TO_TEST, exact_f1, wikigold
from bench.interchange.site import say

SEEDS = (1, 2, 3)
STEP, MOST = 10, 70
AN_ENTITY = 3.0  # seconds
WANTED = (0.45, 0.50, 0.55)

Order = Callable[[LearnedEngine, Sequence[Lesson], Sequence[Lesson], random.Random], list[Lesson]]
Curve = list[tuple[int, float, float]]  # articles of gold, seconds they took, F1


def measure() -> None:
    file = Path(os.environ.get("ANNOTATOR_BENCH_DATA", "")) / "wikigold" / "wikigold.conll.txt"
    if not file.is_file():
        print("Nothing is measured: ANNOTATOR_BENCH_DATA names no folder with wikigold/wikigold.conll.txt.")
        return
    report(list(wikigold(file)), SEEDS)


def report(lessons: Sequence[Lesson], seeds: Sequence[int]) -> None:
    for name, order in ORDERS.items():
        curve = _mean([simulated(lessons, seed, order) for seed in seeds])
        say(f"{name}: F1 after {STEP}, {2 * STEP}, ...", " ".join(f"{f1:.3f}" for _, _, f1 in curve))
        for wanted in WANTED:
            say(f"{name}: until F1 is {wanted:.2f}", _told(cost_of(curve, wanted)))


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
    known: Counter[object] = Counter(
        hash(mention)
        for one in gold
        for mention in {(one.article.text[span.start : span.end].lower(), span.label) for span in one.spans}
    )
    return [by_id[article] for article, _ in queue(list(_candidates(engine, waiting)), known)]


def _by_ease(
    engine: LearnedEngine, waiting: Sequence[Lesson], gold: Sequence[Lesson], chance: random.Random
) -> list[Lesson]:
    easy = {
        one.article: ease(seconds=one.seconds, uncertainty=one.uncertainty)
        for one in _candidates(engine, waiting)
    }
    return sorted(waiting, key=lambda one: -easy[one.article.id])


def _candidates(engine: LearnedEngine, waiting: Sequence[Lesson]) -> Iterator[Candidate]:
    """As articles/services/ranks.py makes them, from what the engine itself suggests."""
    articles = [one.article for one in waiting]
    for article, found, doubt in zip(
        articles, engine.annotate(articles), engine.uncertainty(articles), strict=True
    ):
        seconds = OPENING + A_CHARACTER * len(article.text) + AN_ENTITY * len(found)
        yield Candidate(article.id, seconds, doubt, _mentions(article.text, found), article.id)


def _mentions(text: str, found: Sequence[Suggestion]) -> dict[object, float]:
    return {hash((text[one.start : one.end].lower(), one.label)): unsureness(one.confidence) for one in found}


ORDERS: dict[str, Order] = {"random": _at_random, "oldest": _oldest, "gain": _by_gain, "ease": _by_ease}
