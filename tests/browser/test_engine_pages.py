"""Lists of names and rules with scripts: hits follow as one types, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SignIn
from tests.installation import Installation

pytestmark = pytest.mark.browser
LIST = "[data-part=lines] textarea"
SUMMARY = "[data-part=summary]"


@pytest.fixture
def page(site: Installation, sign_in: SignIn) -> Page:
    page = sign_in("manager")
    page.goto(f"{site.url}/projects/demo/engines/rules/")
    return page


def test_hits_and_mistakes_follow_as_one_types(page: Page) -> None:
    page.locator(LIST).press_sequentially("million")
    page.keyboard.press("Tab")
    page.keyboard.type("MONEY")
    expect(page.locator(SUMMARY)).to_contain_text(re.compile(r"hits?; articles"))
    expect(page.locator(".tried mark").first).to_contain_text("million")
    expect(page.locator(".gutter.counts")).to_contain_text(" in ")
    expect(page.locator("[data-part=state]")).to_contain_text("took")
    page.keyboard.type("\n(oops\tMONEY")
    expect(page.locator("[data-part=remark]")).to_contain_text("Line 2: This is not a regular expression")
    expect(page.locator(".gutter.numbers .bad")).to_have_text("2")


def test_an_older_answer_never_takes_the_place_of_a_newer_one(page: Page) -> None:
    held: list[Route] = []

    def hold_back_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    expect(page.locator("[data-part=state]")).to_contain_text("took")
    page.route("**/try/", hold_back_the_first)
    page.locator(LIST).fill("million\tMONEY")
    expect(page.locator("[data-part=state]")).to_have_text("Testing…")
    page.wait_for_timeout(400)
    page.locator(LIST).fill("zzzz\tMONEY")
    expect(page.locator(SUMMARY)).to_contain_text("0 hits")
    held[0].continue_()
    page.wait_for_timeout(500)
    expect(page.locator(SUMMARY)).to_contain_text("0 hits")
    expect(page.locator("[data-part=state]")).to_contain_text("took")


def test_what_was_typed_is_there_after_a_reload_until_it_is_thrown_away(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(LIST).fill("million\tMONEY")
    page.reload()
    expect(page.locator(LIST)).to_have_value("million\tMONEY")
    expect(page.locator("[data-part=draft]")).to_contain_text("not kept")
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator(LIST)).to_have_value("")
    page.reload()
    expect(page.locator("[data-part=draft]")).to_be_hidden()


def test_the_keyboard_keeps(page: Page) -> None:
    page.locator(LIST).fill("billion\tMONEY")
    page.locator(LIST).press("Control+s")
    expect(page.get_by_text("1 line added")).to_be_visible()
    expect(page.locator("[data-part=unsaved]")).to_be_hidden()
    expect(page.locator("[data-part=draft]")).to_be_hidden()


def test_names_of_gold_are_added_by_a_click(site: Installation, page: Page) -> None:
    page.goto(f"{site.url}/projects/demo/engines/gazetteer/")
    before = page.locator(LIST).input_value().splitlines()
    page.get_by_role("button", name="Names that gold has").click()
    first = page.locator("[data-part=gold] button[data-add]").first
    line = first.get_attribute("data-add")
    first.click()
    expect(page.locator(LIST)).to_have_value("\n".join([*before, line or ""]))
