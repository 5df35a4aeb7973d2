"""All engines of a project together: one suggestion a mention (the rule: articles.domain.merging)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, ClassVar

from annotator.schemas.definition import Overlap
from articles.domain.calibration import Calibrator
from articles.domain.merging import Voice, merge
from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Engine, Setting, SettingsError, Stage

# F1 is best when all is shown that is at least half as likely right as the best F1 (Lipton, Elkan &
# Narayanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure", 2014): here, .6 to .8.
HIDE_BELOW = 35.0
MOST_VERSION_CHARACTERS = 64


class EnsembleEngine(Engine):
    """Reads what the other engines say. Like every engine of its stage it is given two settings more when it
    is loaded: `calibrations`, by the engine's name what its latest evaluation shows (`evaluation`, `curves`,
    `recall`), and `overlap`, which spans the schema lets stand together."""

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
            "Suggestions that are less likely right are left out. 0 shows all.",
            HIDE_BELOW,
        ),
    )

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        super().__init__(settings, labels)
        self._least = _share(settings.get("hide_below"))
        calibrations = settings.get("calibrations") or {}
        self._voices = {name: _voice(one) for name, one in calibrations.items()}
        self._overlap = _overlap(settings.get("overlap") or {})
        self.version = _version(calibrations)

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            merged = merge(article.suggestions, self._voices, self._overlap)
            yield [one for one in merged if (one.confidence or 0) >= self._least]


def _share(percent: object) -> float:
    """Of a setting that was left empty, the usual one. Raises SettingsError."""
    if percent is None or percent == "":
        percent = HIDE_BELOW
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


def _version(calibrations: Mapping[str, Any]) -> str:
    """Which evaluations the chances stand on."""
    numbers = sorted(int(one["evaluation"]) for one in calibrations.values())
    told = f"evaluations {', '.join(map(str, numbers))}" if numbers else "no gold"
    return f"{EnsembleEngine.version}, {told}"[:MOST_VERSION_CHARACTERS]
