from __future__ import annotations

from typing import Any

import pytest

from articles.domain.evaluations.calibration import Judged, fit
from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, SettingsError
from articles.engines.ensemble import EnsembleEngine

LABELS = frozenset({"PERSON", "ORG"})
SAID = {"spacy": [Suggestion(0, 4, "PERSON", 0.8)], "newswire": [Suggestion(9, 14, "ORG", 0.3)]}

BELIEVED: dict[str, Any] = {"evaluation": 1, "curves": None, "recall": {}}


def read(settings: dict[str, Any]) -> list[Suggestion]:
    (found,) = EnsembleEngine(settings, LABELS).annotate([ArticleText(1, "Mara and Press", suggestions=SAID)])
    return found


def test_what_is_less_likely_than_wanted_is_left_out() -> None:
    assert [one.label for one in read({"hide_below": 35})] == ["PERSON"]
    assert [one.label for one in read({"hide_below": 0})] == ["PERSON", "ORG"]
    assert read({"hide_below": 90}) == []


@pytest.mark.parametrize("empty", [{}, {"hide_below": None}, {"hide_below": ""}])
def test_left_empty_half_of_the_best_f1_on_gold_is_the_least_and_without_gold_all_is_shown(
    empty: dict[str, Any],
) -> None:
    assert len(read(empty)) == 2
    for f1, shown in ((0.58, 2), (0.62, 1)):  # the unsure one is .3 sure
        gold = {"spacy": {**BELIEVED, "f1": f1}, "newswire": {**BELIEVED, "f1": 0.1}}
        assert len(read({**empty, "calibrations": gold})) == shown


@pytest.mark.parametrize("percent", [-1, 101, "many", float("nan")])
def test_a_threshold_that_is_no_percentage_is_refused(percent: object) -> None:
    with pytest.raises(SettingsError, match="0 to 100"):
        EnsembleEngine({"hide_below": percent}, LABELS)


def test_calibrations_decide_and_the_version_names_them() -> None:
    wrong = fit(Judged("PERSON", 0.8, right=False) for _ in range(200)).to_json()
    calibrations = {"spacy": {"articles": 12, "curves": wrong, "recall": {"PERSON": 0.4}}}
    assert [one.label for one in read({"hide_below": 20, "calibrations": calibrations})] == ["ORG"]
    version = EnsembleEngine({"calibrations": calibrations}, LABELS).version
    assert version.startswith("1, 12 gold, ")
    calibrations["spacy"]["recall"] = {"PERSON": 0.5}
    assert EnsembleEngine({"calibrations": calibrations}, LABELS).version != version
    assert EnsembleEngine({}, LABELS).version == "1, no gold"
