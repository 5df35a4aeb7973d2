"""The gazetteer of 50,000 names in one Celery worker of a whole installation, held against the bare automaton."""

from __future__ import annotations

import statistics

import orjson

from bench.engines.ceilings import seconds
from bench.engines.news import names, texts
from bench.engines.running import fill, run_seconds, spans_an_article
from bench.interchange.site import Site, open_site, say

NAMES = 50_000
ARTICLES = 10_000
TURNS = 5


def measure() -> None:
    stories = list(texts(ARTICLES))
    characters = sum(map(len, stories)) / 1e6
    raw, ours = [], []
    with open_site("--workers", "1") as site:
        fill(site, "news", stories)
        _set_names(site)
        run_seconds(site, "news", "gazetteer")
        for _ in range(TURNS):
            raw.append(characters / seconds("automaton", stories))
            ours.append(characters / run_seconds(site, "news", "gazetteer"))
        found = spans_an_article(site, "gazetteer")
    say(f"ceiling: the automaton of {NAMES:,} names", f"{statistics.median(raw):.1f} Mchar/s")
    say(
        f"one worker, to committed layers, {found:.0f} names an article",
        f"{statistics.median(ours):.1f} Mchar/s",
    )
    share = statistics.median(whole / bare for bare, whole in zip(raw, ours, strict=True))
    say("of the ceiling", f"{share:.2f}", ">= 0.5")


def _set_names(site: Site) -> None:
    entries = "\n".join(f"{name}\t{label}" for name, label in names(NAMES))
    settings = orjson.dumps({"entries": entries, "ignore_case": False}).decode()
    with site.database() as connection:
        connection.execute(
            "UPDATE articles_projectengine SET settings = %s WHERE name = 'gazetteer'", [settings]
        )
