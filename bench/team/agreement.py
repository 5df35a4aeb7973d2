"""How long the agreement page takes on articles that two people have read, of 60 nested entities each:
`python -m bench.team.agreement`. `ARTICLES=1000` takes fewer than 10,000.

Articles and layers are written with COPY: what is measured is the answer of the running site.
"""

from __future__ import annotations

import os
import statistics
import time
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from bench.interchange.site import Site, open_site

ARTICLES = int(os.environ.get("ARTICLES", "10000"))
AT_ONCE = 1_000
SLUG = "agreement"
PAGE = f"/projects/{SLUG}/agreement/"
TIMES = 5

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

    site.installation.command("shell", "-c", f"{_LOSE}; {_FORGET}")
    say("the page, nothing compared before (cold)", seconds(page()))
    say("the page again (warm)", middle(page()))
    site.installation.command("shell", "-c", _COMPARE)
    site.installation.command("shell", "-c", _FORGET)
    say("the page, compared before, figures not kept", seconds(page()))
    say("the page for two people, for the first time", seconds(page("annotator=reader1&other=reader4")))
    say("the page for one label, for the first time", seconds(page("label=ORG")))
    say("a list of differences", middle(page("kind=label", f"{PAGE}disagreements/")))


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


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def middle(work: Callable[[], object]) -> float:
    return statistics.median(seconds(work) for _ in range(TIMES))


def say(what: str, took: float) -> None:
    print(f"{what:50}{took:6.2f} s", flush=True)


if __name__ == "__main__":
    main()
