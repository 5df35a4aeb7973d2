"""10,000 articles queued for the gazetteer, and a worker process killed with -9 ten times at random meanwhile.

Then the same run undisturbed, for the memory of its workers.
"""

from __future__ import annotations

import random
import time

import psutil

from articles.engines.base import ArticleText
from articles.engines.gazetteer import GazetteerEngine
from bench.engines.news import names, texts
from bench.engines.running import fill
from bench.interchange.site import Site, open_site, say

ARTICLES = 10_000
KILLS = 10
NAMES = 20_000

_COUNTS = """SELECT count(*), count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'failed'),
    count(DISTINCT article_id), max(tries), avg(tries)::float FROM articles_runitem WHERE job_id = %s"""
_LAYERS = """SELECT count(*), count(DISTINCT l.article_id), max(l.version) FROM articles_layer l
    JOIN articles_projectengine e ON e.id = l.engine_id WHERE e.name = 'gazetteer'"""
_SPANS = """SELECT a.text, array_agg((s.start || ' ' || s."end" || ' ' || s.label) ORDER BY s.start, s."end")
    FROM articles_article a LEFT JOIN articles_layer l ON l.article_id = a.id
    LEFT JOIN articles_span s ON s.layer_id = l.id GROUP BY a.id"""


def measure() -> None:
    with open_site() as site:
        fill(site, "news", list(texts(ARTICLES)))
        entries = "\n".join(f"{name}\t{label}" for name, label in names(NAMES))
        site.call("PATCH", "projects/news/", {"preannotate": False})
        with site.database() as connection:
            connection.execute(
                "UPDATE articles_projectengine SET settings = jsonb_build_object('entries', %s::text)"
                " WHERE name = 'gazetteer'",
                [entries],
            )
        job, killed = _disturbed(site)
        _report(site, job, killed, entries)
        _memory(site)


def _disturbed(site: Site) -> tuple[int, list[str]]:
    """The run's id, and what was killed."""
    chance = random.Random(20)  # noqa: S311 - when to kill, not a secret
    moments = sorted(chance.randrange(100, ARTICLES - 500) for _ in range(KILLS))
    job = site.call("POST", "projects/news/runs/", {"engine": "gazetteer"})["id"]
    killed = []
    for moment in moments:
        while _done(site, job) < moment:
            time.sleep(0.01)
        killed.append(_kill_one(site, chance))
    site.wait(job)
    return job, killed


def _done(site: Site, job: int) -> int:
    return int(site.query("SELECT done FROM articles_job WHERE id = %s", job)[0][0])


def _kill_one(site: Site, chance: random.Random) -> str:
    """Kill one of Celery's processes: the worker, one of its children, or the beat; which."""
    while True:
        try:
            processes = site.process_ids("celery")
            chosen = psutil.Process(chance.choice(processes))
            inner = chosen.ppid() in processes
            word = "beat" if "beat" in chosen.cmdline() else "child" if inner else "parent"
            chosen.kill()
        except (
            psutil.Error,
            IndexError,
            AttributeError,
        ):  # one is just dying of the last kill, or not there again yet
            time.sleep(0.05)
        else:
            return word


def _report(site: Site, job: int, killed: list[str], entries: str) -> None:
    queued, done, failed, different, most, average = site.query(_COUNTS, job)[0]
    layers, read, version = site.query(_LAYERS)[0]
    lasted = site.query(
        "SELECT extract(epoch FROM finished_at - created_at) FROM articles_job WHERE id = %s", job
    )
    say(
        "killed with -9",
        f"{len(killed)} ({killed.count('parent')} the parent, {killed.count('child')} a child)",
    )
    say("the run took", f"{float(lasted[0][0]):.0f} s")
    say(
        "articles queued, done, set aside",
        f"{queued:,}, {done:,}, {failed}",
        f"{ARTICLES:,}, {ARTICLES:,}, 0",
    )
    say("different articles, counted as done by the run", f"{different:,}, {_done(site, job):,}")
    say("layers, articles with one", f"{layers:,}, {read:,}", f"{ARTICLES:,}, {ARTICLES:,}")
    say("highest version of a layer (2 would be twice)", str(version), "1")
    say("articles whose spans are not the engine's own", str(_wrong(site, entries)), "0")
    say("tries an article, most and mean", f"{most}, {average:.3f}", "<= 3")


def _wrong(site: Site, entries: str) -> int:
    """Articles whose spans differ from what the engine says in a process that nobody kills."""
    engine = GazetteerEngine({"entries": entries}, frozenset({"PERSON", "ORG", "GPE"}))
    rows = site.query(_SPANS)
    answers = engine.annotate(ArticleText(0, text, "en") for text, _ in rows)
    wrong = 0
    for (_, spans), found in zip(rows, answers, strict=True):
        expected = sorted({(one.start, one.end, one.label) for one in found})
        wrong += [f"{start} {end} {label}" for start, end, label in expected] != [one for one in spans if one]
    return wrong


def _memory(site: Site) -> None:
    """The largest worker process at each tenth of an undisturbed run, in MB of RSS."""
    job = site.call("POST", "projects/news/runs/", {"engine": "gazetteer"})["id"]
    sizes = []
    for tenth in range(1, 11):
        while _done(site, job) < tenth * ARTICLES // 10:
            time.sleep(0.02)
        sizes.append(max(psutil.Process(pid).memory_info().rss for pid in site.process_ids("celery")) / 2**20)
    site.wait(job)
    say("largest worker at each tenth of a run, MB", " ".join(f"{size:.0f}" for size in sizes))
