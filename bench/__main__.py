"""Measures the figures that the README quotes, on an installation of its own that is removed afterwards.

`make bench` measures everything; `ARTICLES=1000 make bench` a smaller corpus. A figure has its ceiling beside
it where there is one, taken in the same run.
"""

from __future__ import annotations

import os
import statistics
import threading
import time
import urllib.request
from collections.abc import Callable
from uuid import uuid4

import orjson
import psutil
import psycopg

from bench.corpus import jsonl
from tests.installation import Installation, open_folder

ARTICLES = int(os.environ.get("ARTICLES", "10000"))
CLIENTS = 8
EDIT_SECONDS = 10.0


def main() -> None:
    with open_folder() as folder:
        site = Installation(folder / "data", options=("--no-demo",))
        began = time.monotonic()
        site.start()
        say("start to first page", f"{time.monotonic() - began:.1f} s")
        site.command("shell", "-c", _ADMIN)
        token = site.command("token", "admin")
        try:
            memory(site, "idle")
            measure(site, token)
            memory(site, "after the work")
        finally:
            site.stop()


_ADMIN = "from annotator.users.models import User; User.objects.create_superuser('admin', password='bench-bench-bench')"


def say(what: str, figure: str) -> None:
    print(f"{what:58} {figure}", flush=True)


def measure(site: Installation, token: str) -> None:
    for slug in ("plain", "gold"):
        site.call(token, "POST", "projects/", {"slug": slug, "name": slug})
        site.call(token, "PATCH", f"projects/{slug}/", {"preannotate": False})
    imported(site, token, "plain", 0)
    imported(site, token, "gold", 60)
    exported(site, token)
    listed(site, token)
    edited(site, token)


def imported(site: Installation, token: str, slug: str, spans: int) -> None:
    content = jsonl(ARTICLES, spans)
    began = time.monotonic()
    job = upload(site, token, slug, content)
    while (state := site.call(token, "GET", f"jobs/{job}/"))["state"] in ("queued", "running"):
        time.sleep(0.05)
    seconds = time.monotonic() - began
    if state["state"] != "succeeded":
        raise SystemExit(f"The import failed: {state['error']}")
    say(f"import {ARTICLES:,} articles with {spans} spans each", f"{seconds:.1f} s")


def upload(site: Installation, token: str, slug: str, content: bytes) -> int:
    border = uuid4().hex.encode()
    head = b'Content-Disposition: form-data; name="file"; filename="corpus.jsonl"\r\n\r\n'
    body = b"--" + border + b"\r\n" + head + content + b"\r\n--" + border + b"--\r\n"
    request = urllib.request.Request(
        f"{site.url}/api/v1/projects/{slug}/imports/",
        data=body,
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": f"multipart/form-data; boundary={border.decode()}",
        },
    )
    with urllib.request.urlopen(request, timeout=300) as response:
        return int(orjson.loads(response.read())["id"])


def exported(site: Installation, token: str) -> None:
    ceiling = copy_seconds(site)
    for name in ("jsonl", "conll"):
        request = urllib.request.Request(
            f"{site.url}/api/v1/projects/gold/export/?format={name}",
            headers={"Authorization": f"Bearer {token}"},
        )
        began = time.monotonic()
        with urllib.request.urlopen(request, timeout=300) as response:
            size = len(response.read(1))
            first = time.monotonic() - began
            while piece := response.read(1 << 20):
                size += len(piece)
        seconds = time.monotonic() - began
        figure = f"{seconds:.1f} s, first byte {first:.2f} s, {size / 2**20:.0f} MB"
        say(f"export {ARTICLES:,} articles, {name}", f"{figure}; COPY of the spans {ceiling:.1f} s")


def copy_seconds(site: Installation) -> float:
    """The ceiling: PostgreSQL's own COPY of one JSON array an article."""
    sockets = site.data / "run"
    statement = """COPY (SELECT json_agg(json_build_array(id, start, "end", label)) FROM articles_span
        GROUP BY layer_id) TO STDOUT"""
    began = time.monotonic()
    with (
        psycopg.connect(host=str(sockets), user="annotator", dbname="annotator") as connection,
        connection.cursor().copy(statement) as copy,
    ):
        for _ in copy:
            pass
    return time.monotonic() - began


def listed(site: Installation, token: str) -> None:
    path = "projects/gold/articles/?page_size=50"
    say("list 50 articles, first page, p50", timed(lambda: site.call(token, "GET", path)))
    cursor = late_cursor(site, token)
    say(
        "list 50 articles, a late page, p50",
        timed(lambda: site.call(token, "GET", f"{path}&cursor={cursor}")),
    )
    for query in ("Article 77", "storm harbour", "%22bour%20coun%22"):
        url = f"{path}&q={query.replace(' ', '%20')}"
        say(f"search {query}, p50", timed(lambda url=url: site.call(token, "GET", url)))  # type: ignore[misc]


def late_cursor(site: Installation, token: str) -> str:
    page = site.call(token, "GET", "projects/gold/articles/?page_size=500")
    for _ in range(ARTICLES // 500 - 2):
        page = site.call(token, "GET", page["next"].partition("/api/v1/")[2])
    return str(page["next"]).rpartition("cursor=")[2]


def timed(work: Callable[[], object], runs: int = 40) -> str:
    times = []
    for _ in range(runs):
        began = time.monotonic()
        work()
        times.append((time.monotonic() - began) * 1000)
    return f"{statistics.median(times):.1f} ms"


def edited(site: Installation, token: str) -> None:
    """Eight clients, each adding spans to one article of its own, then all to one layer."""
    rows = site.call(token, "GET", f"projects/plain/articles/?page_size={CLIENTS}")["results"]
    rate, p95, _ = hammer(site, token, [row["id"] for row in rows])
    say(f"edits, {CLIENTS} clients on {CLIENTS} layers", f"{rate:.0f} /s, p95 {p95:.0f} ms")
    one = site.call(token, "GET", "projects/plain/articles/?ordering=-id&page_size=1")["results"][0]["id"]
    rate, p95, ids = hammer(site, token, [one] * CLIENTS)
    there = {span["id"] for span in site.call(token, "GET", f"articles/{one}/layers/gold/")["spans"]}
    say(f"edits, {CLIENTS} clients on one layer", f"{rate:.0f} /s, p95 {p95:.0f} ms, {len(ids - there)} lost")


def hammer(site: Installation, token: str, articles: list[int]) -> tuple[float, float, set[str]]:
    times: list[float] = []
    acknowledged: set[str] = set()
    end = time.monotonic() + EDIT_SECONDS

    def client(number: int, article: int) -> None:
        place = 0
        while time.monotonic() < end:
            start = (place * CLIENTS + number) % 1500
            span = {"id": str(uuid4()), "start": start, "end": start + 1, "label": "ORG"}
            edit = {"id": str(uuid4()), "op": "add_span", "span": span}
            began = time.monotonic()
            answer = site.call(token, "POST", f"articles/{article}/layers/gold/edits/", {"edits": [edit]})
            times.append((time.monotonic() - began) * 1000)
            if answer["results"][0]["status"] == "applied":
                acknowledged.add(str(span["id"]))
            place += 1

    threads = [threading.Thread(target=client, args=pair) for pair in enumerate(articles)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / EDIT_SECONDS, statistics.quantiles(times, n=20)[-1], acknowledged


def memory(site: Installation, when: str) -> None:
    parts: dict[str, float] = {}
    for process in site.tree():
        name = process_name(process)
        parts[name] = parts.get(name, 0) + process.memory_info().rss / 2**20
    told = ", ".join(f"{name} {size:.0f}" for name, size in sorted(parts.items()))
    say(f"resident memory {when}, MB", f"{sum(parts.values()):.0f} ({told})")


def process_name(process: psutil.Process) -> str:
    words = " ".join(process.cmdline())
    for name in ("granian", "celery", "valkey", "postgres", "manage.py"):
        if name in words:
            return "up" if name == "manage.py" else name
    return process.name()


if __name__ == "__main__":
    main()
