"""Suggestions of several engines merged: one a mention, with the chance that it is right.

What each engine says of its own confidence is first mended by its calibrator, which is fitted on gold;
without one the engine is believed. Then log-odds are added, as naive Bayes does for even odds, with two
changes:

- Engines err together: they read the same text, share lists, and one learns from another. So the surest
  counts in full, and each other that says the same by OTHERS of its log-odds, never against. Experts who
  depend on each other are worth less than their number (Winkler, "Combining Probability Distributions from
  Dependent Information Sources", Management Science 27, 1981).
- An engine that is silent where it finds most of gold speaks against: by the chance of its silence, which is
  1 - recall (Dawid & Skene, "Maximum Likelihood Estimation of Observer Error-Rates", Applied Statistics 28,
  1979), at the same discount. One that offers the same label with other bounds is neither for nor against.

Of suggestions that cannot stand together the more likely stays (articles.domain.suggestions.conflicts).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log

from annotator.schemas.definition import Overlap
from articles.domain.evaluations.calibration import Calibrator
from articles.domain.spans import Suggestion, without_repeats
from articles.domain.suggestions.conflicts import without_conflicts

OTHERS = 0.5
# Nothing is certain: no engine's word weighs more than this chance, for or against.
SUREST = 0.99
MOST_RECALL = 0.9

Place = tuple[int, int, str]
Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Voice:
    """What gold shows about an engine: how far its confidence can be trusted, and by label the proportion of
    gold that it finds."""

    calibrator: Calibrator = field(default_factory=Calibrator)
    recall: Mapping[str, float] = field(default_factory=dict)


def merge(
    said: Mapping[str, Sequence[Suggestion]], voices: Mapping[str, Voice], overlap: Overlap
) -> list[Suggestion]:
    """One suggestion for each mention, in reading order. Its confidence is the chance that it is right; its
    sources are the engines that suggest it.

    `said` has the suggestions by the engine's name. An engine without any suggestion in an article may not
    know its language, so it does not count against the others.
    """
    heard = {name: _Heard.of(found, voices.get(name, Voice())) for name, found in said.items() if found}
    places = {(one.start, one.end, one.label) for found in said.values() for one in found}
    merged = {place: _merged(place, heard) for place in sorted(places)}
    offers = [
        {"start": one.start, "end": one.end, "label": one.label,
         "confidence": one.confidence, "sources": one.sources}
        for one in merged.values()
    ]  # fmt: skip
    chosen = without_conflicts(offers, [], overlap)
    return [merged[one["start"], one["end"], one["label"]] for one in chosen]


def combined(chances: Sequence[float], silences: Sequence[float] = ()) -> float:
    """The chance that a mention is right that some engines suggest with `chances`, and that other engines,
    with these recalls, do not suggest. `chances` are in [0, 1] and not empty."""
    surest, *others = sorted(map(_log_odds, chances), reverse=True)
    support = sum(max(0.0, one) for one in others)
    objection = sum(-log(1 - min(recall, MOST_RECALL)) for recall in silences)
    total = surest + OTHERS * (support - objection)
    return min(SUREST, max(1 - SUREST, 1 / (1 + exp(-total))))


@dataclass(frozen=True)
class _Heard:
    """What one engine says of an article."""

    voice: Voice
    by_place: Mapping[Place, Suggestion]
    by_label: Mapping[str, Sequence[Bounds]]

    @classmethod
    def of(cls, found: Sequence[Suggestion], voice: Voice) -> _Heard:
        by_label = defaultdict[str, list[Bounds]](list)
        each = without_repeats(found)
        for one in each:
            by_label[one.label].append((one.start, one.end))
        return cls(voice, {(one.start, one.end, one.label): one for one in each}, by_label)

    def is_silent_at(self, place: Place) -> bool:
        start, end, label = place
        return not any(first < end and start < last for first, last in self.by_label.get(label, ()))


def _merged(place: Place, heard: Mapping[str, _Heard]) -> Suggestion:
    start, end, label = place
    voters = {name: one.by_place[place] for name, one in heard.items() if place in one.by_place}
    chances = [heard[name].voice.calibrator(label, vote.confidence) for name, vote in voters.items()]
    silent = [one.voice.recall.get(label, 0.0) for one in heard.values() if one.is_silent_at(place)]
    links = dict.fromkeys(link for vote in voters.values() for link in vote.links)
    return replace(
        Suggestion(start, end, label),
        confidence=round(combined(chances, silent), 4),
        sources=tuple(sorted(voters)),
        links=tuple(links),
    )


def _log_odds(chance: float) -> float:
    kept = min(SUREST, max(1 - SUREST, chance))
    return log(kept / (1 - kept))
