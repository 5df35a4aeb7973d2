from __future__ import annotations

from uuid import UUID

import orjson
import pytest

from articles.domain.evaluations.calibration import Calibrator
from articles.domain.evaluations.evaluated import Evaluated, tally_of
from articles.domain.measures.scores import Counts
from articles.domain.spans import Span, Suggestion

GOLD = [
    Span(UUID(int=1), 0, 5, "PERSON"),
    Span(UUID(int=2), 10, 15, "ORG"),
    Span(UUID(int=3), 20, 30, "GPE"),
]
FOUND = [
    Suggestion(0, 5, "PERSON", 0.9),
    Suggestion(10, 15, "GPE", 0.8),
    Suggestion(22, 30, "GPE", 0.7),
    Suggestion(40, 44, "DATE"),
]


def evaluated(times: int = 1) -> Evaluated:
    one = Evaluated()
    for article in range(1, times + 1):
        one.add(article, GOLD, FOUND)
    return one


def test_figures_tell_scores_kinds_and_confusions() -> None:
    figures = evaluated(2).figures()
    assert figures["articles"] == 2
    assert figures["exact"]["micro"]["true_positive"] == 2
    assert figures["overlap"]["micro"]["true_positive"] == 4
    assert figures["kinds"] == {"right": 2, "label": 2, "boundary": 2, "invented": 2}
    assert figures["confusion"] == [["", "DATE", 2], ["ORG", "GPE", 2], ["PERSON", "PERSON", 2]]


def test_the_counts_of_articles_come_back_from_json() -> None:
    figures = orjson.loads(orjson.dumps(evaluated(3).figures()))
    tally = tally_of(figures["by_article"], ["1", "3"])
    assert tally.labels["GPE"] == Counts(0, 4, 2)
    assert tally.micro == Counts(2, 6, 4)


def test_calibration_counts_what_is_right_at_each_confidence() -> None:
    calibration = evaluated(40).figures()["calibration"]
    assert [(count, right) for _, _, count, _, right in calibration["bins"]] == [(40, 0), (40, 0), (40, 1)]
    assert calibration["error"] == pytest.approx((0.7 + 0.8 + 0.1) / 3, abs=1e-3)
    assert calibration["mended"] < 0.1
    assert calibration["labels"]["PERSON"]["error"] == pytest.approx(0.1)
    assert Calibrator.from_json(calibration["curves"])("PERSON", 0.9) > 0.95


def test_an_engine_without_confidences_has_no_calibration_error() -> None:
    one = Evaluated()
    one.add(1, GOLD, [Suggestion(0, 5, "PERSON")])
    assert one.figures()["calibration"]["error"] is None


def test_nothing_measured_is_nothing() -> None:
    figures = Evaluated().figures()
    assert (figures["articles"], figures["confusion"], figures["by_article"]) == (0, [], {})
