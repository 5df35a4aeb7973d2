"""The hands' work in a browser: labelling many mentions at once, keys, parts of a span."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser

LABELS = [{"name": "PERSON", "hotkey": "p"}, {"name": "PLACE", "hotkey": "l"}]


@dataclass
class Desk:
    """An article of a fresh project, open in the editor, with the cursor at its first word."""

    site: Installation
    token: str
    page: Page
    article: int

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def expect_saved(self, *wanted: tuple[str, int, int] | tuple[str, int, int, list[list[int]]]) -> None:
        """The server has just these spans, at once or a moment later: saving goes on in the background."""
        deadline = time.monotonic() + 10
        while (saved := self._spans()) != [(*span, []) if len(span) == 3 else span for span in wanted]:
            assert time.monotonic() < deadline, saved
            self.page.wait_for_timeout(50)

    def _spans(self) -> list[tuple[str, int, int, list[list[int]]]]:
        spans = self.site.call(self.token, "GET", f"articles/{self.article}/layers/user:admin/")["spans"]
        return sorted((one["label"], one["start"], one["end"], one["fragments"]) for one in spans)

    def box(self, words: str) -> dict[str, float]:
        """Where some words of the first line are on the page."""
        box: dict[str, float] = self.page.evaluate(
            """(words) => {
                const range = document.createRange();
                const text = document.querySelector("#text p").lastChild;
                range.setStart(text, text.data.indexOf(words));
                range.setEnd(text, text.data.indexOf(words) + words.length);
                const { left, right, top, bottom } = range.getBoundingClientRect();
                return { left, right, middle: (top + bottom) / 2 };
            }""",
            words,
        )
        return box


def open_desk(
    site: Installation,
    sign_in: SignIn,
    text: str,
    more_labels: int = 0,
    language: str = "",
    **overlap: bool,
) -> Desk:
    token = site.command("token", "admin")
    slug = f"input-{len(site.call(token, 'GET', 'projects/'))}"
    labels = [*LABELS, *({"name": f"MORE_{i}"} for i in range(more_labels))]
    schema = {"labels": labels, "overlap": overlap}
    site.call(token, "POST", "projects/", {"slug": slug, "name": slug, "schema": schema})
    article = site.call(token, "POST", f"projects/{slug}/articles/", {"text": text, "language": language})[
        "id"
    ]
    page = sign_in("admin")
    page.goto(f"{site.url}/projects/{slug}/articles/{article}/")
    page.wait_for_selector("html[data-ready]")
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    return Desk(site, token, page, article)


def test_all_mentions_of_the_same_words_are_labelled_at_once(site: Installation, sign_in: SignIn) -> None:
    desk = open_desk(site, sign_in, "Oslo grew. OSLO! In Oslo, Oslo’s mayor left Oslofjord.")
    desk.press("l")
    expect(desk.page.locator(".alike")).to_have_count(2)
    desk.press("=")
    preview = desk.page.locator(".propagate")
    expect(preview).to_contain_text("2 more of “Oslo” as Place")
    expect(desk.page.locator(".preview")).to_have_count(2)
    desk.press("c")
    expect(preview).to_contain_text("3 more of “Oslo” as Place")
    desk.press("ArrowDown", "Space", "Enter")
    expect(preview).to_be_hidden()
    expect(desk.page.locator(".alike")).to_have_count(0)
    desk.expect_saved(("PLACE", 0, 4), ("PLACE", 20, 24), ("PLACE", 26, 30))
    desk.press("Control+z")
    desk.expect_saved(("PLACE", 0, 4))


def test_a_span_with_a_gap_is_built_and_taken_apart_by_keys(site: Installation, sign_in: SignIn) -> None:
    desk = open_desk(site, sign_in, "Left and right ventricles were examined.", discontinuous=True)
    desk.press("l", "+", "ArrowRight", "ArrowRight", "ArrowRight")
    expect(desk.page.locator(".hint")).to_contain_text("Add these words to “Left”")
    desk.press("+")
    desk.expect_saved(("PLACE", 0, 25, [[0, 4], [15, 25]]))
    expect(desk.page.locator(".mark.has-gaps .part")).to_have_count(2)
    desk.press("-")
    desk.expect_saved(("PLACE", 0, 4))


def test_two_key_labels_and_keys_of_ones_own(site: Installation, sign_in: SignIn) -> None:
    desk = open_desk(site, sign_in, "Alma met Bo.", more_labels=32)
    page = desk.page
    desk.press("m")
    expect(page.locator(".label.is-awaited")).to_have_count(4)
    desk.press("Escape")
    expect(page.locator(".label.is-awaited")).to_have_count(0)
    desk.press("m")
    desk.press(page.locator(".label.is-awaited kbd").last.inner_text())
    desk.expect_saved(("MORE_31", 0, 4))
    desk.press("Control+z", "?")
    page.get_by_role("button", name="Person: p. Change").click()
    desk.press("l")
    expect(page.locator(".key-ask")).to_contain_text("l is the key of “Place”")
    page.get_by_role("button", name="Use it here").click()
    expect(page.get_by_role("button", name="Person: l. Change")).to_be_focused()
    desk.press("Escape")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    desk.press("Control+Home", "l")
    desk.expect_saved(("PERSON", 0, 4))
    desk.press("?")
    page.get_by_role("button", name="All as delivered").click()
    expect(page.get_by_role("button", name="Person: p. Change")).to_be_visible()


def test_a_label_taken_first_goes_on_drags_and_double_clicks(site: Installation, sign_in: SignIn) -> None:
    desk = open_desk(site, sign_in, "Alma Weir, 40, met Bo.")
    desk.press("Escape", "Escape")
    desk.page.locator(".label", has_text="Person").click()
    name, bo = desk.box("Alma Weir,"), desk.box("Bo")
    mouse = desk.page.mouse
    mouse.move(name["left"] + 2, name["middle"])
    mouse.down()
    mouse.move(name["right"] - 1, name["middle"], steps=4)
    mouse.up()
    desk.expect_saved(("PERSON", 0, 9))
    mouse.dblclick((bo["left"] + bo["right"]) / 2, bo["middle"])
    expect(desk.page.locator("#counts")).to_contain_text("2 spans")
    desk.expect_saved(("PERSON", 0, 9), ("PERSON", 19, 21))
