"""A link leads to a place in an article: what it asks for is in sight, ringed, and has the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser
SLUG = "places"
NAME = "Alma Weir"
PARAGRAPHS = "\n\n".join(f"😀 Paragraph {n} tells of harbours, ferries and the weather." for n in range(200))
TEXT = f"{PARAGRAPHS}\n\n😀 {NAME} left Bergen on Tuesday."


@pytest.fixture(scope="module")
def article(site: Installation) -> int:
    token = site.command("token", "admin")
    site.call(token, "POST", "projects/", {"slug": SLUG, "name": SLUG})
    site.call(token, "PATCH", f"projects/{SLUG}/", {"preannotate": False})
    site.call(token, "POST", f"projects/{SLUG}/members/", {"username": "annotator", "role": "annotator"})
    return int(site.call(token, "POST", f"projects/{SLUG}/articles/", {"text": TEXT})["id"])


def open_at(page: Page, site: Installation, article: int, start: int, end: int) -> None:
    page.goto(f"{site.url}/projects/{SLUG}/articles/{article}/?at={start}-{end}")
    page.wait_for_selector("html[data-ready]")


def is_in_sight(page: Page, selector: str) -> bool:
    page.wait_for_selector(selector)
    return bool(
        page.locator(selector).first.evaluate(
            """(one) => {
                const box = one.getBoundingClientRect();
                const desk = document.getElementById("desk").getBoundingClientRect();
                return box.top >= desk.top && box.bottom <= desk.bottom;
            }"""
        )
    )


def test_words_far_down_are_selected_and_labelled_by_one_key(
    site: Installation, sign_in: SignIn, article: int
) -> None:
    page = sign_in("annotator")
    start = TEXT.index(NAME)  # Python counts code points, as addresses do
    open_at(page, site, article, start, start + len(NAME))
    assert is_in_sight(page, "#over .selection")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator("#status")).to_have_text("All changes saved")
    token = site.command("token", "admin")
    layer = site.call(token, "GET", f"articles/{article}/layers/user:annotator/")
    assert [(one["start"], one["end"]) for one in layer["spans"]] == [(start, start + len(NAME))]

    open_at(page, site, article, start, start + len(NAME))
    assert is_in_sight(page, ".mark.is-active")


def test_a_place_that_is_not_in_the_text_opens_the_article_as_ever(
    site: Installation, sign_in: SignIn, article: int
) -> None:
    page = sign_in("annotator")
    open_at(page, site, article, 5, 10**8)
    expect(page.locator("#over .selection")).to_have_count(0)
    assert page.locator("#desk").evaluate("(one) => one.scrollTop") == 0
