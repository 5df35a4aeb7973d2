"""An Arabic article in a browser: names are marked by mouse and by keys, in a page of either direction."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_input import Desk, open_desk
from tests.installation import Installation

pytestmark = pytest.mark.browser

# "Minister Salma Haddad arrived in Amman on Monday. She met Reuters there." The astral sign counts as one.
TEXT = "وصلت الوزيرة سلمى حداد 🛬 إلى عمّان يوم الاثنين. والتقت هناك مندوب Reuters في المدينة."
# No language of the interface runs from right to left yet; this is what such a language would do to the page.
MIRRORED = """
    new MutationObserver((_changes, observer) => {
        if (!document.documentElement) return;
        document.documentElement.dir = "rtl";
        observer.disconnect();
    }).observe(document, { childList: true });
"""


def place(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def drag(desk: Desk, words: str) -> None:
    """Over some words as they are read: from their right end to their left one."""
    box = desk.box(words)
    mouse = desk.page.mouse
    mouse.move(box["right"] - 2, box["middle"])
    mouse.down()
    mouse.move(box["left"] + 1, box["middle"], steps=4)
    mouse.up()


def middle_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2


def test_arabic_names_are_marked_by_mouse_and_by_keys(site: Installation, sign_in: SignIn) -> None:
    desk = open_desk(site, sign_in, TEXT, language="ar")
    page = desk.page
    expect(page.locator("#text p")).to_have_css("direction", "rtl")
    # The second word is to the left of the first.
    desk.press("ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "p")
    desk.expect_saved(("PERSON", *place("سلمى حداد")))
    drag(desk, "عمّان")
    desk.press("l")
    desk.expect_saved(("PERSON", *place("سلمى حداد")), ("PLACE", *place("عمّان")))
    # A caption begins where its words begin.
    person, name = page.locator('.mark[data-caption="Person"]'), desk.box("سلمى حداد")
    assert person.evaluate("one => getComputedStyle(one, '::after').right") in {"0px", "-2px"}
    box = person.bounding_box()
    assert box
    assert abs(box["x"] + box["width"] - name["right"]) < 3
    desk.press("Alt+ArrowLeft")
    desk.expect_saved(("PERSON", *place("سلمى حداد")), ("PLACE", *place("عمّان يوم")))


def test_notes_are_beside_the_text_in_a_page_from_right_to_left(site: Installation, sign_in: SignIn) -> None:
    desk = open_desk(site, sign_in, TEXT, language="ar")
    page = desk.page
    page.add_init_script(MIRRORED)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.locator("#text").focus()
    desk.press("Control+Home", "ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "p")
    desk.expect_saved(("PERSON", *place("سلمى حداد")))
    expect(page.locator("#details")).to_be_visible()
    assert middle_of(page, "#side") < middle_of(page, "#details") < middle_of(page, "#text")
    page.set_viewport_size({"width": 390, "height": 800})
    desk.press("F4")
    drag(desk, "عمّان")
    page.locator("#labels .label", has_text="Place").click()
    desk.expect_saved(("PERSON", *place("سلمى حداد")), ("PLACE", *place("عمّان")))
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
