"""How good the suggestions are: spaCy alone, the newswire engine alone, both as the editor offers them, and both
merged by the ensemble, before there is any gold and calibrated on the half that is not reported. So the
calibration error, too, is that of articles the curves have not seen.

`python -m bench.engines.quality` prints what is reported. With `--development` it prints the half that the
engines may be improved on, which is never the one that is told of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from annotator.schemas.definition import Overlap
from articles.domain.evaluations.calibration import Judged, expected_calibration_error, fit, reliability
from articles.domain.measures.f_measure import Mention
from articles.domain.measures.scores import Counts, Tally, score
from articles.domain.spans import Suggestion
from articles.domain.suggestions.conflicts import without_conflicts
from articles.engines.base import Engine
from articles.engines.ensemble import EnsembleEngine
from articles.engines.newswire import NewswireEngine
from articles.engines.spacy import SpacyEngine
from bench.engines.annotated import Annotated, DataSet, news, published, stories

Offers = list[list[Suggestion]]


def measure() -> None:
    _measure(is_development=False)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.engines.quality", description=__doc__)
    options.add_argument("--development", action="store_true", help="the half to improve engines on")
    _measure(is_development=options.parse_args().development)


def _measure(*, is_development: bool) -> None:
    print(f"{'exact, all labels':34} {'precision':>9} {'recall':>7} {'F1':>6} {'calibration error':>18}")
    for one in (news(), stories(), *published()):
        if isinstance(one, str):
            print(one)
        else:
            _tell(one, one.development if is_development else one.reported)


def _tell(data: DataSet, articles: Sequence[Annotated]) -> None:
    mentions = sum(len(one.gold) for one in articles)
    print(f"{data.name}: {len(articles):,} articles, {mentions:,} mentions")
    for name, offers in systems(data, articles).items():
        counts, error = micro(articles, offers), calibration_error(articles, offers)
        figures = f"{counts.precision:9.3f} {counts.recall:7.3f} {counts.f1:6.3f} {error:18.3f}"
        print(f"  {name:32} {figures}", flush=True)


def systems(data: DataSet, articles: Sequence[Annotated]) -> dict[str, Offers]:
    """What an annotator is offered of each article, by what offers it."""
    engines: dict[str, Engine] = {
        "spaCy": SpacyEngine({}, data.labels),
        "newswire": NewswireEngine({}, data.labels),
    }
    found = _found(engines, articles)
    shown = {name: [offered({name: one[name]}, data.overlap) for one in found] for name in engines}
    shown["newswire + spaCy"] = [offered(one, data.overlap) for one in found]
    learned = _calibrations(data.development, _found(engines, data.development))
    for name, calibrations in (("ensemble, no gold yet", {}), ("ensemble, calibrated elsewhere", learned)):
        settings = {"calibrations": calibrations, "overlap": asdict(data.overlap)}
        ensemble = EnsembleEngine(settings, data.labels)
        texts = [replace(one.article, suggestions=said) for one, said in zip(articles, found, strict=True)]
        shown[name] = [offered({name: one}, data.overlap) for one in ensemble.annotate(texts)]
    return shown


def _found(engines: Mapping[str, Engine], articles: Sequence[Annotated]) -> list[dict[str, list[Suggestion]]]:
    """What each engine says, article by article."""
    texts = [one.article for one in articles]
    said = {name: list(engine.annotate(texts)) for name, engine in engines.items()}
    return [{name: said[name][number] for name in said} for number in range(len(texts))]


def _calibrations(
    articles: Sequence[Annotated], found: Sequence[Mapping[str, Sequence[Suggestion]]]
) -> dict[str, dict[str, Any]]:
    """As an evaluation keeps them, from the half that nothing is told of."""
    known: dict[str, dict[str, Any]] = {}
    for number, name in enumerate(found[0]):
        offers = [list(said[name]) for said in found]
        tally = _tally(articles, offers)
        recall = {label: counts.recall for label, counts in tally.labels.items()}
        curves = fit(judged(articles, offers)).to_json()
        known[name] = {"evaluation": number, "curves": curves, "recall": recall, "f1": tally.micro.f1}
    return known


def offered(found: Mapping[str, Iterable[Suggestion]], overlap: Overlap) -> list[Suggestion]:
    """As `articles.queries.layers.bodies.open_suggestions` merges the layers of several engines."""
    merged: dict[tuple[int, int, str], dict[str, Any]] = {}
    for engine, suggestions in found.items():
        for one in suggestions:
            place = {"start": one.start, "end": one.end, "label": one.label}
            offer = merged.setdefault(
                (one.start, one.end, one.label), {**place, "confidence": 0.0, "sources": []}
            )
            offer["confidence"] = max(offer["confidence"], one.confidence or 0.0)
            offer["sources"].append(engine)
    chosen = without_conflicts(list(merged.values()), [], overlap)
    return [Suggestion(one["start"], one["end"], one["label"], one["confidence"]) for one in chosen]


def micro(articles: Sequence[Annotated], offers: Offers) -> Counts:
    return _tally(articles, offers).micro


def calibration_error(articles: Sequence[Annotated], offers: Offers) -> float:
    """How far confidence is from the share that is right, in the mean over what is offered."""
    return expected_calibration_error(reliability(judged(articles, offers))) or 0.0


def judged(articles: Sequence[Annotated], offers: Offers) -> list[Judged]:
    return [
        Judged(it.label, it.confidence, _mention(it) in one.gold)
        for one, found in zip(articles, offers, strict=True)
        for it in found
    ]


def _tally(articles: Sequence[Annotated], offers: Offers) -> Tally:
    readings = [frozenset(map(_mention, found)) for found in offers]
    return score(zip((one.gold for one in articles), readings, strict=True)).exact


def _mention(one: Suggestion) -> Mention:
    return one.start, one.end, one.label, ()


if __name__ == "__main__":
    main()
