"""How good the suggestions are: spaCy alone, the newswire engine alone, both as the editor offers them, and both
merged by the ensemble, before there is any gold and calibrated on the half that is not reported.

`python -m bench.engines.quality` prints what is reported. With `--development` it prints the half that the
engines may be improved on, which is never the one that is told of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from annotator.schemas.definition import Overlap
from articles.domain.agreement import Mention
from articles.domain.calibration import Judged, fit
from articles.domain.conflicts import without_conflicts
from articles.domain.scores import Counts, score
from articles.domain.spans import Suggestion
from articles.engines.base import Engine
from articles.engines.ensemble import EnsembleEngine
from articles.engines.newswire import NewswireEngine
from articles.engines.spacy import SpacyEngine
from bench.engines.annotated import Annotated, DataSet, news, published

Reading = frozenset[Mention]
Readings = list[Reading]


def measure() -> None:
    _measure(is_development=False)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.engines.quality", description=__doc__)
    options.add_argument("--development", action="store_true", help="the half to improve engines on")
    _measure(is_development=options.parse_args().development)


def _measure(*, is_development: bool) -> None:
    print(f"{'exact, all labels':34} {'precision':>9} {'recall':>7} {'F1':>6}")
    for one in (news(), *published()):
        if isinstance(one, str):
            print(one)
        else:
            _tell(one, one.development if is_development else one.reported)


def _tell(data: DataSet, articles: Sequence[Annotated]) -> None:
    mentions = sum(len(one.gold) for one in articles)
    print(f"{data.name}: {len(articles):,} articles, {mentions:,} mentions")
    for name, readings in systems(data, articles).items():
        counts = micro(articles, readings)
        print(f"  {name:32} {counts.precision:9.3f} {counts.recall:7.3f} {counts.f1:6.3f}", flush=True)


def systems(data: DataSet, articles: Sequence[Annotated]) -> dict[str, Readings]:
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
        judged = [
            Judged(it.label, it.confidence, (it.start, it.end, it.label, ()) in one.gold)
            for one, said in zip(articles, found, strict=True)
            for it in said[name]
        ]
        readings = [frozenset((it.start, it.end, it.label, ()) for it in said[name]) for said in found]
        labels = score(zip((one.gold for one in articles), readings, strict=True)).exact.labels
        recall = {label: counts.recall for label, counts in labels.items()}
        known[name] = {"evaluation": number, "curves": fit(judged).to_json(), "recall": recall}
    return known


def offered(found: Mapping[str, Iterable[Suggestion]], overlap: Overlap) -> Reading:
    """As `articles.queries.layers.open_suggestions` merges the layers of several engines."""
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
    return frozenset((one["start"], one["end"], one["label"], ()) for one in chosen)


def micro(articles: Sequence[Annotated], readings: Sequence[Reading]) -> Counts:
    return score(zip((one.gold for one in articles), readings, strict=True)).exact.micro


if __name__ == "__main__":
    main()
