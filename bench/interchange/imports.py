"""How long an import takes from the first byte sent to the last article listed, and what memory."""

from __future__ import annotations

import time
from uuid import uuid4

from bench.corpus import jsonl
from bench.interchange.site import Site, memory_watched, say

SPANS = 60
GOLD = "gold"  # the project that keeps annotated articles
PIECE = 2**20


def measure(site: Site, articles: int) -> None:
    say(
        "ceiling: COPY binary of spans into a bare table",
        f"{copy_ceiling(site, articles * SPANS):,.0f} spans/s",
    )
    imported(site, "plain", articles, 0, "3 s, 300 MB")
    imported(site, GOLD, articles, SPANS, "8 s, 300 MB")


def imported(site: Site, slug: str, articles: int, spans: int, must: str) -> None:
    site.make_project(slug)
    content = jsonl(articles, spans)
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
    with memory_watched(site) as peak:
        began = time.monotonic()
        job = site.upload(slug, pieces, len(content))
        sent = time.monotonic() - began
        site.wait(job["id"])
        listed = site.call("GET", f"projects/{slug}/articles/?ordering=-id&page_size=1")["results"]
        seconds = time.monotonic() - began
    assert len(listed) == 1
    told = f"{seconds:.1f} s (answered after {sent:.1f} s); peak MB: {peak}"
    say(f"import {articles:,} articles of {spans} spans, {len(content) / 1e6:.0f} MB", told, must)
    site.quiet(slug)


def copy_ceiling(site: Site, rows: int) -> float:
    """Spans a second that PostgreSQL takes by binary COPY into a table without index, key or trigger."""
    columns = ["uuid", "int8", "int4", "int4", "text"]
    made = [
        (uuid4(), number // SPANS, number % SPANS * 20, number % SPANS * 20 + 15, "PERSON")
        for number in range(rows)
    ]
    with site.database() as connection, connection.cursor() as cursor:
        cursor.execute('CREATE TEMP TABLE bare (id uuid, layer bigint, start int, "end" int, label text)')
        began = time.monotonic()
        with cursor.copy("COPY bare FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(columns)
            for row in made:
                copy.write_row(row)
        connection.commit()
        return rows / (time.monotonic() - began)
