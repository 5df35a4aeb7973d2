"""Random work in a real browser against the real server, held against each other: `make bench-sequences`.

Two tabs of one person and a second computer of theirs work on one article at once: spans added, relabelled,
resized and removed, suggestions accepted and rejected, relations, undo and redo, reloads, a network that goes away,
edits sent twice. After each sequence the layer in both tabs, the layer that the
server answers, and the sum of the edits in its history must be the same. `--count 1000 --seed 1` by default.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.browser.conftest import FLAGS
from tests.browser.find_browser import find_browser
from tests.installation import Installation, open_folder

STEPS = 14
SEQUENCES_AN_ARTICLE = 25
CALM_SECONDS = 60.0  # longer than an idle tab waits before it asks the server
READY = "html[data-ready]"
TEXT = """BERGEN, Norway, Feb. 11. Mara Ellingsen of Northline Press said on Monday that 14 ships sailed.

“We left at dawn,” Ellingsen told reporters in Oslo 😀. The Northline museum opens on 3 March 2026 with 120 guests.

Almaty and Lagos follow in May, said Aru Sadykova, the minister. President Rolf Acme will speak on Tuesday."""
LABELS = "pogldc"
REMEMBER = "addEventListener('editor-ready', (event) => { window.editor = event.detail; })"
# The layer as this tab has it, in the server's words.
STATE = """() => {
  const { store, offsets, sync } = window.editor;
  const { layer } = store;
  const at = (n) => offsets.toCodePoints(n);
  return {
    unsent: sync.unsent,
    version: sync.version,
    spans: [...layer.spans.values()].map((s) => [s.id, at(s.start), at(s.end), s.label, s.attributes,
      s.fragments.map(([a, b]) => [at(a), at(b)])]),
    relations: [...layer.relations.values()].map((r) => [r.id, r.type, r.source, r.target]),
    labels: [...layer.labels],
    known: [...layer.known.values()].map((s) => [at(s.start), at(s.end), s.label]),
    open: [...layer.suggestions.values()].map((s) => [at(s.start), at(s.end), s.label]),
  };
}"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the servers are stopped then too
    with open_folder() as folder, sync_playwright() as playwright:
        site = Installation(folder / "data")
        site.start()
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        try:
            found = Sequences(
                site, chromium.new_context(viewport={"width": 1100, "height": 800}), chosen.seed
            )
            differences = found.run(chosen.count)
        finally:
            chromium.close()
            site.stop()
    print(f"{chosen.count} sequences, seed {chosen.seed}: {differences} differences; {found.summary()}")
    sys.exit(differences > 0)


class Sequences:
    def __init__(self, site: Installation, context: BrowserContext, seed: int) -> None:
        self.site, self.context = site, context
        self.chance = random.Random(seed)  # noqa: S311 - a game, not a secret
        self.admin = site.command("token", "admin")
        self.token = site.command("token", "annotator")
        self.done: dict[str, int] = {}
        self.steps: list[str] = []
        self.tabs: list[Page] = []
        self.article = 0
        self.is_offline = False
        self.sent: list[dict[str, Any]] = []
        self.errors: list[str] = []
        context.add_init_script(REMEMBER)
        self._sign_in()
        self._project()

    def run(self, count: int) -> int:
        differences = 0
        for number in range(count):
            if number % SEQUENCES_AN_ARTICLE == 0:
                self._open_article()
            self.steps.clear()
            for _ in range(STEPS):
                self._step()
            problem = self._compare()
            if problem:
                differences += 1
                print(f"sequence {number} ({', '.join(self.steps)}): {problem}", flush=True)
                self._open_article()
            if number % 50 == 49:
                print(f"{number + 1} sequences, {differences} differences", flush=True)
        if self.errors:
            print("errors in the page:", *self.errors[:5], sep="\n  ")
        return differences + len(self.errors)

    def summary(self) -> str:
        return ", ".join(f"{count} {name}" for name, count in sorted(self.done.items()))

    # --- steps

    def _step(self) -> None:
        steps: list[tuple[int, Callable[[], None]]] = [
            (10, self._label),
            (3, self._relabel),
            (5, self._resize),
            (4, self._accept),
            (3, self._reject),
            (4, self._remove),
            (5, self._undo),
            (3, self._redo),
            (1, self._accept_all),
            (2, self._link),
            (2, self._elsewhere),
            (2, self._again),
            (1, self._reload),
            (1, self._network),
        ]
        step = self.chance.choices([one for _, one in steps], [weight for weight, _ in steps])[0]
        name = step.__name__.strip("_")
        self.done[name] = self.done.get(name, 0) + 1
        self.steps.append(name)
        step()
        if self.chance.random() < 0.3:
            time.sleep(self.chance.random() * 0.15)

    @property
    def _tab(self) -> Page:
        return self.chance.choice(self.tabs)

    def _press(self, *keys: str) -> None:
        tab = self._tab
        for key in keys:
            tab.keyboard.press(key)

    def _walk(self) -> list[str]:
        way = self.chance.choice(["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Control+ArrowRight"])
        grow = ["Shift+ArrowRight"] * self.chance.choice([0, 0, 1, 2])
        return ["Escape", *[way] * self.chance.randint(1, 5), *grow]

    def _label(self) -> None:
        self._press(*self._walk(), self.chance.choice(LABELS))

    def _relabel(self) -> None:
        self._press(self.chance.choice(["]", "["]), self.chance.choice(LABELS), "Escape")

    def _resize(self) -> None:
        keys = ["Alt+ArrowRight", "Alt+ArrowLeft", "Alt+Shift+ArrowLeft", "Control+Alt+ArrowRight"]
        self._press(self.chance.choice(["]", "["]), self.chance.choice(keys), "Escape")

    def _accept(self) -> None:
        self._press("Tab", "Enter", "Escape")

    def _reject(self) -> None:
        self._press("Tab", "Backspace", "Escape")

    def _remove(self) -> None:
        self._press(self.chance.choice(["]", "["]), "Delete", "Escape")

    def _undo(self) -> None:
        self._press(*["Control+z"] * self.chance.randint(1, 4))

    def _redo(self) -> None:
        self._press(*["Control+Shift+z"] * self.chance.randint(1, 3))

    def _accept_all(self) -> None:
        self._tab.evaluate("document.getElementById('accept-all-button').click()")

    def _link(self) -> None:
        """Two neighbouring spans, by keys; where the schema allows no relation, a sentence says so."""
        self._press("]", ",", "]", "Enter", "Enter", "Escape", "Escape", "Escape")

    def _elsewhere(self) -> None:
        """The same person at another computer."""
        start = self.chance.randint(0, len(TEXT) - 12)
        span = {"id": str(uuid4()), "start": start, "end": start + self.chance.randint(1, 12)}
        edit = {"id": str(uuid4()), "op": "add_span", "span": {**span, "label": "PERSON"}}
        if self.chance.random() < 0.5:
            spans = self.site.call(self.token, "GET", self._layer)["spans"]
            if spans:
                edit = {**edit, "op": "remove_span", "span": {"id": self.chance.choice(spans)["id"]}}
        self._send(edit)

    def _again(self) -> None:
        """What was sent arrives once more, as after an answer that got lost."""
        if self.sent:
            self._send(self.chance.choice(self.sent))

    def _send(self, edit: dict[str, Any]) -> None:
        self.sent.append(edit)
        self.site.call(self.token, "POST", f"{self._layer}edits/", {"edits": [edit]})

    def _reload(self) -> None:
        if self.is_offline:
            return
        tab = self._tab
        tab.reload()
        tab.wait_for_selector(READY)

    def _network(self) -> None:
        self.is_offline = not self.is_offline
        self.context.set_offline(self.is_offline)

    # --- comparing

    def _compare(self) -> str:
        """What differs once all is calm, or nothing."""
        if self.is_offline:
            self._network()
        for tab in self.tabs:
            if tab.url != self._page:  # Alt+Left outside the text is the browser's "back"
                self._show(tab)
            tab.evaluate("dispatchEvent(new Event('online'))")
        deadline = time.monotonic() + CALM_SECONDS
        while True:
            server = self._server()
            shown = [self._shown(tab) for tab in self.tabs]
            if not any(self._differences(server, one) for one in shown):
                break
            if time.monotonic() > deadline:
                return self._first_difference(server, shown)
            time.sleep(0.15)
        summed = self._spans(self.site.call(self.token, "GET", f"{self._layer}history/{server['version']}/"))
        return "" if summed == server["spans"] else f"history: {_difference(server['spans'], summed)}"

    def _server(self) -> dict[str, Any]:
        layer = self.site.call(self.token, "GET", self._layer)
        ahead = self.site.call(self.token, "GET", f"articles/{self.article}/editor/")
        relations = [[one["id"], one["type"], one["source"], one["target"]] for one in layer["relations"]]
        return {
            "unsent": 0,
            "version": layer["version"],
            "spans": self._spans(layer),
            "relations": sorted(relations),
            "labels": sorted(layer["labels"]),
            "settled": [
                *([one["start"], one["end"], one["label"]] for one in layer["spans"] + layer["rejected"]),
            ],
            "open": [[one["start"], one["end"], one["label"]] for one in ahead["suggestions"]],
        }

    def _shown(self, tab: Page) -> dict[str, Any]:
        state: dict[str, Any] = tab.evaluate(STATE)
        return {name: sorted(value) if isinstance(value, list) else value for name, value in state.items()}

    def _first_difference(self, server: dict[str, Any], shown: list[dict[str, Any]]) -> str:
        found = [
            f"tab {number} at version {one['version']} of {server['version']}, {text}"
            for number, one in enumerate(shown)
            for text in self._differences(server, one)
        ]
        return found[0] if found else "nothing any more: it came late"

    def _differences(self, server: dict[str, Any], tab: dict[str, Any]) -> list[str]:
        """Spans, relations and labels are the same; a suggestion is open in the tab only if nobody settled it,
        and one that is still offered is open if the tab knows it (a reload may offer another instead)."""
        names = ("unsent", "spans", "relations", "labels")
        found = [
            f"{name}: {_difference(server[name], tab[name])}" for name in names if tab[name] != server[name]
        ]
        settled = [one for one in tab["open"] if one in server["settled"]]
        closed = [one for one in server["open"] if one in tab["known"] and one not in tab["open"]]
        if settled or closed:
            found.append(f"suggestions: settled but open {settled[:2]}, offered but closed {closed[:2]}")
        return found

    def _spans(self, layer: dict[str, Any]) -> list[Any]:
        names = ("id", "start", "end", "label", "attributes", "fragments")
        return sorted([one[name] for name in names] for one in layer["spans"])

    # --- places

    @property
    def _layer(self) -> str:
        return f"articles/{self.article}/layers/me/"

    def _sign_in(self) -> None:
        page = self.context.new_page()
        page.goto(f"{self.site.url}/accounts/login/")
        page.fill("input[name=login]", "annotator")
        page.fill("input[name=password]", self.site.logins["annotator"])
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        page.close()

    def _project(self) -> None:
        self.site.call(self.admin, "POST", "projects/", {"slug": "fuzz", "name": "Fuzz"})
        self.site.call(
            self.admin, "POST", "projects/fuzz/members/", {"username": "annotator", "role": "annotator"}
        )

    def _open_article(self) -> None:
        """A fresh article with suggestions, in two tabs."""
        if self.is_offline:
            self._network()
        made = self.site.call(
            self.admin, "POST", "projects/fuzz/articles/", {"text": f"{TEXT} {self.chance.random()}"}
        )
        self.article, self.sent = int(made["id"]), []
        deadline = time.monotonic() + 60
        while self.site.call(self.admin, "GET", f"articles/{self.article}/")["status"] == "new":
            if time.monotonic() > deadline:
                raise SystemExit("No worker reads the articles.")
            time.sleep(0.2)
        for tab in self.tabs:
            tab.close()
        self.tabs = [self.context.new_page() for _ in range(2)]
        for tab in self.tabs:
            tab.on("pageerror", lambda error: self.errors.append(str(error)))
            self._show(tab)

    @property
    def _page(self) -> str:
        return f"{self.site.url}/projects/fuzz/articles/{self.article}/"

    def _show(self, tab: Page) -> None:
        tab.goto(self._page)
        tab.wait_for_selector(READY)


def _difference(expected: Any, found: Any) -> str:
    if not isinstance(expected, list) or not isinstance(found, list):
        return f"{expected!r} and {found!r}"
    missing = [one for one in expected if one not in found]
    extra = [one for one in found if one not in expected]
    return f"missing {missing[:2]!r}, extra {extra[:2]!r}"


if __name__ == "__main__":
    try:
        main()
    except BrowserError as error:
        raise SystemExit(f"The browser failed: {error}") from error
