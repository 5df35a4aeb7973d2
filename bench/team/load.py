"""Fifty annotators at work at once, over HTTP with sessions of their own: `make bench-team PARTS=load`.

`SECONDS_AT_WORK=60 PEOPLE=50 ARTICLES=10000 make bench-team PARTS=load` chooses how long, how many and how much; it is ten
minutes if nothing is said. Each makes an edit every 1.5 to 3.5 seconds, 5 to 12 an article, asks for the next
article after the first of them as the editor does, and hands in; one article in ten has two annotators. That is
several times as fast as people are. The annotators are simulated by one more process on the same machine, whose
work is in the figures.

Afterwards the database is asked for every edit that was acknowledged, and for articles with more annotators than
they are to have.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time

from articles.domain.assignments.draws import annotators_wanted
from bench.corpus import jsonl
from bench.interchange.site import Site, open_site, say
from bench.team.annotator import Annotator, Record

PEOPLE = int(os.environ.get("PEOPLE", "50"))
ARTICLES = int(os.environ.get("ARTICLES", "10000"))
SECONDS = float(os.environ.get("SECONDS_AT_WORK", "600"))
SLUG, PASSWORD = "team", "bench-bench-bench"
MOST, SHARE = 2, 10
TARGETS = {"edit": "<= 100 ms", "next": "<= 150 ms"}

_PEOPLE = """
from django.contrib.auth.hashers import make_password
from annotator.users.models import Membership, Project, User
project, password = Project.objects.get(slug={slug!r}), make_password({password!r})
people = User.objects.bulk_create([User(username=f"person{{n}}", password=password) for n in range({count})])
Membership.objects.bulk_create([Membership(project=project, user=one, role="annotator") for one in people])
"""


def main() -> None:
    with open_site() as site:
        furnish(site)
        record = asyncio.run(everybody_at_work(site))
        report(record)
        if not is_whole(site, record) or record.failures:
            raise SystemExit(1)


def furnish(site: Site) -> None:
    site.make_project(SLUG)
    site.call("PATCH", f"projects/{SLUG}/", {"annotators_per_article": MOST, "overlap_share": SHARE})
    content = jsonl(ARTICLES, spans=0)
    site.wait(site.upload(SLUG, [content], len(content), format="jsonl")["id"])
    site.installation.command("shell", "-c", _PEOPLE.format(slug=SLUG, password=PASSWORD, count=PEOPLE))
    site.quiet(SLUG)


async def everybody_at_work(site: Site) -> Record:
    record = Record()
    people = [Annotator(site.installation.url, f"person{n}", PASSWORD, record, seed=n) for n in range(PEOPLE)]
    for one in people:
        await one.sign_in()
    await asyncio.gather(*(one.next_at_once(SLUG) for one in people))
    until = time.monotonic() + SECONDS
    await asyncio.gather(*(one.work(SLUG, until) for one in people))
    return record


def report(record: Record) -> None:
    say(f"{PEOPLE} annotators, {ARTICLES:,} articles", f"{SECONDS:.0f} s, {record.submitted:,} handed in")
    for kind, times in sorted(record.times.items()):
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        figure = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, most {max(times):.0f} ms, {len(times):,} in all"
        say(kind, figure, TARGETS.get(kind, ""))
    say("errors", f"{len(record.failures)}", "0")
    for failure in record.failures[:5]:
        print("   ", failure)


def is_whole(site: Site, record: Record) -> bool:
    """Whether every acknowledged edit is there, and no article has more annotators than it is to have."""
    there = {str(pk) for (pk,) in site.query("SELECT id FROM articles_edit WHERE reason = ''")}
    spans = {
        str(pk): (article, name)
        for pk, article, name in site.query(
            "SELECT span.id, layer.article_id, person.username FROM articles_span span "
            "JOIN articles_layer layer ON layer.id = span.layer_id JOIN users_user person ON person.id = layer.user_id"
        )
    }
    due = {span: whose for span, whose in record.kept.items() if span not in record.removed}
    lost = len(record.edits - there) + sum(spans.get(span) != whose for span, whose in due.items())
    claims = site.query("SELECT article_id, count(*) FROM articles_assignment GROUP BY article_id")
    doubles = sum(count > annotators_wanted(MOST, SHARE, article) for article, count in claims)
    doubles += sum(len(names) > annotators_wanted(MOST, SHARE, pk) for pk, names in record.given.items())
    say(f"lost of {len(record.edits):,} acknowledged edits", str(lost), "0")
    say(f"too many annotators, of {len(claims):,} articles given", str(doubles), "0")
    return not lost and not doubles
