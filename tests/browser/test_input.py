"""The hands' work in a browser: labelling many mentions at once, keys, parts of a span."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser

LABELS = [{"name": "PERSON", "hotkey": "p"}, {"name": "PLACE", "hotkey": "l"}]


def open_article(site: Installation, sign_in: SignIn, text: str, **overlap: bool) -> tuple[Page, str]:
    """A fresh project with one article, open in the editor. Also answers the path of the layer."""
    token = site.command("token", "admin")
    slug = f"input-{len(site.call(token, 'GET', 'projects/'))}"
    schema = {"labels": LABELS, "overlap": overlap}
    site.call(token, "POST", "projects/", {"slug": slug, "name": slug, "schema": schema})
    article = site.call(token, "POST", f"projects/{slug}/articles/", {"text": text})["id"]
    page = sign_in("admin")
    page.goto(f"{site.url}/projects/{slug}/articles/{article}/")
    page.wait_for_selector("html[data-ready]")
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    return page, f"articles/{article}/layers/user:admin/"


def saved_spans(site: Installation, page: Page, layer: str) -> list[tuple[str, int, int]]:
    expect(page.locator("#status")).to_have_text("All changes saved")
    spans = site.call(site.command("token", "admin"), "GET", layer)["spans"]
    return sorted((span["label"], span["start"], span["end"]) for span in spans)


def test_all_mentions_of_the_same_words_are_labelled_at_once(site: Installation, sign_in: SignIn) -> None:
    page, layer = open_article(site, sign_in, "Oslo grew. OSLO! In Oslo, Oslo’s mayor left Oslofjord.")
    page.keyboard.press("l")
    page.keyboard.press("=")
    preview = page.locator(".propagate")
    expect(preview).to_contain_text("2 more of “Oslo” as Place")
    expect(page.locator(".preview")).to_have_count(2)
    page.keyboard.press("c")
    expect(preview).to_contain_text("3 more of “Oslo” as Place")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(preview).to_be_hidden()
    assert saved_spans(site, page, layer) == [("PLACE", 0, 4), ("PLACE", 20, 24), ("PLACE", 26, 30)]
    page.keyboard.press("'")
    page.keyboard.press("Control+z")
    assert saved_spans(site, page, layer) == [("PLACE", 0, 4)]


def test_a_span_with_a_gap_is_built_and_taken_apart_by_keys(site: Installation, sign_in: SignIn) -> None:
    text = "Left and right ventricles were examined."
    page, layer = open_article(site, sign_in, text, discontinuous=True)
    token = site.command("token", "admin")
    page.keyboard.press("l")
    page.keyboard.press("+")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".hint")).to_contain_text("Add these words to “Left”")
    page.keyboard.press("+")
    saved_spans(site, page, layer)
    [span] = site.call(token, "GET", layer)["spans"]
    assert (span["start"], span["end"], span["fragments"]) == (0, 25, [[0, 4], [15, 25]])
    expect(page.locator(".mark.has-gaps .part")).to_have_count(2)
    page.keyboard.press("-")
    assert saved_spans(site, page, layer) == [("PLACE", 0, 4)]
