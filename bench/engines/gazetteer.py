"""The gazetteer of 50,000 names in one Celery worker of a whole installation, held against the bare automaton."""

from __future__ import annotations

import statistics

import orjson

from bench.engines.ceilings import seconds
from bench.engines.news import NAMES, names, texts
from bench.engines.running import fill, forget, run_seconds, spans_an_article
from bench.interchange.site import Site, open_site, say

ARTICLES = 10_000
TURNS = 5
# Mchar/s, of which half must be reached: what the library did with word borders where this was planned.
REFERENCE = 11


def measure() -> None:
    stories = list(texts(ARTICLES))
    characters = sum(map(len, stories)) / 1e6
    automaton, engine, first, again = [], [], [], []
    with open_site("--workers", "1") as site:
        fill(site, "news", stories)
        _set_names(site)
        run_seconds(site, "news", "gazetteer")
        for _ in range(TURNS):
            forget(site)
            automaton.append(characters / seconds("automaton", stories))
            engine.append(characters / seconds("gazetteer", stories))
            first.append(characters / run_seconds(site, "news", "gazetteer"))
            again.append(characters / run_seconds(site, "news", "gazetteer"))
        found = spans_an_article(site, "gazetteer")
    _say(f"ceiling: the automaton of {NAMES:,} names, within words too", automaton)
    _say("the engine alone: at word borders, as suggestions", engine)
    _say(f"one worker, to committed layers, {found:.0f} names an article", first, f">= {REFERENCE / 2}")
    _say("the same, where layers are replaced", again)


def _say(what: str, rates: list[float], must: str = "") -> None:
    say(what, f"{statistics.median(rates):.1f} Mchar/s", must)


def _set_names(site: Site) -> None:
    entries = "\n".join(f"{name}\t{label}" for name, label in names(NAMES))
    settings = orjson.dumps({"entries": entries, "ignore_case": False}).decode()
    with site.database() as connection:
        connection.execute(
            "UPDATE articles_projectengine SET settings = %s WHERE name = 'gazetteer'", [settings]
        )
