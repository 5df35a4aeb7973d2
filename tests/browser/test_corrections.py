"""The text of an article is corrected while an annotator has it open: they are told, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser
SLUG = "corrected"
TEXT = "😀 Alma Weir left Bergen on Tuesday. She met Ole Vik in Oslo before the ferry sailed."
NEW = TEXT.replace("Alma", "Anna").replace("😀 ", "Corrected. 😀 ")


def test_an_editor_that_is_open_goes_on_in_the_corrected_text(site: Installation, sign_in: SignIn) -> None:
    token = site.command("token", "admin")
    site.call(token, "POST", "projects/", {"slug": SLUG, "name": SLUG})
    site.call(token, "PATCH", f"projects/{SLUG}/", {"preannotate": False})
    site.call(token, "POST", f"projects/{SLUG}/members/", {"username": "annotator", "role": "annotator"})
    article = site.call(token, "POST", f"projects/{SLUG}/articles/", {"text": TEXT})["id"]
    page = sign_in("annotator")

    def select(words: str) -> None:
        start = TEXT.index(words)
        page.goto(f"{site.url}/projects/{SLUG}/articles/{article}/?at={start}-{start + len(words)}")
        page.wait_for_selector("html[data-ready]")

    select("Alma Weir")
    page.keyboard.press("p")
    expect(page.locator("#status")).to_have_text("All changes saved")
    select("Ole Vik")
    current = site.call(token, "POST", f"articles/{article}/versions/", {"text": NEW})["article"]
    page.keyboard.press("p")
    page.get_by_role("link", name="Open the corrected text").click()
    page.wait_for_url(f"**/articles/{current}/")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".places")).to_contain_text("2 places to look at")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".places")).to_contain_text("Person, was “Alma Weir”. Its words have changed.")
    page.keyboard.press("/")
    expect(page.locator(".places")).to_contain_text("1 place to look at")
    layer = site.call(token, "GET", f"articles/{current}/layers/user:annotator/")
    assert [NEW[one["start"] : one["end"]] for one in layer["spans"]] == ["Anna Weir", "Ole Vik"]
