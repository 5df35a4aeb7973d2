"""The learned engine: what it finds after 25 and 100 articles of gold, and what learning and reading cost.

F1 is measured on wikigold (Balasuriya et al., 2009) if its folder is named: `ANNOTATOR_BENCH_DATA=folder make bench-engines
PARTS=learned`, where `wikigold/wikigold.conll.txt` is in it. Ten sentences are an article; 130 articles, shuffled
by the seed, are to learn from and 40 to test; the mean of five seeds counts. Word groups are learned from the
texts of all 130. The engine was developed on seeds from 101 on.
"""

from __future__ import annotations

import os
import random
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from statistics import mean
from uuid import UUID

from annotator.lib.garbage import collect_seldom
from articles.domain.spans import Span
from articles.engines.base import ArticleText, Lesson
from articles.engines.learned import LearnedEngine
from articles.engines.newswire import NewswireEngine
from bench.interchange.site import say

SEEDS = (1, 2, 3, 4, 5)
SENTENCES = 10
TO_LEARN, TO_TEST = 130, 40
PLAIN = {25: 0.46, 100: 0.61}  # a conditional random field without all that is said to help
ARTICLES, LENGTH, LABELS = 400, 1600, 29


def measure() -> None:
    _measure_finding()
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:  # so that the peak is of this work only
        seconds, peak, rate = alone.submit(cost).result()
    say(
        f"learning from {ARTICLES} articles of {LENGTH:,} characters, {LABELS} labels",
        f"{seconds:.1f} s of CPU",
        "<= 30 s",
    )
    say("peak memory of it", f"{peak:.0f} MB", "<= 500 MB")
    say("reading, one core", f"{rate:.0f} articles/s", ">= 150")


def _measure_finding() -> None:
    file = Path(os.environ.get("ANNOTATOR_BENCH_DATA", "")) / "wikigold" / "wikigold.conll.txt"
    if not file.is_file():
        print(
            "F1 is not measured: ANNOTATOR_BENCH_DATA names no folder with wikigold/wikigold.conll.txt in it."
        )
        return
    lessons = wikigold(file)
    for told, some in (("", lessons), (", told what newswire says", list(_with_newswire(lessons)))):
        for count, plain in PLAIN.items():
            scores = [learned_f1(some, seed, count) for seed in SEEDS]
            each = " ".join(f"{score:.3f}" for score in scores)
            say(f"F1 after {count} articles{told}", f"{mean(scores):.3f} ({each})", f"> {plain}")


def learned_f1(lessons: Sequence[Lesson], seed: int, count: int) -> float:
    """Exact entity F1 on the test articles of a seed, after `count` articles."""
    shuffled = list(lessons)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - a split, not a secret
    taught, test = shuffled[:TO_LEARN], shuffled[TO_LEARN : TO_LEARN + TO_TEST]
    labels = frozenset(span.label for lesson in lessons for span in lesson.spans)
    texts = [lesson.article.text for lesson in taught]
    engine = LearnedEngine({}, labels, LearnedEngine.train({}, labels, taught[:count], texts=texts))
    return exact_f1(engine, test)


def exact_f1(engine: LearnedEngine, test: Sequence[Lesson]) -> float:
    hits = found = gold = 0
    for lesson, there in zip(test, engine.annotate([one.article for one in test]), strict=True):
        right = {(span.start, span.end, span.label) for span in lesson.spans}
        hits += len(right & {(one.start, one.end, one.label) for one in there})
        found, gold = found + len(there), gold + len(right)
    return 2 * hits / max(1, found + gold)


def wikigold(file: Path) -> list[Lesson]:
    return list(in_columns([file]))


def in_columns(files: Iterable[Path]) -> Iterator[Lesson]:
    """Articles of ten sentences, one a line, from files of words and tags in columns."""
    blocks = [block for file in files for block in file.read_text("utf-8").split("\n\n")]
    sentences = [
        [line.split() for line in block.splitlines() if line.strip() and not line.startswith("-DOCSTART-")]
        for block in blocks
    ]
    sentences = [sentence for sentence in sentences if sentence]
    for number, first in enumerate(range(0, len(sentences), SENTENCES)):
        yield _lesson(number, sentences[first : first + SENTENCES])


def _lesson(number: int, sentences: Sequence[Sequence[Sequence[str]]]) -> Lesson:
    """Neighbouring words of one label are one mention, unless a B- begins another: not all sets have them."""
    text, spans = "", list[Span]()
    for sentence in sentences:
        label_before = ""
        for word, *_, tag in sentence:
            prefix, _, label = tag.partition("-")
            start, text = len(text), f"{text}{word} "
            if label and label == label_before and prefix != "B":
                spans[-1] = replace(spans[-1], end=start + len(word))
            elif label:
                spans.append(Span(UUID(int=len(spans)), start, start + len(word), label))
            label_before = label
        text = f"{text[:-1]}\n"
    return Lesson(ArticleText(number, text, "en"), tuple(spans))


def _with_newswire(lessons: Sequence[Lesson]) -> Iterator[Lesson]:
    labels = frozenset(span.label for lesson in lessons for span in lesson.spans)
    for lesson, found in zip(
        lessons, NewswireEngine({}, labels).annotate(one.article for one in lessons), strict=True
    ):
        yield replace(lesson, article=replace(lesson.article, suggestions={"newswire": found}))


def cost() -> tuple[float, float, float]:
    """Seconds of learning and megabytes at its peak; articles read a second. By the time of this process, which
    is set as those of workers are."""
    collect_seldom()
    lessons = list(invented(ARTICLES))
    labels = frozenset(span.label for lesson in lessons for span in lesson.spans)
    began = time.process_time()
    model = LearnedEngine.train({}, labels, lessons)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    engine = LearnedEngine({}, labels, model)
    began = time.process_time()
    for _ in engine.annotate(lesson.article for lesson in lessons):
        pass
    return seconds, peak, len(lessons) / (time.process_time() - began)


def invented(count: int) -> Iterator[Lesson]:
    """Articles of invented words. Names follow a word that tells their label, most of the time; some long ones
    hold another."""
    chance = random.Random(7)  # noqa: S311 - a corpus, not a secret
    words = [_word(chance) for _ in range(6000)]
    frequent = [1 / (rank + 3) for rank in range(len(words))]
    for number in range(count):
        text, spans = "", list[Span]()
        while len(text) < LENGTH:
            text += " ".join(chance.choices(words, frequent, k=chance.randint(3, 12))) + " "
            kind = chance.randrange(LABELS)
            text += f"{words[-kind - 1]} " if chance.random() < 0.8 else ""
            name = [_word(chance).title() for _ in range(chance.randint(1, 4))]
            start, text = len(text), text + " ".join(name)
            spans.append(Span(UUID(int=len(spans)), start, len(text), f"L{kind}"))
            if len(name) > 2:
                spans.append(
                    Span(UUID(int=len(spans)), start, start + len(name[0]), f"L{(kind + 1) % LABELS}")
                )
            text += chance.choice((" ", " ", ", ", ". ", ".\n"))
        yield Lesson(ArticleText(number, text), tuple(spans))


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(2, 4))
    )
