from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.evaluations.calibration import (
    Bin,
    Calibrator,
    Curve,
    Judged,
    expected_calibration_error,
    fit,
    reliability,
)

judgements = st.lists(
    st.builds(
        Judged,
        label=st.sampled_from(["PERSON", "GPE"]),
        confidence=st.none() | st.floats(0, 1),
        right=st.booleans(),
    ),
    max_size=120,
)


def drawn(count: int, chance: Callable[[float], float], seed: int = 1, label: str = "PERSON") -> list[Judged]:
    """Suggestions of an engine that is right with `chance(confidence)`."""
    lot = random.Random(seed)
    confidences = [lot.random() for _ in range(count)]
    return [Judged(label, one, lot.random() < chance(one)) for one in confidences]


def test_bins_hold_their_upper_bound_and_leave_out_what_has_no_confidence() -> None:
    judged = [Judged("A", one, True) for one in (0.0, 0.1, 0.11, 0.7, 1.0)] + [Judged("A", None, True)]
    bins = reliability(judged)
    assert [(one.lower, one.upper, one.count) for one in bins] == [
        (0.0, 0.1, 2),
        (0.1, 0.2, 1),
        (0.6, 0.7, 1),
        (0.9, 1.0, 1),
    ]


def test_the_error_weighs_each_bin_by_its_number() -> None:
    sure = [Judged("A", 0.9, n < 5) for n in range(10)]  # 0.4 too sure
    unsure = [Judged("A", 0.2, n < 6) for n in range(30)]  # right
    error = expected_calibration_error(reliability(sure + unsure))
    assert error == pytest.approx((10 * 0.4 + 30 * 0.0) / 40)


def test_without_a_confidence_there_is_no_error() -> None:
    assert expected_calibration_error(reliability([Judged("A", None, True)])) is None


def test_an_engine_that_is_too_sure_is_mended() -> None:
    calibrate = fit(drawn(3_000, lambda one: one**2))
    fresh = drawn(3_000, lambda one: one**2, seed=2)
    before = expected_calibration_error(reliability(fresh))
    mended = [one._replace(confidence=calibrate(one.label, one.confidence)) for one in fresh]
    after = expected_calibration_error(reliability(mended))
    assert before is not None
    assert after is not None
    assert before > 0.15
    assert after < 0.03


def test_an_engine_of_one_confidence_gets_its_share_of_right() -> None:
    calibrate = fit([Judged("GPE", 0.9, n % 4 == 0) for n in range(400)])
    assert calibrate("GPE", 0.9) == pytest.approx(0.25, abs=0.01)


def test_few_data_leave_what_was_believed_before() -> None:
    assert Calibrator()("PERSON", 0.7) == 0.7
    one_mistake = fit([Judged("PERSON", 0.9, False)])
    assert 0.5 < one_mistake("PERSON", 0.9) < 0.9


def test_a_label_without_data_follows_its_engine_and_one_with_data_its_own() -> None:
    persons = [Judged("PERSON", 0.8, True) for _ in range(200)]
    places = [Judged("GPE", 0.8, False) for _ in range(200)]
    calibrate = fit(persons + places)
    assert calibrate("PERSON", 0.8) > 0.95
    assert calibrate("GPE", 0.8) < 0.05
    assert calibrate("ORG", 0.8) == pytest.approx(0.5, abs=0.05)


def test_suggestions_without_a_confidence_have_a_chance_of_their_own() -> None:
    calibrate = fit([Judged("GPE", None, n < 90) for n in range(100)])
    assert calibrate("GPE", None) == pytest.approx(0.9, abs=0.03)


def test_the_curve_is_straight_from_nothing_to_the_last_point_and_level_after_it() -> None:
    curve = Curve(((0.2, 0.1), (0.6, 0.5)))
    assert [curve(x) for x in (0.0, 0.1, 0.2, 0.4, 0.6, 1.0)] == pytest.approx([0, 0.05, 0.1, 0.3, 0.5, 0.5])


def test_what_an_engine_hardly_believes_is_not_as_likely_as_the_little_gold_that_was_sure() -> None:
    calibrate = fit([Judged("GPE", 0.7 + n / 100, n != 4) for n in range(10)])
    assert calibrate("GPE", 0.75) > 0.8
    assert calibrate("GPE", 0.1) < 0.15


@given(judgements, st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_more_confidence_never_means_less_chance(judged: list[Judged], asked: list[float]) -> None:
    calibrate = fit(judged)
    chances = [calibrate("PERSON", one) for one in sorted(asked)]
    assert all(0 <= chance <= 1 for chance in chances)
    assert all(a <= b + 1e-9 for a, b in pairwise(chances))


@given(judgements)
def test_order_does_not_matter_and_json_keeps_the_curves(judged: list[Judged]) -> None:
    calibrate = fit(judged)
    again = Calibrator.from_json(orjson.loads(orjson.dumps(fit(judged[::-1]).to_json())))
    for confidence in (None, 0.0, 0.3, 0.95, 1.0):
        assert again("GPE", confidence) == pytest.approx(calibrate("GPE", confidence), abs=1e-4)


@given(judgements)
def test_the_bins_hold_every_suggestion_with_a_confidence_once(judged: list[Judged]) -> None:
    bins = reliability(judged)
    assert sum(one.count for one in bins) == sum(one.confidence is not None for one in judged)
    assert all(one.lower - 1e-9 <= one.confidence <= one.upper + 1e-9 for one in bins)
    error = expected_calibration_error(bins)
    assert error is None or 0 <= error <= 1


def test_bins_come_back_from_json() -> None:
    one = Bin(0.8, 0.9, 12, 0.85, 0.75)
    assert Bin.from_json(orjson.loads(orjson.dumps(one.to_json()))) == one
