"""From article to article on one page: fetched ahead, handed in, gone back to, set aside, signed in again."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_story import saving
from tests.installation import Installation

pytestmark = pytest.mark.browser
_numbers = count(1)
READY = "html[data-ready]"


def make_project(site: Installation, articles: int) -> tuple[str, list[int]]:
    """A project of its own with the annotator in it, and the ids of its articles."""
    token, slug = site.command("token", "admin"), f"flow-{next(_numbers)}"
    site.call(token, "POST", "projects/", {"slug": slug, "name": slug, "template": "conll-2003"})
    site.call(token, "PATCH", f"projects/{slug}/", {"preannotate": False})
    site.call(token, "POST", f"projects/{slug}/members/", {"username": "annotator", "role": "annotator"})
    bodies = [{"title": f"Story {n}", "text": f"Story {n}. Alma Weir left Bergen."} for n in range(articles)]
    made = site.call(token, "POST", f"projects/{slug}/articles/", bodies)
    return slug, [one["id"] for one in made]


def start(site: Installation, sign_in: SignIn, slug: str) -> Page:
    page = sign_in("annotator")
    page.goto(f"{site.url}/projects/{slug}/")
    page.get_by_role("button", name="Start annotating").click()
    page.wait_for_selector(READY)
    page.evaluate("window.stayed = true")
    return page


def shows(page: Page, article: int) -> None:
    """The article is on the page that never went away, and at the page's address."""
    page.wait_for_url(f"**/articles/{article}/")
    page.wait_for_selector(READY)
    assert page.evaluate("window.stayed") is True


def test_submit_and_next_without_a_page_load(site: Installation, sign_in: SignIn) -> None:
    slug, (first, second, third) = make_project(site, 3)
    page = sign_in("annotator")
    page.goto(f"{site.url}/projects/{slug}/")
    with page.expect_response("**/editor/"):  # the next article comes before it is asked for
        page.get_by_role("button", name="Start annotating").click()
        page.wait_for_selector(READY)
    page.evaluate("window.stayed = true")
    page.keyboard.press("Control+Enter")
    shows(page, second)
    expect(page.locator("#text")).to_contain_text("Story 1.")
    expect(page.locator("#place")).to_contain_text("1 done today")
    assert page.title().startswith("Story 1")
    with saving(page):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("p")
    page.keyboard.press("Control+Enter")
    shows(page, third)

    expect(page.locator("#toast")).to_contain_text("Submitted: Story 1")
    page.keyboard.press("Control+Backspace")
    shows(page, second)
    expect(page.locator("#banner")).to_contain_text("You submitted this article")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#finish")).to_be_visible()
    assert page.evaluate("window.stayed") is True
    page.wait_for_selector(READY)
    with saving(page):  # what was done before it was handed in can be undone still
        page.keyboard.press("Control+z")
    expect(page.locator("#text .mark")).to_have_count(0)
    token = site.command("token", "admin")
    assert site.call(token, "GET", f"articles/{first}/")["status"] == "submitted"
    assert site.call(token, "GET", f"articles/{second}/")["status"] == "in_progress"


def test_undo_reaches_back_beyond_a_page_load(site: Installation, sign_in: SignIn) -> None:
    slug, (article,) = make_project(site, 1)
    page = start(site, sign_in, slug)
    for keys in (["ArrowRight", "p"], ["Escape", "ArrowRight", "ArrowRight", "l"]):
        with saving(page):
            for key in keys:
                page.keyboard.press(key)
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator("#text .mark")).to_have_count(2)
    for left in (1, 0):
        with saving(page):
            page.keyboard.press("Control+z")
        expect(page.locator("#text .mark")).to_have_count(left)
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_have_text("Nothing to undo.")
    page.reload()
    page.wait_for_selector(READY)
    with saving(page):
        page.keyboard.press("Control+Shift+z")
    (span,) = site.call(site.command("token", "annotator"), "GET", f"articles/{article}/layers/me/")["spans"]
    assert span["label"] == "PER"


def test_flagged_comes_back_and_skipped_does_not(site: Installation, sign_in: SignIn) -> None:
    slug, (first, second, third) = make_project(site, 3)
    page = start(site, sign_in, slug)
    page.keyboard.press("!")
    expect(page.locator("#flagged")).to_be_visible()
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator("#flagged")).to_be_visible()
    page.goto(f"{site.url}/projects/{slug}/")
    page.get_by_role("button", name="annotating").click()
    page.wait_for_url(f"**/articles/{second}/")
    page.wait_for_selector(READY)
    page.evaluate("window.stayed = true")
    page.keyboard.press("Control+Shift+Enter")
    page.get_by_role("button", name="Not news").click()
    shows(page, third)
    page.keyboard.press("Control+Enter")
    shows(page, first)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#banner")).to_contain_text("Nothing is waiting for you")
    assert site.call(site.command("token", "admin"), "GET", f"articles/{second}/")["status"] == "new"


def test_what_is_in_the_way_is_said_and_shown(site: Installation, sign_in: SignIn) -> None:
    slug, (article,) = make_project(site, 1)
    token = site.command("token", "admin")
    schema = site.call(token, "GET", f"projects/{slug}/schema/")
    attribute = {
        "name": "sure",
        "type": "choice",
        "options": ["yes", "no"],
        "labels": ["PER"],
        "required": True,
    }
    site.call(token, "PUT", f"projects/{slug}/schema/", {**schema, "attributes": [attribute]})
    page = start(site, sign_in, slug)
    with saving(page):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("p")
    expect(page.locator("#finish")).to_have_text("Submit · 1 to mend")
    mark = page.locator("#text .mark.is-span")
    expect(mark).to_have_attribute("data-caption", "○ Per")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast")).to_contain_text("needs Sure")
    with saving(page):
        page.locator("#details").get_by_role("button", name="Yes").click()
    expect(mark).to_have_attribute("data-caption", "Per")
    expect(page.locator("#finish")).to_have_text("Submit")
    page.locator("#finish").click()
    expect(page.locator("#banner")).to_contain_text("Nothing is waiting for you")
    assert site.call(token, "GET", f"articles/{article}/")["status"] == "submitted"


def test_a_session_that_ended_is_begun_again_in_the_page(site: Installation, sign_in: SignIn) -> None:
    slug, (article,) = make_project(site, 1)
    page = start(site, sign_in, slug)
    page.context.clear_cookies()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("p")
    page.locator("#status").get_by_role("button", name="sign in again").click()
    frame = page.frame_locator(".signin-frame")
    frame.locator("input[name=login]").fill("annotator")
    frame.locator("input[name=password]").fill(site.logins["annotator"])
    with saving(page):
        frame.locator("input[name=password]").press("Enter")
    expect(page.locator(".signin-frame")).to_have_count(0)
    layer = site.call(site.command("token", "admin"), "GET", f"articles/{article}/layers/user:annotator/")
    assert len(layer["spans"]) == 3


def test_another_person_who_signs_in_gets_nothing_of_this_page(site: Installation, sign_in: SignIn) -> None:
    slug, (article,) = make_project(site, 1)
    page = start(site, sign_in, slug)
    page.context.clear_cookies()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("p")
    page.locator("#status").get_by_role("button", name="sign in again").click()
    frame = page.frame_locator(".signin-frame")
    frame.locator("input[name=login]").fill("manager")
    frame.locator("input[name=password]").fill(site.logins["manager"])
    frame.locator("input[name=password]").press("Enter")
    expect(page.locator("#toast")).to_contain_text("manager is signed in now")
    page.wait_for_timeout(1500)
    layers = site.call(site.command("token", "admin"), "GET", f"articles/{article}/layers/")
    assert sum(one["spans"] for one in layers) == 0
