"""All engines of a project together: one suggestion a mention (the rule: domain.suggestions.merging).

F1 is best when all is shown whose chance is at least half of the best F1 that can be had (Lipton, Elkan &
Narayanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure", ECML PKDD 2014). So where
text is hard and every engine is often wrong, more has to be shown, not less. The best that one engine alone
reaches on gold stands for the best that can be had: it is a little less, which errs on the side of showing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any, ClassVar

from annotator.schemas.definition import Overlap
from articles.domain.evaluations.calibration import Calibrator
from articles.domain.spans import Suggestion
from articles.domain.suggestions.merging import Voice, merge
from articles.engines.base import ArticleText, Engine, Setting, SettingsError, Stage

MARK_CHARACTERS = 6


class EnsembleEngine(Engine):
    """Reads what the other engines say. Like every engine of its stage it is given two settings more when it
    is loaded: `calibrations`, by the engine's name what its latest evaluation shows (`articles`, `curves`,
    `recall`, `f1`), and `overlap`, which spans the schema lets stand together."""

    name: ClassVar[str] = "ensemble"
    title: ClassVar[str] = "All engines together"
    description: ClassVar[str] = (
        "Merges what the other engines that are on suggest: one suggestion a mention, as sure as gold shows "
        "them to be. While it is on, annotators see its suggestions only."
    )
    stage: ClassVar[Stage] = Stage.MERGES
    settings_form: ClassVar[tuple[Setting, ...]] = (
        Setting(
            "hide_below",
            "number",
            "Hide below, in percent",
            "Suggestions that are less likely right are left out; 0 shows all. Empty: half of the best F1 "
            "that an engine reaches on gold, which is where F1 of all together is best.",
            None,
        ),
    )

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        super().__init__(settings, labels)
        calibrations = settings.get("calibrations") or {}
        self._least = _least(settings.get("hide_below"), calibrations)
        self._voices = {name: _voice(one) for name, one in calibrations.items()}
        self._overlap = _overlap(settings.get("overlap") or {})
        self.version = _version(calibrations)

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            merged = merge(article.suggestions, self._voices, self._overlap)
            yield [one for one in merged if (one.confidence or 0) >= self._least]


def _least(percent: object, calibrations: Mapping[str, Mapping[str, Any]]) -> float:
    """The chance from which on a suggestion is shown. Without a percentage and without gold all are. Raises
    SettingsError."""
    if percent is None or percent == "":
        return max((float(one.get("f1", 0)) for one in calibrations.values()), default=0.0) / 2
    if not isinstance(percent, int | float) or not 0 <= percent <= 100:
        raise SettingsError({"hide_below": "Give a number from 0 to 100, or leave it empty."})
    return percent / 100


def _voice(calibration: Mapping[str, Any]) -> Voice:
    curves = calibration.get("curves")
    calibrator = Calibrator.from_json(curves) if curves else Calibrator()
    return Voice(calibrator, dict(calibration.get("recall") or {}))


def _overlap(allowed: Mapping[str, Any]) -> Overlap:
    known = {one.name for one in fields(Overlap)}
    return Overlap(**{name: bool(value) for name, value in allowed.items() if name in known})


def _version(calibrations: Mapping[str, Mapping[str, Any]]) -> str:
    """What the chances stand on: how much gold, and a mark that changes with what it shows."""
    if not calibrations:
        return f"{EnsembleEngine.version}, no gold"
    articles = max(int(one.get("articles", 0)) for one in calibrations.values())
    shown = json.dumps(calibrations, sort_keys=True).encode()
    return f"{EnsembleEngine.version}, {articles} gold, {sha256(shown).hexdigest()[:MARK_CHARACTERS]}"
