"""How long the agreement page takes on articles that two people have read, of 60 nested entities each:
`python -m bench.team.agreement`. `ARTICLES=1000` takes fewer than 10,000.

Articles and layers are written with COPY: what is measured is the answer of the running site.
"""

from __future__ import annotations

import os
import time
import urllib.request
from collections.abc import Callable, Sequence
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psutil

from bench.interchange.site import Site, open_site

ARTICLES = int(os.environ.get("ARTICLES", "10000"))
AT_ONCE = 1_000
SLUG = "agreement"
PAGE = f"/projects/{SLUG}/agreement/"

_BUILD = "from bench.team.overlap import build; build({slug!r}, {first}, {count})"
_COMPARE = "from articles.services.agreement import count_agreement\nwhile count_agreement(): pass"
_FORGET = "from django.core.cache import cache; cache.clear()"
_LOSE = "from articles.models import LayerPair; LayerPair.objects.all().delete()"


def main() -> None:
    with open_site() as site:
        build(site)
        browser = signed_in(site)
        measure(site, browser)


def build(site: Site) -> None:
    site.make_project(SLUG)
    for first in range(0, ARTICLES, AT_ONCE):
        count = min(AT_ONCE, ARTICLES - first)
        site.installation.command("shell", "-c", _BUILD.format(slug=SLUG, first=first, count=count))
    with site.database() as connection:
        connection.execute("ANALYZE")


def measure(site: Site, browser: urllib.request.OpenerDirector) -> None:
    def page(query: str = "", path: str = PAGE) -> Callable[[], object]:
        return lambda: browser.open(f"{site.installation.url}{path}?{query}", timeout=600).read()

    def say(what: str, work: Callable[[], object]) -> None:
        took, computed = timed(work, site.processes("granian", "postgres"))
        print(f"{what:50}{took:6.2f} s, of which computed {computed:6.2f} s", flush=True)

    site.installation.command("shell", "-c", f"{_LOSE}; {_FORGET}")
    say("the page, nothing compared before (cold)", page())
    say("the page again (warm)", page())
    site.installation.command("shell", "-c", _COMPARE)
    site.installation.command("shell", "-c", _FORGET)
    say("the page, compared before, figures not kept", page())
    say("the page for two people, for the first time", page("annotator=reader1&other=reader4"))
    say("the page for one label, for the first time", page("label=ORG"))
    say("a list of differences", page("kind=label", f"{PAGE}disagreements/"))
    say("the overview, which names disputed labels", page(path=f"/projects/{SLUG}/"))


def signed_in(site: Site) -> urllib.request.OpenerDirector:
    """A browser of the administrator."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    login = f"{site.installation.url}/accounts/login/"
    browser.open(login).read()
    token = next(one.value for one in jar if one.name == "csrftoken") or ""
    said = {"login": "admin", "password": "bench-bench-bench", "csrfmiddlewaretoken": token}
    browser.open(urllib.request.Request(login, urlencode(said).encode(), {"Referer": login})).read()
    return browser


def timed(work: Callable[[], object], processes: Sequence[psutil.Process]) -> tuple[float, float]:
    """How long it takes, and how long these processes compute meanwhile: the latter is much the same on a busy
    machine. In seconds."""
    before, began = [computed(one) for one in processes], time.monotonic()
    work()
    took = time.monotonic() - began
    return took, sum(max(computed(one) - then, 0) for one, then in zip(processes, before, strict=True))


def computed(process: psutil.Process) -> float:
    """Seconds until now; none when it has ended, as PostgreSQL's helpers do."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
