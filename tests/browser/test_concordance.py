"""Lines of a concordance are chosen by keys, and changed and brought back in bulk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site: Installation, sign_in: SignIn) -> Page:
    page = sign_in("reviewer")
    page.goto(f"{site.url}/projects/demo/concordance/?labelled=ORG&sort=after")
    return page


def test_lines_are_chosen_by_keys_changed_and_brought_back(page: Page) -> None:
    lines = page.locator(".lines-in-context li")
    expect(lines.first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.locator("[data-part=chosen]")).to_have_text("3 chosen")
    page.keyboard.press("x")
    expect(page.locator("[data-part=chosen]")).to_have_text("2 chosen")
    page.select_option("#action", "relabel")
    page.select_option("#new_label", "GPE")
    page.check("#reopens")
    page.click("text=Preview")
    expect(page.locator("h2").first).to_contain_text("To be changed: 2")
    page.click("button:has-text('Change 2 places')")
    expect(page.locator("main tbody")).to_contain_text("Changed")
    page.click("button:has-text('Undo')")
    expect(page.locator("main tbody")).to_contain_text("Undone")


def test_enter_opens_the_article_at_the_place(page: Page) -> None:
    expect(page.locator(".lines-in-context li").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?at=*-*")
