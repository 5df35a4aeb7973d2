"""What stands around the text: history, labels of the article, what a label means, the guidelines."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_story import saving
from tests.installation import Installation

pytestmark = pytest.mark.browser
READY = "html[data-ready]"
SLUG = "panels"


@pytest.fixture(scope="module")
def article(site: Installation) -> int:
    token = site.command("token", "admin")
    site.call(token, "POST", "projects/", {"slug": SLUG, "name": SLUG, "template": "newsroom"})
    guidelines = (
        "# Names\n\nLabel the whole name.\n\n# Dates\n\nA weekday is a date, and a *name* of a day is, too."
    )
    site.call(token, "PATCH", f"projects/{SLUG}/", {"preannotate": False, "guidelines": guidelines})
    site.call(token, "POST", f"projects/{SLUG}/members/", {"username": "annotator", "role": "annotator"})
    text = {"text": "Alma Weir left Bergen on Tuesday."}
    return int(site.call(token, "POST", f"projects/{SLUG}/articles/", text)["id"])


@pytest.fixture
def page(site: Installation, sign_in: SignIn, article: int) -> Page:
    page = sign_in("annotator")
    page.goto(f"{site.url}/projects/{SLUG}/articles/{article}/")
    page.wait_for_selector(READY)
    return page


def layer(site: Installation, article: int) -> dict[str, Any]:
    token = site.command("token", "annotator")
    return dict(site.call(token, "GET", f"articles/{article}/layers/me/"))


def test_an_earlier_state_is_shown_and_brought_back(site: Installation, page: Page, article: int) -> None:
    with saving(page):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("p")
    page.wait_for_timeout(5_100)  # what is done within five seconds is one entry
    with saving(page):
        page.keyboard.press("o")
    page.wait_for_timeout(5_100)
    with saving(page):
        page.keyboard.press("Delete")
    assert layer(site, article)["spans"] == []
    page.keyboard.press("F9")
    entries = page.locator(".past-entry")
    expect(entries).to_have_count(3)
    expect(entries.nth(0)).to_contain_text("Removed Org “Alma”")
    expect(entries.nth(2)).to_contain_text("Added Person “Alma”")
    entries.nth(2).click()
    expect(page.locator(".past-text .mark")).to_have_count(1)
    assert page.locator("#text .mark").count() == 0
    with saving(page):
        page.get_by_role("button", name="Restore this").click()
    (span,) = layer(site, article)["spans"]
    assert span["label"] == "PERSON"
    with saving(page):
        page.keyboard.press("Control+z")
    assert layer(site, article)["spans"] == []


def test_the_first_keys_are_shown_until_somebody_knows_them(
    site: Installation, sign_in: SignIn, article: int
) -> None:
    newcomer = {"preferences": {"knows_first_keys": None}}  # whatever annotator did in other tests
    site.call(site.command("token", "annotator"), "PATCH", "me/", newcomer)
    page = sign_in("annotator")
    page.goto(f"{site.url}/projects/{SLUG}/articles/{article}/")
    page.wait_for_selector(READY)
    first_keys = page.locator("#first-keys")
    expect(first_keys).to_contain_text("Enter accept it")
    with page.expect_response("**/api/v1/me/"):
        page.get_by_role("button", name="Got it").click()
    expect(first_keys).to_be_hidden()
    expect(page.locator("#text")).to_be_focused()
    page.evaluate("localStorage.clear()")
    page.reload()
    page.wait_for_selector(READY)
    expect(first_keys).to_be_hidden()


@pytest.mark.parametrize(("name", "path"), [("annotator", ""), ("reviewer", "review/")])
def test_on_a_phone_every_tool_is_in_sight(site: Installation, sign_in: SignIn, name: str, path: str) -> None:
    page = sign_in(name, width=390)
    page.goto(f"{site.url}/projects/demo/articles/{16 if path else 1}/{path}")
    page.wait_for_selector(READY)
    page.evaluate("document.getElementById('finish').textContent = 'Submit · 12 to mend'")
    boxes = page.locator(".topbar :is(button, select, summary, a):visible").all()
    rights = [box["x"] + box["width"] for one in boxes if (box := one.bounding_box())]
    assert len(rights) > 3
    assert max(rights) <= 390
    page.locator("#side-toggle").click()
    page.get_by_role("tab", name="Article").click()
    page.get_by_role("button", name="History").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()


def test_labels_of_the_article_by_keyboard(site: Installation, page: Page, article: int) -> None:
    page.keyboard.press("\\")
    with saving(page):
        page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(page.locator("#article-labels li")).to_have_text(["Opinion"])
    assert layer(site, article)["labels"] == ["opinion"]
    with saving(page):
        page.keyboard.press("Control+z")
    expect(page.locator("#article-labels li")).to_have_count(0)
    assert layer(site, article)["labels"] == []


def test_attributes_by_their_numbers(site: Installation, page: Page, article: int) -> None:
    with saving(page):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("p")

    def pressed(key: str) -> dict[str, str]:
        with saving(page):
            page.keyboard.press(key)
        return dict(layer(site, article)["spans"][0]["attributes"])

    note = page.locator("#details")
    expect(note.get_by_role("button", name="Nominal")).to_contain_text("2")
    assert pressed("2") == {"mention": "nominal"}
    expect(note.get_by_role("button", name="Nominal")).to_have_attribute("aria-pressed", "true")
    assert pressed("5") == {"mention": "nominal", "metonymy": "metonymic"}
    assert pressed("2") == {"metonymy": "metonymic"}
    assert pressed("Control+z") == {"mention": "nominal", "metonymy": "metonymic"}
    page.keyboard.press("9")
    expect(page.locator("#toast")).to_contain_text("no attribute value with this number")
    with saving(page):
        note.get_by_role("button", name="Pronoun").click()
    expect(note.get_by_role("button", name="Pronoun")).to_be_focused()
    assert layer(site, article)["spans"][0]["attributes"]["mention"] == "pronoun"
    page.keyboard.press("Escape")
    with saving(page):
        page.keyboard.press("Delete")


def test_the_whole_article_is_printed(site: Installation, sign_in: SignIn) -> None:
    """The last articles of the demo: one is long, so that it is not all mounted at once."""
    page = sign_in("annotator", height=500)
    token = site.command("token", "admin")
    rows = site.call(token, "GET", "projects/demo/articles/?page_size=100")["results"]
    longest = max(rows, key=lambda one: one["length"])
    page.goto(f"{site.url}/projects/demo/articles/{longest['id']}/")
    page.wait_for_selector(READY)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".topbar:visible, .labels:visible, .side:visible").count() == 0
    shown = page.evaluate("document.getElementById('text').textContent.length")
    assert shown >= longest["length"] * 0.98  # line ends between paragraphs are no text
    # Every bar lies under the words of its own paragraph, on paper as on the screen.
    strays = page.evaluate(
        """() => [...document.querySelectorAll('#text p')].filter((p) => {
          const { left, right } = p.getBoundingClientRect();
          return [...p.querySelectorAll('.mark')].some((mark) => {
            const box = mark.getBoundingClientRect();
            return box.left < left - 4 || box.right > right + 4;
          });
        }).length"""
    )
    assert strays == 0
    assert page.evaluate("document.documentElement.scrollHeight") > 2_000
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "is-printing" not in (page.locator("body").get_attribute("class") or "")


def test_guidelines_are_searched(page: Page) -> None:
    page.keyboard.press("F3")
    page.keyboard.type("NAME")
    expect(page.locator("#panel-guidelines [role=status]")).to_contain_text("1 of ")
    first = page.locator("mark.found.is-here").bounding_box()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-guidelines [role=status]")).to_contain_text("2 of ")
    assert page.locator("mark.found.is-here").bounding_box() != first
    page.keyboard.press("Escape")
    expect(page.locator("mark.found")).to_have_count(0)


def test_what_a_label_means(page: Page) -> None:
    page.keyboard.press("F1")
    expect(page.locator("#toast")).to_contain_text("Choose a span")
    with saving(page):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("p")
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog", name="Person")).to_contain_text("Alma")
    page.keyboard.press("Escape")
    with saving(page):
        page.keyboard.press("Control+z")
