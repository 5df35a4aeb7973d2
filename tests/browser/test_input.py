"""The hands' work in a browser: labelling many mentions at once, keys, parts of a span."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser

LABELS = [{"name": "PERSON", "hotkey": "p"}, {"name": "PLACE", "hotkey": "l"}]


def open_article(
    site: Installation, sign_in: SignIn, text: str, more_labels: int = 0, **overlap: bool
) -> tuple[Page, str]:
    """A fresh project with one article, open in the editor. Also answers the path of the layer."""
    token = site.command("token", "admin")
    slug = f"input-{len(site.call(token, 'GET', 'projects/'))}"
    labels = [*LABELS, *({"name": f"MORE_{i}"} for i in range(more_labels))]
    schema = {"labels": labels, "overlap": overlap}
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


def test_two_key_labels_and_keys_of_ones_own(site: Installation, sign_in: SignIn) -> None:
    page, layer = open_article(site, sign_in, "Alma met Bo.", more_labels=32)
    page.keyboard.press("m")
    expect(page.locator(".label.is-awaited")).to_have_count(4)
    page.keyboard.press("Escape")
    expect(page.locator(".label.is-awaited")).to_have_count(0)
    page.keyboard.press("m")
    page.keyboard.press(page.locator(".label.is-awaited kbd").last.inner_text())
    [(label, *_)] = saved_spans(site, page, layer)
    assert label == "MORE_31"
    page.keyboard.press("Control+z")

    page.keyboard.press("?")
    page.get_by_role("button", name="Person: p. Change").click()
    page.keyboard.press("l")
    expect(page.locator(".key-ask")).to_contain_text("l is the key of “Place”")
    page.get_by_role("button", name="Use it here").click()
    expect(page.get_by_role("button", name="Person: l. Change")).to_be_focused()
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("Control+Home")
    page.keyboard.press("l")
    assert saved_spans(site, page, layer) == [("PERSON", 0, 4)]
    page.keyboard.press("?")
    page.get_by_role("button", name="All as delivered").click()
    expect(page.get_by_role("button", name="Person: p. Change")).to_be_visible()
