from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from nltk.metrics.agreement import AnnotationTask

from articles.domain.agreement.figures import summary
from articles.domain.agreement.pair_counts import Reading, Tokens, count_pair
from articles.domain.agreement.tables import ComparedPair
from articles.domain.measures.f_measure import FEWEST_ARTICLES, Mention

# A text of fifty words of one character.
TEXT = Tokens(list(range(0, 100, 2)), list(range(1, 101, 2)), 100)
LABELS = ("PERSON", "ORG", "GPE")


def noisy(seed: int) -> Reading:
    chance = random.Random(seed)
    marked = set[Mention]()
    for at in range(0, 50, 5):
        if chance.random() < 0.8:
            length = chance.choice((1, 2, 2))
            marked.add((2 * at, 2 * at + 2 * length - 1, chance.choice(LABELS), ()))
    said = chance.sample(("sport", "trade"), chance.randint(1, 2))
    return Reading(frozenset(marked), labels=frozenset(said))


def compare(readings: Sequence[Sequence[Reading | None]]) -> list[ComparedPair]:
    """Of articles x people; None where somebody has not read it."""
    pairs = []
    for article, row in enumerate(readings):
        there = [(person, reading) for person, reading in enumerate(row) if reading]
        for place, (first, a) in enumerate(there):
            for second, b in there[place + 1 :]:
                day = date(2026, 3, 2) + timedelta(days=article)
                pairs.append(ComparedPair(article, first, second, day, len(there), count_pair(TEXT, a, b)))
    return pairs


THREE = [[noisy(10 * article + person // 2) for person in range(3)] for article in range(14)]


def test_below_the_floor_there_is_no_figure_at_all() -> None:
    found = summary(compare([row[:2] for row in THREE[: FEWEST_ARTICLES - 1]]))
    assert (found["articles"], found["entities"], found["tokens"], found["labels"]) == (9, None, None, [])
    assert found["people"][0]["exact"] is None
    assert found["kinds"]["same"] > 0
    assert summary([])["articles"] == 0


def test_f1_of_two_people_is_of_all_their_entities_together() -> None:
    found = summary(compare([row[1:] for row in THREE]))
    exact, low, high = found["people"][0]["exact"]
    assert low < exact < high
    common, marked = 0, 0
    for _, one, other in THREE:
        common += len(one.mentions & other.mentions)
        marked += len(one.mentions) + len(other.mentions)
    assert exact == pytest.approx(2 * common / marked, abs=1e-4)
    assert found["entities"]["exact"][0] == exact
    first, second = found["people"][0]["found_by_first"][0], found["people"][0]["found_by_second"][0]
    assert exact == pytest.approx(2 * first * second / (first + second), abs=1e-3)


def test_the_same_readings_agree_in_everything() -> None:
    found = summary(compare([[row[0], row[0]] for row in THREE]))
    figures = [*found["entities"].values(), found["tokens"]["alpha"], found["said"]["alpha"]]
    figures += [found["people"][0]["label_kappa"], found["people"][0]["token_kappa"]]
    assert figures == [[1.0, 1.0, 1.0]] * len(figures)


def tokens_of(reading: Reading) -> list[str]:
    under = ["-"] * len(TEXT.starts)
    for start, end, label, _ in reading.mentions:
        under[start // 2 : (end + 1) // 2] = [label] * ((end + 1) // 2 - start // 2)
    return under


def test_alpha_over_tokens_and_sets_with_readings_missing_is_that_of_an_independent_program() -> None:
    readings: list[list[Reading | None]] = [list(row) for row in THREE]
    for article in range(0, 14, 3):
        readings[article][article % 2] = None
    found = summary(compare(readings))
    there = [
        (person, article, reading)
        for article, row in enumerate(readings)
        for person, reading in enumerate(row)
        if reading
    ]
    tokens = AnnotationTask(
        [
            (str(person), f"{article} {place}", label)
            for person, article, reading in there
            for place, label in enumerate(tokens_of(reading))
        ]
    )
    assert found["tokens"]["alpha"][0] == pytest.approx(tokens.alpha(), abs=1e-4)


def test_kappa_over_tokens_is_that_of_an_independent_program() -> None:
    found = summary(compare([row[1:] for row in THREE]))
    task = AnnotationTask(
        [
            (str(person), f"{article} {place}", label)
            for article, row in enumerate(THREE)
            for person, reading in enumerate(row)
            for place, label in enumerate(tokens_of(reading))
        ]
    )
    assert found["people"][0]["token_kappa"][0] == pytest.approx(task.kappa_pairwise("1", "2"), abs=1e-4)


def test_weeks_with_too_few_articles_have_no_figure() -> None:
    weeks = summary(compare([row[:2] for row in THREE]))["weeks"]
    assert [(one["week"], one["articles"], one["exact"]) for one in weeks] == [
        ("2026-03-02", 7, None),
        ("2026-03-09", 7, None),
    ]


def test_relations_count_by_type_and_apart_from_whether_their_ends_were_marked() -> None:
    mara, press, oslo = ((at, at + 3, "PERSON", ()) for at in (0, 10, 20))
    works, lives = ("works_for", mara, press), ("lives_in", mara, oslo)
    first = Reading(frozenset([mara, press, oslo]), frozenset([works, lives]))
    second = Reading(frozenset([mara, press]), frozenset([works]))
    found = summary(compare([[first, second]] * FEWEST_ARTICLES))["relations"]["types"]
    assert [(row["type"], row["drawn"], row["f1"][0], row["f1_of_possible"]) for row in found] == [
        ("", 30, 0.6667, [1.0, 1.0, 1.0]),
        ("lives_in", 10, 0.0, None),
        ("works_for", 20, 1.0, [1.0, 1.0, 1.0]),
    ]
