"""How long an export takes from the request to its last byte, beside what PostgreSQL takes to say the same."""

from __future__ import annotations

import statistics
import time
import urllib.request
from dataclasses import dataclass

from bench.interchange.site import Site, memory_watched, say

RUNS = 5
PIECE = 2**20


@dataclass
class Download:
    first: float  # seconds to the first byte
    last: float
    size: int


def measure(site: Site, slug: str, articles: int) -> None:
    """Exports of a project of `articles` gold articles."""
    ceilings, downloads = [], []
    with memory_watched(site) as peak:
        for _ in range(RUNS):
            ceilings.append(ceiling(site))
            downloads.append(download(site, f"projects/{slug}/export/"))
    limit = statistics.median(ceilings)
    say("ceiling: COPY of json_agg, an article a row", f"{limit:.2f} s")
    told(
        f"export {articles:,} articles, JSON Lines", downloads, f"{2 * limit:.2f} s, first byte 0.2 s, 150 MB"
    )
    say("memory of the web worker meanwhile", f"{peak.by_kind['web']:.0f} MB")
    for name, must in (("conll", "8 s"), ("doccano", ""), ("jsonl&split=train:80,dev:10,test:10", "")):
        found = [download(site, f"projects/{slug}/export/?format={name}") for _ in range(3)]
        told(f"export {articles:,} articles, {name}", found, must)


def told(what: str, downloads: list[Download], must: str) -> None:
    first = statistics.median(one.first for one in downloads)
    last = statistics.median(one.last for one in downloads)
    say(what, f"{last:.2f} s, first byte {first:.2f} s, {downloads[0].size / 1e6:.0f} MB", must)


def download(site: Site, path: str) -> Download:
    began = time.monotonic()
    with urllib.request.urlopen(site.get(path), timeout=3600) as response:
        size = len(response.read(1))
        first = time.monotonic() - began
        while piece := response.read(PIECE):
            size += len(piece)
    return Download(first, time.monotonic() - began, size)


def ceiling(site: Site) -> float:
    """Seconds in which PostgreSQL gives out the same articles, one row each, and nobody looks at them."""
    with site.database() as connection, connection.cursor() as cursor:
        began = time.monotonic()
        with cursor.copy(_CEILING) as copy:
            for _ in copy:
                pass
        return time.monotonic() - began


_CEILING = """COPY (
    SELECT a.id, a.external_id, a.text, a.metadata,
        (SELECT json_agg(json_build_array(s.id, s.start, s."end", s.label, s.attributes))
         FROM articles_span s WHERE s.layer_id = l.id)
    FROM articles_article a JOIN articles_layer l ON l.article_id = a.id AND l.approved_at IS NOT NULL
    ORDER BY a.id) TO STDOUT"""
