"""Time and memory against the number of articles, as a table and a chart in docs/: 10,000, 100,000 and 1,000,000.

`.venv/bin/python -m bench.interchange.curves` takes a quarter of an hour and 15 GB of disk; sizes may be named.
"""

from __future__ import annotations

import base64
import statistics
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from bench.interchange.chart import draw
from bench.interchange.news import pieces, vocabulary, write_jsonl
from bench.interchange.site import Site, memory_watched, open_site, say
from tests.installation import ROOT

SIZES = (10_000, 100_000, 1_000_000)
RUNS = 31
READ = 2**20


@dataclass
class Row:
    """Seconds, milliseconds (p50) and MB of the largest process of a kind, at one number of articles."""

    articles: int
    import_seconds: float
    import_web_mb: float
    import_worker_mb: float
    list_first_ms: float
    list_late_ms: float
    search_rare_ms: float
    search_two_words_ms: float
    export_seconds: float
    export_first_byte_seconds: float
    export_web_mb: float


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    rows = []
    for size in sizes:
        with open_site() as site:
            rows.append(measured(site, size))
        say(
            f"{size:,} articles", ", ".join(f"{name} {value:.4g}" for name, value in asdict(rows[-1]).items())
        )
    write_table(rows, ROOT / "docs" / "interchange-curves.csv")
    draw([asdict(row) for row in rows], ROOT / "docs" / "interchange-curves.svg")


def measured(site: Site, size: int) -> Row:
    corpus = site.installation.data.parent / "corpus.jsonl"
    write_jsonl(corpus, size)
    site.make_project("news")
    with memory_watched(site) as taken:
        began = time.monotonic()
        job = site.upload("news", pieces(corpus), corpus.stat().st_size, twins="import")
        site.wait(job["id"])
        imported = time.monotonic() - began
    corpus.unlink()
    with site.database() as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
    with memory_watched(site) as given:
        exported, first = export(site)
    words = vocabulary()
    path = "projects/news/articles/?page_size=50"
    late = late_cursor(site)
    return Row(
        articles=size,
        import_seconds=imported,
        import_web_mb=taken.by_kind["web"],
        import_worker_mb=taken.by_kind["worker"],
        list_first_ms=p50(lambda: site.call("GET", path)),
        list_late_ms=p50(lambda: site.call("GET", f"{path}&cursor={late}")),
        search_rare_ms=p50(lambda: site.call("GET", f"{path}&q={words[-5]}")),
        search_two_words_ms=p50(lambda: site.call("GET", f"{path}&q={words[300]}%20{words[700]}")),
        export_seconds=exported,
        export_first_byte_seconds=first,
        export_web_mb=given.by_kind["web"],
    )


def export(site: Site) -> tuple[float, float]:
    """Seconds of a JSONL export of all articles, and to its first byte."""
    began = time.monotonic()
    with urllib.request.urlopen(
        site.get("projects/news/export/?format=jsonl&layer=all"), timeout=3600
    ) as file:
        file.read(1)
        first = time.monotonic() - began
        while file.read(READ):
            pass
    return time.monotonic() - began, first


def late_cursor(site: Site) -> str:
    """The cursor of a page near the end, as the list gives it to whoever reads that far."""
    last = site.call("GET", "projects/news/articles/?page_size=1&ordering=-id")["results"][0]["id"]
    return base64.urlsafe_b64encode(orjson.dumps([last - 100, last - 100, 0])).decode().rstrip("=")


def p50(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.monotonic()
        work()
        times.append((time.monotonic() - began) * 1000)
    return statistics.median(times)


def write_table(rows: list[Row], path: Path) -> None:
    names = list(asdict(rows[0]))
    lines = [",".join(names), *(",".join(f"{value:.4g}" for value in asdict(row).values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
