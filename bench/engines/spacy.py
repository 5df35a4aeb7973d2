"""The spaCy engine in Celery workers of a whole installation, held against `nlp.pipe` alone."""

from __future__ import annotations

import statistics

from bench.engines.ceilings import seconds
from bench.engines.news import texts
from bench.engines.running import fill, run_seconds, spans_an_article
from bench.interchange.site import open_site, say

ARTICLES = 300
TURNS = 5


def measure() -> None:
    one = _one_worker()
    two = _workers(2)
    say("two worker processes against one", f"{two / one:.2f}", ">= 1.7")


def _one_worker() -> float:
    """Articles/s, measured in turns with the ceiling."""
    stories = list(texts(ARTICLES))
    raw, ours = [], []
    with open_site("--workers", "1") as site:
        fill(site, "news", stories)
        run_seconds(site, "news", "spacy")  # the worker loads the pipeline
        for _ in range(TURNS):
            raw.append(seconds("spacy", stories))
            ours.append(run_seconds(site, "news", "spacy"))
        found = spans_an_article(site, "spacy")
    ceiling, rate = ARTICLES / statistics.median(raw), ARTICLES / statistics.median(ours)
    say("ceiling: nlp.pipe with the recogniser alone", f"{ceiling:.1f} articles/s, {found:.0f} names each")
    say("one worker, to committed layers", f"{rate:.1f} articles/s")
    share = statistics.median(bare / whole for bare, whole in zip(raw, ours, strict=True))
    say("of the ceiling", f"{share:.2f}", ">= 0.85")
    return rate


def _workers(count: int) -> float:
    with open_site("--workers", str(count)) as site:
        fill(site, "news", list(texts(ARTICLES)))
        run_seconds(site, "news", "spacy")
        rate = ARTICLES / statistics.median(run_seconds(site, "news", "spacy") for _ in range(TURNS))
    say(f"{count} workers, to committed layers", f"{rate:.1f} articles/s")
    return rate
